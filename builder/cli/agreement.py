"""``builder agreement``: how far annotators agree, question by question."""

from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING

import click
from rich.text import Text

from builder.cli.agreement_pairs import print_pairs
from builder.cli.options import Verb, dataset, json_option
from builder.cli.screen import columns, harmless, legend, number, out, print_json, styled

if TYPE_CHECKING:
    from builder.run.labels.agreement import Agreed, Agreement

_EXAMPLES = """
builder agreement
builder agreement --by source --round pilot
builder agreement --by pair
builder agreement --json | jq '.questions[] | select(.alpha != null) | {question, option, alpha}'
python -c "import builder; print(builder.open().agreement())"
"""
_WHOLE = "as a whole"
_HEAD = ("", "raw", "      alpha", " 95 % interval", "  AC1", " share")
_LEVELS = {
    "nominal": "equal or not",
    "ordinal": "ordered",
    "interval": "as numbers",
    "masi": "as sets",
    "characters": "by character",
}
_WORDS = {
    "raw": "How often two answers to one unit are equal. It is high by chance alone where one answer prevails.",
    "alpha": "Krippendorff's: 1 if answers are always equal, 0 if no more than when they are dealt out at random, "
    "below 0 if less. An interval holds the alpha of many such units, by these people, 95 times in 100.",
    "AC1": "Gwet's: as alpha, but it expects little agreement by chance where one answer prevails. Where an option "
    "is rare (see share), alpha falls and AC1 stays high though people err alike: read both.",
    "AC2": "AC1 for ordered answers: neighbours count as partly equal.",
}
_REMARK = (
    "How much is enough depends on what the labels are for, and on which answers are confused: builder agreement "
    "--by pair shows who disagrees with whom. Small numbers of units make wide intervals, not bad annotators."
)


@click.command("agreement", cls=Verb, epilog=_EXAMPLES)
@click.option(
    "--by",
    default="question",
    metavar="LIST",
    help="Tell apart by question (always), source, round, pair; several with commas.",
)
@click.option("--round", "rounds", multiple=True, metavar="NAME", help="This round only; may be repeated.")
@click.option(
    "--draws",
    type=click.IntRange(min=0),
    default=1000,
    show_default=True,
    help="Resamples of an interval; 0: none.",
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Seed of the resamples."
)
@json_option
def command(*, by: str, rounds: tuple[str, ...], draws: int, seed: int, as_json: bool) -> None:
    """Show how far annotators agree on each question, and on each of its options.

    Counted are merged answers that people gave on their own, the latest of each annotator to each unit. Only
    units that were answered twice or more say something of agreement.

    What cannot be measured is not defined, null in JSON, with the reason: no answers, one annotator, no overlap
    (no unit has answers of two annotators), one value only (nothing shows that annotators can tell values
    apart). An interval may be missing on its own: too few differ, so that resamples are all alike.

    A question that is asked only after some answer to another is compared among those who were asked it:
    whether to ask is a disagreement about that other question, and counted there. Questions for several
    options are compared as sets (MASI distance), then option by option: asked and not chosen is not chosen.
    Spans are compared character by character, and pair by pair of annotators by F1, exact and by overlap.

    Intervals are bootstrap intervals over units, bias-corrected and accelerated. With fewer than about 50
    units that were answered twice, and for rare options, they are somewhat too narrow.
    """
    from builder.core.lean import leave_pandas_out  # noqa: PLC0415 - the table libraries are loaded for work only
    from builder.labels.resampling import Resampling  # noqa: PLC0415
    from builder.run.annotation.annotators import called, read_pseudonyms  # noqa: PLC0415
    from builder.run.labels.agreement import find_agreement  # noqa: PLC0415

    leave_pandas_out()
    settings = dataset()
    apart = [word.strip() for word in by.split(",")]
    found = find_agreement(settings, apart, rounds, Resampling(draws, seed))
    if as_json:
        print_json(
            {"questions": [one.row() for one in found.questions], "pairs": [one.row() for one in found.pairs]}
        )
    elif found.pairs:
        names = called(read_pseudonyms(settings.annotators_file))
        print_pairs(found.pairs, lambda one: names.get(one, one))
    else:
        _print(found)


def _print(found: "Agreement") -> None:
    width = max((len(one.subject.option or _WHOLE) for one in found.questions), default=0)
    for (heading, question), group in groupby(
        found.questions, lambda one: (_heading(one), one.subject.question)
    ):
        rows = list(group)
        about = Text.assemble((harmless(question), "bold cyan"), (f"  {_facts(rows[0])}", "dim"))
        out().print(Text.assemble(about, (f"  {heading}", "dim")), soft_wrap=True)
        table = [[Text(cell, "dim") for cell in _HEAD], *(_cells(one, width) for one in rows)]
        out().print(columns(table, right=range(1, len(_HEAD))))
        out().print()
    out().print(legend(_WORDS, _REMARK))


def _heading(one: "Agreed") -> str:
    return ", ".join((one.subject.config, *one.within.values()))


def _facts(one: "Agreed") -> str:
    of = asdict(one.measures)
    facts = [
        _LEVELS[one.subject.level],
        f"{of['n_double']:,} of {number(of['n_units'], 'unit')} answered twice",
        number(of["n_annotators"], "annotator"),
    ]
    if of["ac2"] is not None:
        facts.append(f"AC2 {of['ac2']:.2f}")
    if of["f1_exact"] is not None:
        facts.append(f"F1 {of['f1_exact']:.2f} exact, {of['f1_overlap']:.2f} by overlap")
    return ", ".join(facts)


def _cells(one: "Agreed", width: int) -> list[Text]:
    of = asdict(one.measures)
    whole = one.subject.option is None
    interval = "" if of["alpha_low"] is None else f"{of['alpha_low']:.2f} to {of['alpha_high']:.2f}"
    alpha = Text("not defined", "yellow") if of["alpha"] is None else Text(f"{of['alpha']:.2f}", "bold")
    return [
        styled((one.subject.option or _WHOLE).ljust(width), "bold" if whole else ""),
        Text(_percent(of["raw"])),
        alpha,
        styled(of["undefined"], "yellow") if of["undefined"] else Text(interval),
        Text("" if of["ac1"] is None else f"{of['ac1']:.2f}"),
        Text(_percent(of["prevalence"])),
    ]


def _percent(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.0f} %"
