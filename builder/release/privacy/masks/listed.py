"""Word lists as a person reads them: in a row."""


def listed(words: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(words.split())
