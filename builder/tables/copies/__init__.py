"""Texts that are copies of others: keys that copies share, and which row is a copy of which."""
