"""Segments become tables, and tables are checked: against their schemas, each other and the raw captures."""
