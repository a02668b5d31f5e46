"""Answers that do not agree, shown to somebody who settles them."""
