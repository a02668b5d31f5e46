"""Whether a release is what it says it is, found out from its files alone."""
