"""What can be counted of the tables of a release."""
