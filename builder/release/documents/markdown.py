"""Numbers, lists and tables in Markdown; what comes from data can neither end a cell nor begin a tag."""

from collections.abc import Iterable, Mapping


def table(head: tuple[str, ...], rows: Iterable[Iterable[object]]) -> str:
    """A table, numbers aligned to the right by nobody: it is read as text as well."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell(each) for each in line) + " |" for line in lines)


def cell(value: object) -> str:
    """A value as a cell: thousands apart, decimals short, nothing that ends the cell; null is a dash."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.3f}"
    return plain(str(value)).replace("|", "\\|")


def plain(text: str) -> str:
    """A text of one line that opens no tag."""
    return " ".join(text.replace("<", "&lt;").split())


def count(number: int, thing: str) -> str:
    """So many things, in words that agree."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def percent(share: float | None) -> str:
    """A share in percent; a dash where it is not defined."""
    return "-" if share is None else f"{100 * share:.1f} %"


def listed(counts: Mapping[str, int]) -> str:
    """Counts by name in one line: ``12 merged, 3 skipped``."""
    return ", ".join(f"{number:,} {plain(name)}" for name, number in counts.items())


def code(words: Iterable[str]) -> str:
    """Names, set as code, one after another."""
    return ", ".join(f"`{word}`" for word in words)
