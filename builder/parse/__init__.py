"""Text in, values out: a capture's bytes become lines, the lines become segments with probabilities."""
