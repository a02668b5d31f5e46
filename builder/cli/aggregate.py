"""``builder aggregate``: one label made of several answers, with its uncertainty."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

import click
from rich.text import Text

from builder.cli.options import Verb, dataset, json_option
from builder.cli.screen import columns, legend, number, out, print_json, styled

if TYPE_CHECKING:
    from builder.labels.verdicts import Method
    from builder.run.labels.aggregating import AggregateReport
    from builder.run.labels.label_counts import QuestionCounts

_EXAMPLES = """
builder aggregate
builder aggregate --label-set final --method dawid-skene --round main --adjudicated
builder aggregate --span-annotators 3 --json
python -c "import builder; print(builder.open().labels.query('label_set == \\"v1\\" and not tie'))"
"""
_HEAD = ("", "labels", "  ties", " settled", " answers", " bits open", "")
_WORDS = {
    "settled": "Labels that an adjudicator decided (--adjudicated).",
    "answers": "How many answers a label is made of, a mean.",
    "bits open": "How far answers disagree, a mean of entropies: 0 if all are alike, 1 if two options tie.",
}


@click.command("aggregate", cls=Verb, epilog=_EXAMPLES)
@click.option(
    "--label-set", default="", metavar="NAME", help="Name of the new label set. Default: v1, v2, ..."
)
@click.option(
    "--method",
    type=click.Choice(["majority", "dawid-skene"]),
    default="majority",
    help="Most votes, or most probable given how each annotator errs. Default: majority.",
)
@click.option("--round", "rounds", multiple=True, metavar="NAME", help="This round only; may be repeated.")
@click.option("--adjudicated", is_flag=True, help="Let the answers of adjudicators win.")
@click.option(
    "--span-annotators",
    type=click.IntRange(min=1),
    default=2,
    help="How many must have marked each character of a span. Default: 2.",
)
@click.option(
    "--span-share",
    type=click.FloatRange(0, 1, max_open=True),
    default=0.5,
    help="More than this share of those who saw it must have. Default: 0.5.",
)
@json_option
def command(  # noqa: PLR0913 - as many options as there are ways to make labels
    *,
    label_set: str,
    method: str,
    rounds: tuple[str, ...],
    adjudicated: bool,
    span_annotators: int,
    span_share: float,
    as_json: bool,
) -> None:
    """Make one label of several answers, with its uncertainty: a new label set, never a change of an old one.

    Counted are the answers that "builder agreement" counts, and those that began with a model's suggestion. A
    label comes with its shares (label_shares), with their entropy in bits and with the number of answers; where
    options tie there is no hard label, and the tie is flagged. Spans are labels by character: what enough
    annotators marked (label_spans).

    A question that is asked only after some answer to another is labelled by those who were asked it.

    dawid-skene estimates how each annotator errs, and weighs answers by that. It needs some dozens of answers of
    each annotator to each option; with fewer it is surer than it should be. Numbers always go by majority.

    The same call changes nothing as long as the answers are the same; a name that stands for something else is
    refused.
    """
    from builder.core.lean import leave_pandas_out  # noqa: PLC0415 - the table libraries are loaded for work only
    from builder.labels.agreed_spans import Enough  # noqa: PLC0415
    from builder.labels.label_sets import How  # noqa: PLC0415
    from builder.run.labels.aggregating import Wanted, aggregate  # noqa: PLC0415

    leave_pandas_out()
    how = How(label_set, cast("Method", method), Enough(span_annotators, span_share))
    report = aggregate(dataset(), how, Wanted(rounds, adjudicated))
    if as_json:
        print_json(report.as_json())
    else:
        _print(report)


def _print(report: "AggregateReport") -> None:
    name, labels = report.how.label_set, number(report.made.tables["labels"].num_rows, "label")
    if report.new:
        said = Text.assemble(("Made ", "bold green"), f"label set {name} with {labels} in {report.folder}.")
    else:
        said = Text(f"The same as label set {name} in {report.folder}; nothing was made.")
    out().print(said, soft_wrap=True)
    table = [[Text(cell, "dim") for cell in _HEAD], *(_cells(one) for one in report.counts())]
    out().print(columns(table, right=range(1, len(_HEAD) - 1)))
    out().print(legend(_WORDS))
    for remark in _remarks(report):
        out().print(styled(f"  {remark}", "yellow"), soft_wrap=True)
    out().print(Text("\nNext", "bold"))
    for about, example in (
        ("how far to trust them ", "builder agreement"),
        ("in Python             ", "import builder; builder.open().labels"),
    ):
        out().print(Text.assemble("  ", about, " ", (example, "cyan")), soft_wrap=True)


def _cells(one: "QuestionCounts") -> list[Text]:
    share = Text("" if one.entropy is None else f"{one.entropy:.2f}")
    said = ", ".join(f"{hard or '(none)'} {count:,}" for hard, count in one.most)
    return [
        styled(one.question, "bold cyan"),
        Text(f"{one.labels:,}"),
        Text(f"{one.ties:,}", "yellow" if one.ties else ""),
        Text(f"{one.adjudicated:,}"),
        Text(f"{one.answers:.1f}"),
        share,
        styled(said, "dim"),
    ]


def _remarks(report: "AggregateReport") -> Iterator[str]:
    slow = [one.question for one in report.made.estimates if not one.truth.converged]
    if slow:
        yield f"The estimate was still moving when it was stopped: {', '.join(dict.fromkeys(slow))}."
