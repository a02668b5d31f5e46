"""The line from tables to tasks, and from answers to merged tables."""
