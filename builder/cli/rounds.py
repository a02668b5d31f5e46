"""``builder rounds``: the rounds of annotation that were planned."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click
from rich.text import Text

from builder.cli.options import Verb, dataset, json_option
from builder.cli.screen import columns, number, out, print_json, styled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.annotate.planning.rounds import Round

_LIST = """
builder rounds list
builder rounds list --json | jq '.[].round'
"""


@click.group("rounds", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """List, close and widen rounds of annotation; "builder push" plans one."""


@command.command("list", cls=Verb, epilog=_LIST)
@json_option
def list_rounds(*, as_json: bool) -> None:
    """List the rounds: what they ask, of how many units, whom."""
    from builder.run.annotation.annotators import called, read_pseudonyms  # noqa: PLC0415 - loaded for work only
    from builder.run.annotation.rounds import all_rounds  # noqa: PLC0415

    settings = dataset()
    rounds = all_rounds(settings.rounds_dir)
    if as_json:
        print_json([_values(one) for one in rounds])
        return
    if not rounds:
        out().print("No round yet. Plan one: builder push --config NAME --round NAME")
        return
    names = called(read_pseudonyms(settings.annotators_file))
    for one in rounds:
        out().print(
            Text.assemble(styled(one.name, "bold"), styled(f"  {_state(one)}", "dim")), soft_wrap=True
        )
        out().print(columns((Text(about, "dim"), said) for about, said in _facts(one, names)))


@command.command("close", cls=Verb, epilog="builder rounds close pilot")
@click.argument("name", metavar="ROUND")
def close(name: str) -> None:
    """Close a round: nothing of it is pushed any more.

    What was answered stays, and is still pulled.
    """
    from builder.run.annotation.widening import close_round  # noqa: PLC0415 - loaded for work only

    one = close_round(dataset(), name)
    out().print(styled(f"Round {one.name} is closed."))


@command.command("add-annotator", cls=Verb, epilog="builder rounds add-annotator pilot dora")
@click.argument("name", metavar="ROUND")
@click.argument("annotator", metavar="NAME")
def add_annotator(name: str, annotator: str) -> None:
    """Add an annotator to a round.

    They get as many units as the others: first those that they had in no earlier round of the config, of these
    the ones that the fewest have. The next push sends the tasks.
    """
    from builder.run.annotation.widening import add_to_round  # noqa: PLC0415 - loaded for work only

    one, added = add_to_round(dataset(), name, annotator)
    what = number(added, "task") if one.terms.assign == "personal" else "the tasks of the pool"
    out().print(
        Text.assemble(
            styled(f"{annotator} gets {what} of round {one.name}. Send them: "),
            (f"builder push --round {one.name}", "cyan"),
        )
    )


def _facts(one: "Round", names: "Mapping[str, str]") -> Iterator[tuple[str, str]]:
    """What a round asks, of whom: a word on what it is about, then the words."""
    special = ((one.n_gold, "of known answer"), (one.n_repeats, "shown a second time"))
    among = ", ".join(f"{count:,} {what}" for count, what in special if count)
    yield "asks", f"{one.config}, of {number(one.n_units, 'unit')}"
    yield "tasks", f"{len(one.tasks):,}, among them {among}" if among else f"{len(one.tasks):,}"
    yield "answers a unit", f"{one.terms.overlap}, {one.terms.assign}"
    yield "annotators", ", ".join(names.get(each, each) for each in one.terms.annotators) or "anybody"


def _state(one: "Round") -> str:
    state = "closed" if one.closed else "open"
    if one.adjudicates:
        return f"{state}, settles {one.adjudicates}"
    return f"{state}, not blind" if one.suggested else state


def _values(one: "Round") -> dict[str, object]:
    return {
        "round": one.name,
        "config": one.config,
        "config_sha256": one.config_sha256,
        "unit_type": one.unit_type,
        "units": one.n_units,
        "tasks": {each: len(one.keys(each)) for each in one.assignees},
        "gold": one.n_gold,
        "repeats": one.n_repeats,
        "assign": one.terms.assign,
        "overlap": one.terms.overlap,
        "annotators": list(one.terms.annotators),
        "closed": one.closed,
        "adjudicates": one.adjudicates,
        "suggested": one.suggested,
    }
