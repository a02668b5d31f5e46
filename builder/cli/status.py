"""``builder status``: what there is at each stage of the line."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click
from rich.text import Text

from builder.cli.options import Verb, dataset, json_option
from builder.cli.screen import columns, out, print_json, styled

if TYPE_CHECKING:
    from builder.run.corpus.stage import Stage

_STYLES = {"ready": "green", "stale": "yellow", "missing": "red", "not yet": "dim"}

_EXAMPLES = """
builder status
builder status --json | jq '.stages[] | select(.state == "stale")'
"""


@click.command("status", cls=Verb, epilog=_EXAMPLES)
@json_option
def command(*, as_json: bool) -> None:
    """Show what there is at each stage of the line, what is out of date, and what to do about it."""
    from builder.run.corpus.weights import weights_sha256  # noqa: PLC0415 - the table libraries are loaded for work only
    from builder.run.stages import stages  # noqa: PLC0415

    settings = dataset()
    found = stages(settings, weights_sha256())
    if as_json:
        named = {"name": settings.name, "title": settings.title, "root": str(settings.root)}
        print_json({**named, "stages": [asdict(stage) for stage in found]})
        return
    out().print(Text.assemble((settings.title, "bold"), (f"  {settings.root}", "dim")))
    out().print(columns(row for stage in found for row in _rows(stage)))


def _rows(stage: "Stage") -> Iterator[tuple[Text, ...]]:
    first, *others = stage.facts
    place = styled(stage.place, "dim")
    yield Text(stage.name, "bold"), Text(stage.state, _STYLES[stage.state]), place, styled(first)
    for fact in others:
        yield Text(), Text(), Text(), styled(fact)
    if stage.todo:
        yield Text(), Text(), Text(), styled(stage.todo, "cyan")
