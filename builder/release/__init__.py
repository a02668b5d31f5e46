"""Releases as values: what is in one at each tier, how it is hashed, split, documented, compared and verified."""
