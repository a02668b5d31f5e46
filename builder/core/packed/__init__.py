"""Captures that come packed: many in one file, each a record with a name of its own."""
