"""The codebook: every table and column in Markdown, for people who have only the data."""

from collections.abc import Iterable, Iterator

from builder.contracts.catalogue import RECORDS, Column, Table, table, tables

_HEAD = """# Codebook

What every column of every table means. Written from the schemas; do not edit.

- **Null**: whether a value may be missing.
- **Tier**: the widest release with the column: *open* (for all), *research* (under terms), *private* (in no release).
- **Derived**: computed from other rows, so that it may change when they do.
- Offsets count code points of a capture's canonical text: its bytes decoded, a byte-order mark dropped,
  line ends made LF, U+0000 made U+FFFD, nothing else touched.
"""


def codebook_markdown(contracts: Iterable[Table] | None = None) -> str:
    """The codebook of these tables, or of all tables and records, ending in a line end."""
    known = (*tables(), *(table(name) for name in RECORDS)) if contracts is None else contracts
    return "\n".join((_HEAD, *(line for contract in known for line in _chapter(contract))))


def _chapter(contract: Table) -> Iterator[str]:
    yield f"## {contract.name} (version {contract.version})\n"
    yield f"{contract.description}\n"
    if contract.key:
        yield f"Key: {_names(contract.key)}. Order of rows: {_names(contract.order)}.\n"
    yield "| column | type | null | tier | derived | meaning |"
    yield "|---|---|---|---|---|---|"
    yield from (_row(column) for column in contract.columns)
    yield ""
    for column in contract.columns:
        if column.values:
            yield from _values(column)


def _row(column: Column) -> str:
    cells = (
        f"`{column.name}`",
        column.arrow,
        "yes" if column.nullable else "no",
        column.tier,
        "yes" if column.derived else "no",
        _meaning(column),
    )
    return f"| {' | '.join(cells)} |"


def _meaning(column: Column) -> str:
    parts = [column.description]
    if column.references:
        parts.append(f"Refers to `{'.'.join(column.references)}`.")
    if column.enum:
        parts.append(f"One of {_names(column.enum)}.")
    if column.pattern:
        parts.append(f"Pattern: `{_visible(column.pattern)}`.")
    if column.comment:
        parts.append(column.comment)
    return " ".join(parts)


def _values(column: Column) -> Iterator[str]:
    yield f"Values of `{column.name}`:\n"
    yield from (f"- `{value}`: {meaning}" for value, meaning in column.values.items())
    yield ""


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _visible(pattern: str) -> str:
    """A pattern with its control characters spelt, and fit for a cell of a table."""
    spelt = "".join(character if character >= " " else f"\\x{ord(character):02x}" for character in pattern)
    return spelt.replace("|", "\\|")
