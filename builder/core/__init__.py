"""Errors, ids, settings and the only file input and output: what every room above stands on."""
