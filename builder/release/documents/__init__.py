"""The documents of a release: all of them made of the same facts, so that they cannot disagree."""
