"""``builder status``: what there is at each stage of the line."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from builder.cli.listing import said_of
from builder.cli.options import Verb, dataset_here, json_option
from builder.cli.screen import SEVERITY_STYLES, out, print_json, styled

if TYPE_CHECKING:
    from builder.run.corpus.stage import Stage

_STYLES = {"ready": "green", "stale": "yellow", "missing": "red", "not yet": "dim"}

_EXAMPLES = """
builder status
builder status --issues
builder status --json | jq '.stages[] | select(.state == "stale")'
"""


@click.command("status", cls=Verb, epilog=_EXAMPLES)
@click.option("--issues", is_flag=True, help="List what the last build noticed about captures, line by line.")
@json_option
def command(*, issues: bool, as_json: bool) -> None:
    """Show what there is at each stage of the line, what is out of date, and what to do about it."""
    from builder.run.corpus.noticed import issues_of  # noqa: PLC0415 - the table libraries are loaded for work only
    from builder.run.corpus.weights import weights_sha256  # noqa: PLC0415
    from builder.run.stages import stages  # noqa: PLC0415

    settings = dataset_here()
    if issues:
        _print_issues(issues_of(settings.tables_dir), as_json=as_json)
        return
    found = stages(settings, weights_sha256())
    if as_json:
        named = {"name": settings.name, "title": settings.title, "root": str(settings.root)}
        print_json({**named, "stages": [asdict(stage) for stage in found]})
        return
    _say(Text.assemble(styled(settings.title, "bold"), styled(f"  {settings.root}", "dim")))
    widths = [max(len(getattr(stage, each)) for stage in found) for each in ("name", "state", "place")]
    for stage in found:
        for cells in _rows(stage):
            _say(_side_by_side(cells, widths))


def _rows(stage: "Stage") -> Iterator[tuple[Text, ...]]:
    first, *others = stage.facts
    place = styled(stage.place, "dim")
    yield Text(stage.name, "bold"), Text(stage.state, _STYLES[stage.state]), place, styled(first)
    for fact in others:
        yield Text(), Text(), Text(), styled(fact)
    if stage.todo:
        yield Text(), Text(), Text(), styled(stage.todo, "cyan")


def _side_by_side(cells: tuple[Text, ...], widths: list[int]) -> Text:
    """Cells in one line that ends with the last of them."""
    line = Text("  ")
    for cell, width in zip(cells, widths, strict=False):
        line.append_text(cell).append(" " * (2 + max(0, width - len(cell))))
    return line.append_text(cells[-1])


def _print_issues(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        print_json(rows)
        return
    for row in rows:
        severity = Text(f"{row['severity']:7}  ", SEVERITY_STYLES[row["severity"]])
        _say(Text.assemble(severity, styled(f"{row['code']}  {row['capture']}  {said_of(row)}")))
    if not rows:
        _say(Text("Nothing odd was noticed."))


def _say(line: Text) -> None:
    """Print a line as it is: not folded, so that paths and commands can be copied."""
    out().print(line, soft_wrap=True)
