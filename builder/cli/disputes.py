"""What is told of disagreements: those that there are, and what became of them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rich.text import Text

from builder.cli.pushed import print_task
from builder.cli.screen import columns, number, out, print_json, styled

if TYPE_CHECKING:
    from builder.annotate.transfer.pull import PullReport
    from builder.run.annotation.adjudicating import Adjudication
    from builder.run.annotation.conflicts import Conflict
    from builder.run.annotation.settling import Settling

_ROWS = 12


def print_dispute(made: "Adjudication", *, sent: bool, as_json: bool) -> None:
    """Print what is in dispute; where nothing was sent also the first task that would be."""
    from builder.run.annotation.bodies import first_body  # noqa: PLC0415 - loaded for work only

    body = first_body(made.order) if made.order and not sent else None
    if as_json:
        print_json({**dispute_values(made), "first_task": body})
        return
    what = f": {number(len(made.new), 'unit')} in dispute, {made.before:,} sent before."
    out().print(Text.assemble((f"Round {made.about}", "bold"), what))
    out().print(columns(_conflicts(made.new)))
    for said in _remarks(made):
        out().print(styled(f"  {said}", "yellow"), soft_wrap=True)
    if not sent:
        out().print("Nothing sent.")
        if body:
            print_task(body)


def _conflicts(new: "Sequence[Conflict]") -> Iterator[tuple[str, ...]]:
    from builder.labels.disagreement import words  # noqa: PLC0415 - loaded for work only

    for each in new[:_ROWS]:
        yield each.unit_id, number(len(each.answers), "answer"), "; ".join(words(each.reasons))
    if len(new) > _ROWS:
        yield f"and {len(new) - _ROWS:,} more", "", ""


def _remarks(made: "Adjudication") -> Iterator[str]:
    if made.waiting:
        yield (
            f"{number(made.waiting, 'unit')} more in dispute, which somebody has still to answer: push again then, "
            "or now with --early."
        )
    if made.own:
        yield f"{number(made.own, 'unit')} of these were answered by who is to settle them: better let another do it."


def dispute_values(made: "Adjudication") -> dict[str, Any]:
    """What is in dispute, for machines."""
    rules = Counter(f"{question} {rule}" for each in made.new for question, rule in each.reasons)
    return {
        "about": made.about,
        "round": made.order.round.name if made.order else None,
        "in_dispute": [each.unit_id for each in made.new],
        "reasons": dict(sorted(rules.items())),
        "sent_before": made.before,
        "waiting": made.waiting,
        "answered_by_adjudicator": made.own,
    }


def print_settled(pulled: "PullReport", found: "Sequence[Settling]") -> None:
    """Print what is settled and what is open."""
    new = sum(one.annotations for one in pulled.projects)
    out().print(Text.assemble(("Pulled ", "bold green"), f"{number(new, 'new answer')}, and merged."))
    if not found:
        out().print("No disagreement was sent out yet: builder adjudicate push --help")
        return
    head = ("round", "units", "settled", "open", "skipped", "rejected")
    rows = [
        (
            one.about,
            *(f"{count:,}" for count in (one.units, one.settled, one.open, one.skipped, one.rejected)),
        )
        for one in found
    ]
    out().print(columns([[Text(each, "dim") for each in head], *rows], right=[1, 2, 3, 4, 5]))
    if any(one.settled for one in found):
        out().print(Text("\nNext", "bold"))
        out().print(
            Text.assemble("  labels in which this wins    ", ("builder aggregate --adjudicated", "cyan"))
        )
        out().print(Text.assemble("  make them known answers      ", ("builder gold add --help", "cyan")))
