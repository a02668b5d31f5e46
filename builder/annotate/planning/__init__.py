"""What a round asks of whom: units chosen, dealt out, and written down before anything is sent."""
