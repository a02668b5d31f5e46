"""What goes to a server and comes back: tasks, suggestions, annotations."""
