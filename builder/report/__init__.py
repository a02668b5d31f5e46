"""Figures of a dataset and its labels, and the page that shows them."""
