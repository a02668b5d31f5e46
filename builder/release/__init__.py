"""Versions that others can cite, check and load."""
