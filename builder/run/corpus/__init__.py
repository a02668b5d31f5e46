"""The line from raw captures to the tables of the corpus."""
