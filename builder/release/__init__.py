"""Releases: what leaves the house, under which version, with which documents."""
