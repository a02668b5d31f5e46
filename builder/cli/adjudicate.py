"""``builder adjudicate``: disagreements are settled in Label Studio."""

from contextlib import nullcontext
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from builder.cli.disputes import dispute_values, print_dispute, print_settled
from builder.cli.options import Verb, dataset, json_option
from builder.cli.progress import progress_bar
from builder.cli.pushed import print_report, resumable, steps
from builder.cli.screen import print_json

if TYPE_CHECKING:
    from builder.core.settings import Settings
    from builder.run.annotation.adjudicating import Adjudication
    from builder.run.annotation.conflicts import Wanted

_PUSH = """
builder adjudicate push --annotators lea --dry-run
builder adjudicate push --round pilot --annotators lea
builder adjudicate push --round pilot --by tie,severe-split
builder adjudicate push --round pilot --by entropy --entropy 0.4 --questions hostility
"""
_PULL = """
builder adjudicate pull
builder adjudicate pull && builder aggregate --adjudicated
"""


@click.group("adjudicate", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Have disagreements settled: "push" sends them to an adjudicator, "pull" brings back what was settled."""


@command.command("push", cls=Verb, epilog=_PUSH)
@click.option(
    "--round", "name", help="The round whose disagreements it is about; not needed for the only one."
)
@click.option(
    "--by",
    metavar="RULES",
    help="Rules of which one is enough: tie, missing-majority, entropy, severe-split. Default: tie and "
    "missing-majority, and severe-split where the settings say what is severe.",
)
@click.option(
    "--entropy", type=click.FloatRange(0, 1), default=0.5, help="From which entropy on. Default: 0.5."
)
@click.option("--questions", help="In which questions. Default: those that must be answered.")
@click.option("--annotators", help="Who settles: with one name the project is theirs, else it is a pool.")
@click.option("--early", is_flag=True, help="Also units that somebody still has to answer.")
@click.option("--dry-run", is_flag=True, help="Say what is in dispute, show one task, change nothing.")
@json_option
def push(
    *,
    name: str | None,
    annotators: str | None,
    early: bool,
    dry_run: bool,
    as_json: bool,
    **rules: Any,  # noqa: ANN401 - what a disagreement is
) -> None:
    """Send units whose answers do not agree to an adjudicator.

    Only questions that must be answered count, unless --questions names others: a tie in an optional question,
    such as flag, sends nothing by itself and stays a tie. What is sent is a round called ROUND-adjudication.

    A task shows the unit as the annotators saw it and, as plain text, what they answered: no names, in an order
    drawn by lot, and an empty form. Called again, it adds what has come into dispute since, and sends nothing
    twice.

    tie: two answers have as many votes. missing-majority: none has more than half. entropy: the votes are spread,
    between 0 (all alike) and 1 (every option as often). severe-split: some gave a severe answer, some did not.
    """
    from builder.core.lock import locked  # noqa: PLC0415 - loaded for work only
    from builder.run.annotation.adjudicating import adjudication  # noqa: PLC0415

    settings = dataset()
    with nullcontext() if dry_run else locked(settings.rounds_dir):
        made = adjudication(settings, name, _wanted(settings, **rules), _names(annotators), early=early)
        if dry_run or made.order is None:
            print_dispute(made, sent=False, as_json=as_json)
        else:
            _send(settings, made, as_json=as_json)


@command.command("pull", cls=Verb, epilog=_PULL)
@click.option("--round", "name", help="Tell of this round alone; all are pulled.")
@json_option
def pull(*, name: str | None, as_json: bool) -> None:
    """Fetch and merge what was settled, and tell what is open.

    What an adjudicator answered is in the tables with the origin "adjudication". It takes no part in agreement,
    and "builder aggregate --adjudicated" lets it win.
    """
    from builder.annotate.server.connection import address, connect  # noqa: PLC0415 - loaded for work only
    from builder.run.annotation.merging import merge_archive  # noqa: PLC0415
    from builder.run.annotation.pulling import pull_into_archive  # noqa: PLC0415
    from builder.run.annotation.settling import settling  # noqa: PLC0415

    settings = dataset()
    pulled = pull_into_archive(settings, connect(address(settings)))
    merge_archive(settings)
    found = settling(settings, name)
    if as_json:
        print_json([{**asdict(one), "open": one.open} for one in found])
    else:
        print_settled(pulled, found)


def _wanted(settings: "Settings", by: str | None, entropy: float, questions: str | None) -> "Wanted":
    from builder.labels.disagreement import RULES, Rules  # noqa: PLC0415 - loaded for work only
    from builder.run.annotation.conflicts import Wanted  # noqa: PLC0415

    usual = [rule for rule in Rules().names if rule != "severe-split" or settings.severe]
    named = _names(by) or tuple(usual)
    unknown = [each for each in named if each not in RULES]
    if unknown:
        raise click.BadParameter(f"'{unknown[0]}' is no rule. Rules: {', '.join(RULES)}.", param_hint="--by")
    return Wanted(Rules(tuple(rule for rule in RULES if rule in named), entropy), _names(questions))


def _names(listed: str | None) -> tuple[str, ...]:
    return tuple(each.strip() for each in (listed or "").split(",") if each.strip())


def _send(settings: "Settings", made: "Adjudication", *, as_json: bool) -> None:
    from builder.annotate.server.connection import address, connect  # noqa: PLC0415 - loaded for work only
    from builder.run.annotation.adjudicating import keep_adjudication  # noqa: PLC0415
    from builder.run.annotation.orders import missing_accounts  # noqa: PLC0415
    from builder.run.annotation.pushing import push as push_round  # noqa: PLC0415

    if made.order is None:
        return
    server = connect(address(settings))
    keep_adjudication(made)
    with resumable(), progress_bar("Pushing", wanted=not as_json) as tell:
        report = push_round(made.order, server, steps(tell, len(made.order.round.tasks)) if tell else None)
    strangers = missing_accounts(settings, server, made.order)
    if as_json:
        print_json({**dispute_values(made), **report.as_json(), "without_account": list(strangers)})
        return
    print_dispute(made, sent=True, as_json=False)
    print_report(report, strangers, ("builder adjudicate pull",))
