"""``builder push``: a round of annotation tasks goes to Label Studio."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from builder.cli.options import Verb, dataset, json_option
from builder.cli.progress import Tell, progress_bar
from builder.cli.screen import columns, number, out, print_json, styled

if TYPE_CHECKING:
    from builder.run.pushing import Order, PushReport

_EXAMPLES = """
builder push --config comment_hostility --round pilot --sample 50 --annotators ana,bo,chi --overlap 2 --dry-run
builder push --config comment_hostility --round pilot --sample 50 --annotators ana,bo,chi --overlap 2
builder push --round pilot
builder push --config segmentation_review --round parser-1 --sample 10
"""
_WIDEST = 160


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
    yet, and nothing twice, however often it is called and whatever broke before.

    With personal projects each annotator is led to their own tasks alone. Label Studio Community gives every
    account the right to see and change everything, so this is a matter of links; what somebody changed for
    another is flagged by the merge.
    """
    from builder.annotate.connection import address, connect  # noqa: PLC0415 - loaded for work only
    from builder.annotate.rounds import Wishes  # noqa: PLC0415
    from builder.run.orders import make_order, missing_accounts  # noqa: PLC0415
    from builder.run.pushing import push  # noqa: PLC0415
    from builder.run.rounds import keep_round  # noqa: PLC0415
    from builder.run.suggesting import with_suggestions  # noqa: PLC0415

    settings = dataset()
    wishes |= {key: _names(wishes[key]) for key in ("stratify", "annotators")}
    order, new = make_order(settings, name, config, Wishes(**wishes), dry=dry_run)
    if dry_run:
        _print_dry_run(order, new=new, as_json=as_json)
        return
    server = connect(address(settings))
    if suggest:
        order = with_suggestions(order, new=new)
    elif new:
        keep_round(settings.rounds_dir, order.round, order.config)
    with progress_bar("Pushing", wanted=not as_json) as tell:
        report = push(order, server, _steps(tell, len(order.round.tasks)) if tell else None)
    strangers = missing_accounts(settings, server, order)
    if as_json:
        print_json({**report.as_json(), "without_account": list(strangers)})
    else:
        _print_report(report, strangers)


def _names(listed: str | None) -> tuple[str, ...] | None:
    return None if listed is None else tuple(name.strip() for name in listed.split(",") if name.strip())


def _steps(tell: Tell, total: int) -> Callable[[int], None]:
    sent = 0

    def step(more: int) -> None:
        nonlocal sent
        sent += more
        tell(sent, total, f"{sent:,} tasks sent")

    return step


def _print_report(report: "PushReport", strangers: tuple[str, ...]) -> None:
    what = f"{number(report.tasks, 'task')} over {number(report.units, 'unit')}"
    out().print(Text.assemble((f"Round {report.round}", "bold green"), f" asks {report.config}: {what}."))
    rows = [
        (one.name, f"{one.sent:,} sent", f"{one.there:,} there before", f"project {one.project}")
        for one in report.projects
    ]
    out().print(columns(rows, right=[1, 2]))
    for said in _remarks(report, strangers):
        out().print(said, soft_wrap=True)


def _remarks(report: "PushReport", strangers: tuple[str, ...]) -> Iterator[Text]:
    removed, gone = (sum(getattr(one, name) for one in report.projects) for name in ("removed", "gone"))
    if removed:
        yield styled(f"  Tasks that an earlier push had sent twice: {removed:,}, removed.", "yellow")
    if gone:
        yield styled(f"  {number(gone, 'unit')} of the plan: in the tables no more, so not sent.", "yellow")
    if strangers:
        yield Text.assemble(
            ("  Without an account: ", "yellow"),
            styled(", ".join(strangers)),
            "; make one: ",
            (f"builder studio annotators add {' '.join(strangers)}", "cyan"),
        )
    yield Text("\nTo label, log in and open", "bold")
    for one in report.projects:
        yield Text.assemble("  ", styled(f"{one.name:<10}"), " ", styled(one.url, "cyan"))
    yield Text("\nNext", "bold")
    yield Text.assemble(
        "  when they have labelled      ", ("builder pull", "cyan"), ", then ", ("builder merge", "cyan")
    )


def _print_dry_run(order: "Order", *, new: bool, as_json: bool) -> None:
    from builder.run.pushing import first_body  # noqa: PLC0415 - loaded for work only

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
    out().print(columns([(name, number(count, "task")) for name, count in counts.items()]))
    out().print(Text("\nThe first task", "bold"))
    data = body["data"] if body else {}
    out().print(columns((styled(key, "bold"), _cell(value)) for key, value in data.items()))


def _cell(value: object) -> str:
    text = str(value).replace("\n", " ")
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"
