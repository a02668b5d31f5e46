"""``builder quality``: how each annotator works, with warnings and their evidence."""

from itertools import groupby
from typing import TYPE_CHECKING

import click
from rich.console import Group
from rich.text import Text

from builder.cli.options import Verb, dataset, json_option
from builder.cli.quality_table import annotator_lines, reading, summary
from builder.cli.screen import columns, harmless, number, out, print_json, styled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.run.labels.quality import Quality

_EXAMPLES = """
builder quality
builder quality --round pilot
builder quality --json | jq '.[] | {annotator_id, warnings}'
"""


@click.command("quality", cls=Verb, epilog=_EXAMPLES)
@click.option("--round", "rounds", multiple=True, metavar="NAME", help="This round only; may be repeated.")
@click.option(
    "--names", is_flag=True, help="In JSON too, the names of the private list beside the pseudonyms."
)
@json_option
def command(*, rounds: tuple[str, ...], names: bool, as_json: bool) -> None:
    """Show how each annotator works: pace, agreement, repeats, drift, habits, hard content, suggestions.

    Agreement is that with the majority of the others, on blind answers to the first showing of each unit.
    Intervals hold 95 %. Warnings name their evidence and up to ten units to look at. Their limits are
    conventions: a warning is a reason to look at the units and to talk, not a verdict. Somebody who
    disagrees with the others may be the one who is right. Nothing is said of fewer than 20 cases.

    Names are shown on the screen where the private list of annotators is at hand; JSON has pseudonyms alone.

    Exit code 0 also where there are warnings: that is found in the data, and told.
    """
    from builder.run.annotation.annotators import called, read_pseudonyms  # noqa: PLC0415
    from builder.run.labels.quality import find_quality  # noqa: PLC0415

    settings = dataset()
    found = find_quality(settings, rounds)
    called_names = called(read_pseudonyms(settings.annotators_file)) if names or not as_json else {}
    if as_json:
        print_json([_values(one, called_names) for one in found])
    else:
        _print(found, called_names)


def _values(one: "Quality", names: "Mapping[str, str]") -> dict[str, object]:
    who = one.figures.annotator_id
    return {**one.as_json(), **({"name": names[who]} if who in names else {})}


def _print(found: "tuple[Quality, ...]", names: "Mapping[str, str]") -> None:
    if not found:
        out().print("Nobody has answered anything yet. Pull and merge: builder pull, builder merge")
        return
    for config, group in groupby(found, lambda one: one.figures.config):
        people = list(group)
        answers = sum(one.figures.counts.answers for one in people)
        about = f"  {number(len(people), 'annotator')}, {number(answers, 'answer')}"
        out().print(Text.assemble((harmless(config), "bold cyan"), (about, "dim")))
        out().print(summary(people, names))
        for one in people:
            who = names.get(one.figures.annotator_id, one.figures.annotator_id)
            out().print(Group("", styled(who, "bold"), columns(annotator_lines(one))))
        out().print()
    out().print(reading())
