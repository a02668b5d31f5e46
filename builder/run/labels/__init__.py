"""The line from merged answers to agreement, label sets and quality."""
