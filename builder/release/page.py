"""A difference between two releases as one HTML page; every text in it is escaped."""

from collections.abc import Iterable, Iterator
from html import escape

import pyarrow as pa

from builder.contracts.faults import shortened
from builder.contracts.rows import cell
from builder.release.difference import QUOTED, Difference, TableDifference

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
body { color: #1a1a1a; background: #fff }
table { border-collapse: collapse; margin: .5rem 0 1.5rem; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; overflow-wrap: anywhere }
th, td { border-bottom: 1px solid #ddd }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
@media (prefers-color-scheme: dark) {
  body { color: #e6e6e6; background: #161616 }
  th, td { border-color: #444 }
}
"""


def difference_page(difference: Difference, names: tuple[str, str], why: str) -> str:
    """The page; ``names`` are those of the two releases, ``why`` says what the difference demands of a version."""
    title = escape(f"{names[0]} to {names[1]}")
    parts = [f"<h1>{title}</h1><p>{escape(why)}</p>", *_parts(difference)]
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>'
    body = "\n".join(parts)
    page = f"<head>{head}<style>{_STYLE}</style></head>\n<body>\n{body}\n</body>"
    return f'<!doctype html>\n<html lang="en">{page}</html>\n'


def _parts(difference: Difference) -> Iterator[str]:
    touched = [one for one in difference.tables.values() if not one.empty]
    for what, tables in (("added", difference.tables_added), ("removed", difference.tables_removed)):
        if tables:
            yield f"<p>Tables {what}: {escape(', '.join(tables))}.</p>"
    counts = ([one.table, f"{one.added:,}", f"{one.removed:,}", f"{one.changed:,}"] for one in touched)
    yield _table(("table", "rows added", "rows removed", "rows changed"), counts, numbers=3)
    for one in touched:
        yield f"<h2>{escape(one.table)}</h2>"
        yield from _of_table(one)


def _of_table(one: TableDifference) -> Iterator[str]:
    shape = (
        ("added", one.columns_added),
        ("removed", one.columns_removed),
        ("of another type", one.columns_retyped),
    )
    for what, columns in shape:
        if columns:
            yield f"<p>Columns {what}: {escape(', '.join(columns))}.</p>"
    if one.changed:
        yield _table(
            ("column", "rows changed"), ([n, f"{c:,}"] for n, c in one.changed_columns.items()), numbers=1
        )
        yield _table(("row", "column", "was", "is"), _cells(one))
        yield _more(one.changed)
    for what, keys, count in (
        ("added", one.keys_added(), one.added),
        ("removed", one.keys_removed(), one.removed),
    ):
        if keys:
            yield _table((f"rows {what}",), ([key] for key in keys))
            yield _more(count)


def _more(count: int) -> str:
    return f"<p>and {count - QUOTED:,} more</p>" if count > QUOTED else ""


def _cells(one: TableDifference) -> Iterator[list[str]]:
    """The cells that changed, of the first rows that did."""
    for key, pair in zip(one.keys_changed(), one.pairs_changed[:QUOTED].tolist(), strict=True):
        old, new = (int(rows[pair]) for rows in one.matched)
        for name, mask in one.differs.items():
            if mask[pair]:
                yield [key, name, _said(one.old, name, old), _said(one.new, name, new)]


def _said(table: pa.Table, name: str, row: int) -> str:
    value = cell(table[name], row)
    return "null" if value is None else shortened(value)


def _table(head: tuple[str, ...], rows: Iterable[list[str]], numbers: int = 0) -> str:
    """A table whose last ``numbers`` columns are numbers."""
    first = len(head) - numbers
    lines = [_line("th", head, first), *(_line("td", row, first) for row in rows)]
    return f"<table>{''.join(lines)}</table>"


def _line(tag: str, cells: Iterable[str], first: int) -> str:
    kinds = ((" class=n" if place >= first else "", escape(said)) for place, said in enumerate(cells))
    return f"<tr>{''.join(f'<{tag}{kind}>{said}</{tag}>' for kind, said in kinds)}</tr>"
