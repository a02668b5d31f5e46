"""How the parser's weights are trained and scored; no build needs this room."""
