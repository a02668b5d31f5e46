"""``builder push``: a round of annotation tasks goes to Label Studio."""

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from builder.cli.options import Verb, dataset, json_option
from builder.cli.progress import progress_bar
from builder.cli.pushed import print_report, print_task, resumable, steps
from builder.cli.screen import columns, number, out, print_json, styled

if TYPE_CHECKING:
    from builder.run.annotation.bodies import Order

_EXAMPLES = """
builder push --config comment_hostility --round pilot --sample 50 --annotators ana,bo,chi --overlap 2 --dry-run
builder push --config comment_hostility --round pilot --sample 50 --annotators ana,bo,chi --overlap 2
builder push --config comment_hostility --round main --annotators ana,bo,chi --overlap 2 --gold 5 --repeat 5
builder push --round pilot
builder push --config segmentation_review --round parser-1 --sample 10
"""


@click.command("push", cls=Verb, epilog=_EXAMPLES)
@click.option("--round", "name", required=True, help="A new name plans a round, a known one goes on with it.")
@click.option("--config", help="The labelling config; not needed for a round that is planned.")
@click.option("--sample", type=click.IntRange(min=1), help="How many units to ask about. Default: all.")
@click.option("--seed", type=int, help="What chance is drawn from. Default: 0.")
@click.option("--stratify", help="Columns over which the sample is even, such as source,lang.")
@click.option(
    "--choose",
    type=click.Choice(["random", "doubtful", "uncertain"]),
    help="Units by chance, the least sure parses, or the least sure answers of a model trained on what was "
    "merged, among units not asked about yet. Default: doubtful for captures.",
)
@click.option("--annotators", help="Who labels, such as ana,bo,chi: names of accounts, or addresses.")
@click.option("--overlap", type=click.IntRange(min=1), help="How many annotators a unit gets. Default: 1.")
@click.option(
    "--assign",
    type=click.Choice(["personal", "pool"]),
    help="A project for each annotator, or one for all. Default: personal where annotators are named.",
)
@click.option(
    "--gold", type=click.IntRange(min=0), help="Units of known answer for each annotator. Default: 0."
)
@click.option("--repeat", type=click.IntRange(min=0), help="Units each annotator is shown twice. Default: 0.")
@click.option(
    "--suggest",
    type=click.Choice(["baseline"]),
    help="Prefill the tasks of a new round with a model's answers; see builder suggest. Default: blind.",
)
@click.option("--dry-run", is_flag=True, help="Say what would happen, show one task, change nothing.")
@json_option
def command(
    *,
    name: str,
    config: str | None,
    suggest: str | None,
    dry_run: bool,
    as_json: bool,
    **wishes: Any,  # noqa: ANN401 - the options that plan a round
) -> None:
    """Send a round of annotation tasks to Label Studio.

    A round is planned once: which units, for whom. From then on a push sends what the server does not have
    yet, and nothing twice, however often it is called and whatever broke before. A unit goes to somebody who
    had it in an earlier round of the same config only where it cannot be avoided, and then this says so.

    With --gold and --repeat, tasks that show how people work are mixed among the others. They look like any
    other, in Label Studio too; only the round's plan in data/rounds knows them, so keep that to yourself.

    A round is blind unless it is planned with --suggest: then its tasks show a model's answers to begin with,
    and "builder quality" tells how many were taken. --choose uncertain takes the units of which that model is
    least sure; such a round says nothing of how common answers are.

    With personal projects each annotator is led to their own tasks alone. Label Studio Community gives every
    account the right to see and change everything, so this is a matter of links; what somebody changed for
    another is flagged by the merge.
    """
    from builder.annotate.planning.terms import Wishes  # noqa: PLC0415 - loaded for work only
    from builder.core.lock import locked  # noqa: PLC0415
    from builder.run.annotation.orders import make_order  # noqa: PLC0415

    settings = dataset()
    wishes |= {key: _names(wishes[key]) for key in ("stratify", "annotators")}
    # Two pushes at once would both find no project, and make one each.
    with nullcontext() if dry_run else locked(settings.rounds_dir):
        order, new = make_order(settings, name, config, Wishes(**wishes), dry=dry_run)
        if dry_run:
            _print_dry_run(order, new=new, as_json=as_json)
        else:
            _send(order, new=new, suggest=bool(suggest), as_json=as_json)


def _send(order: "Order", *, new: bool, suggest: bool, as_json: bool) -> None:
    from builder.annotate.server.connection import address, connect  # noqa: PLC0415 - loaded for work only
    from builder.run.annotation.orders import missing_accounts  # noqa: PLC0415
    from builder.run.annotation.pushing import push  # noqa: PLC0415
    from builder.run.annotation.rounds import keep_round  # noqa: PLC0415

    server = connect(address(order.settings))
    if suggest:
        from builder.run.annotation.suggesting import with_suggestions  # noqa: PLC0415

        order = with_suggestions(order, new=new)
    elif new:
        keep_round(order.settings.rounds_dir, order.round, order.config)
    if order.settings.daily_tasks:
        from builder.run.annotation.expecting import with_expected_severity  # noqa: PLC0415

        order = with_expected_severity(order)
    with resumable(), progress_bar("Pushing", wanted=not as_json) as tell:
        report = push(order, server, steps(tell, len(order.round.tasks)) if tell else None)
    strangers = missing_accounts(order.settings, server, order)
    if as_json:
        print_json({**report.as_json(), "without_account": list(strangers), **_met(order, new=new)})
    else:
        _print_met(order, new=new)
        print_report(report, strangers)


def _met(order: "Order", *, new: bool) -> dict[str, int]:
    """How many units of a new round go to somebody who has them in an earlier one of the same config."""
    from builder.run.annotation.planning import met_again  # noqa: PLC0415 - loaded for work only

    return {"met_before": met_again(order.settings, order.round)} if new else {}


def _print_met(order: "Order", *, new: bool) -> None:
    met = _met(order, new=new).get("met_before")
    if met:
        said = f"{met:,} of {number(order.round.n_units, 'unit')} go to somebody who was asked about them before."
        out().print(styled(said, "yellow"))


def _names(listed: str | None) -> tuple[str, ...] | None:
    return None if listed is None else tuple(name.strip() for name in listed.split(",") if name.strip())


def _print_dry_run(order: "Order", *, new: bool, as_json: bool) -> None:
    from builder.run.annotation.bodies import first_body  # noqa: PLC0415 - loaded for work only

    one = order.round
    body = first_body(order)
    counts = {order.names.get(each, each): len(one.keys(each)) for each in one.assignees}
    if as_json:
        print_json(
            {
                "round": one.name,
                "config": one.config,
                "planned_now": new,
                "units": one.n_units,
                "tasks": counts,
                "gold": one.n_gold,
                "repeats": one.n_repeats,
                **_met(order, new=new),
                "first_task": body,
            }
        )
        return
    state = "would be planned" if new else "is planned"
    out().print(
        Text.assemble(
            (f"Round {one.name}", "bold"), f" {state}: {number(one.n_units, 'unit')}, nothing sent."
        )
    )
    if one.n_gold or one.n_repeats:
        out().print(
            f"  Among the tasks: {one.n_gold:,} of known answer, {one.n_repeats:,} shown a second time."
        )
    _print_met(order, new=new)
    out().print(columns([(name, number(count, "task")) for name, count in counts.items()]))
    print_task(body)
