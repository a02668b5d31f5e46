"""``builder diff``: what is different between two releases."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from builder.cli.options import Verb, dataset, json_option
from builder.cli.progress import progress_bar
from builder.cli.screen import columns, number, out, print_json, styled

if TYPE_CHECKING:
    from builder.release.difference import TableDifference
    from builder.run.releasing.diffing import Compared

_EXAMPLES = """
builder diff 0.1.0 0.2.0
builder diff my-dataset-1.0.0.tar releases/my-dataset-1.1.0 --html diff.html
builder diff 0.1.0 0.2.0 --exit-code --json
"""
_KEYS = 3


@click.command("diff", cls=Verb, epilog=_EXAMPLES)
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@click.option(
    "--html", type=click.Path(path_type=Path, dir_okay=False), help="Write the difference to a page."
)
@click.option("--exit-code", is_flag=True, help="End with 1 if there is any difference.")
@json_option
def command(*, old: str, new: str, html: Path | None, exit_code: bool, as_json: bool) -> None:
    """Show what is different between two releases: rows added, removed and changed, by table and column.

    A and B are folders, tars, or versions of the dataset at hand, which mean those for research if there are some.
    Rows are the same row if they have the same key.
    Columns that are computed from other rows, such as counts, are left aside.
    """
    from builder.core.lean import leave_pandas_out  # noqa: PLC0415 - the table libraries are loaded for work only
    from builder.run.releasing.diffing import compare, write_page  # noqa: PLC0415
    from builder.run.releasing.places import release_at  # noqa: PLC0415

    leave_pandas_out()
    with progress_bar("Comparing", wanted=not as_json) as tell:
        found = compare(release_at(dataset(), old), release_at(dataset(), new), tell)
    if html:
        write_page(html, found)
    if as_json:
        print_json(found.as_json())
    else:
        _print(found, html)
    raise click.exceptions.Exit(1 if exit_code and not found.same else 0)


def _print(found: "Compared", html: Path | None) -> None:
    names = " to ".join(found.names)
    touched = [one for one in found.difference.tables.values() if not one.empty]
    said = Text.assemble((names, "bold"), f": a {found.level} version. ", styled(found.why))
    out().print(said, soft_wrap=True)
    if touched:
        head = tuple(Text(word, "dim") for word in ("", "added", "removed", "changed", ""))
        out().print(columns([head, *map(_counts, touched)], right=[1, 2, 3]))
    for one in touched:
        out().print(columns(_rows(one)))
    if html:
        out().print(styled(f"Written to {html}.", "dim"), soft_wrap=True)


def _counts(one: "TableDifference") -> tuple[Text, ...]:
    said = ", ".join(f"{column} {count:,}" for column, count in one.changed_columns.items())
    counts = (Text(f"{count:,}" if count else "") for count in (one.added, one.removed, one.changed))
    return styled(one.table, "bold cyan"), *counts, styled(said, "dim")


def _rows(one: "TableDifference") -> Iterator[tuple[Text, ...]]:
    """The first rows of each kind, and columns that are new, gone or of another type."""
    kinds = (
        ("+", "green", one.keys_added, one.added),
        ("-", "red", one.keys_removed, one.removed),
        ("~", "yellow", one.keys_changed, one.changed),
    )
    for sign, style, keys, count in kinds:
        for key in keys(_KEYS):
            yield Text(sign, style), styled(one.table, "dim"), styled(key)
        if count > _KEYS:
            yield Text(sign, style), Text(), styled(f"and {count - _KEYS:,} more", "dim")
    shape = (("+", one.columns_added), ("-", one.columns_removed), ("~", one.columns_retyped))
    for sign, names in shape:
        if names:
            yield (
                Text(sign),
                styled(one.table, "dim"),
                styled(f"{number(len(names), 'column')}: {', '.join(names)}"),
            )
