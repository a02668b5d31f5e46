"""Captures become tables on disk: what follows what, and on how many processes."""
