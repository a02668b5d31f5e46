"""How many things there are, in words that agree."""

from collections.abc import Sequence

FEW = 3
"""How many names a line has room for."""


def number(count: int, thing: str, things: str = "") -> str:
    """So many things, in words that agree."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {things or thing + 's'}"


def rows(count: int, table: str) -> str:
    """So many rows of a table, by its name, which is that of many things."""
    return number(count, table.removesuffix("s"), table)


def few(names: Sequence[str], count: int) -> str:
    """The first names of so many, and that there are more."""
    shown = names[:FEW]
    more = [f"{count - len(shown):,} more"] if count > len(shown) else []
    *others, last = (*shown, *more)
    return f"{', '.join(others)} and {last}" if others else last
