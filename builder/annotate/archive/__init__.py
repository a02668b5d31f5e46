"""Everything a server said, kept verbatim, and what of it is new."""
