"""The tables in the forms that other programs read."""
