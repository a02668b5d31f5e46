"""The way to a Label Studio: its address, the talk with it, its projects, and one of our own."""
