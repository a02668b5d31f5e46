"""What people took back: how it is written down, and what it leaves of the tables."""
