"""What is told of tasks that were pushed, or would be."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.text import Text

from builder.cli.progress import Tell
from builder.cli.screen import columns, number, out, styled
from builder.core.errors import Interrupted

if TYPE_CHECKING:
    from builder.annotate.transfer.push import Body
    from builder.run.annotation.pushing import PushReport

_WIDEST = 160


@contextmanager
def resumable() -> Iterator[None]:
    """Say of an interruption what is true of it while tasks are sent: a part is done, and stays."""
    try:
        yield
    except KeyboardInterrupt as error:
        raise Interrupted("Interrupted. What was sent stays; the same command goes on from there.") from error


def steps(tell: Tell, total: int) -> Callable[[int], None]:
    """What to tell how many tasks more were sent."""
    sent = 0

    def step(more: int) -> None:
        nonlocal sent
        sent += more
        tell(sent, total, f"{number(sent, 'task')} sent")

    return step


def print_report(
    report: "PushReport",
    strangers: tuple[str, ...],
    then: tuple[str, ...] = ("builder pull", "builder merge"),
) -> None:
    """Print what a push did, whose tasks wait, who has no account, the way to the tasks, and what comes after."""
    what = f"{number(report.tasks, 'task')} over {number(report.units, 'unit')}"
    out().print(Text.assemble((f"Round {report.round}", "bold green"), f" asks {report.config}: {what}."))
    rows = [
        (one.name, f"{one.sent:,} sent", f"{one.there:,} there before", f"project {one.project}")
        for one in report.projects
    ]
    out().print(columns(rows, right=[1, 2]))
    for said in _remarks(report, strangers):
        out().print(said, soft_wrap=True)
    out().print(Text("\nNext", "bold"))
    commands = Text(", then ").join(Text(command, "cyan") for command in then)
    out().print(Text.assemble("  when they have labelled      ", commands))


def _remarks(report: "PushReport", strangers: tuple[str, ...]) -> Iterator[Text]:
    removed, gone = (sum(getattr(one, name) for one in report.projects) for name in ("removed", "gone"))
    if removed:
        yield styled(f"  Tasks that an earlier push had sent twice: {removed:,}, removed.", "yellow")
    if gone:
        yield styled(f"  {number(gone, 'unit')} of the plan: in the tables no more, so not sent.", "yellow")
    yield from _held_back(report)
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


def _held_back(report: "PushReport") -> Iterator[Text]:
    """Whose tasks wait because of daily_tasks, and until when."""
    waiting = [one for one in report.projects if one.waiting]
    for one in waiting:
        yield styled(
            f"  {one.name}: {number(one.waiting, 'task')} held back, for today's share is handed out: "
            f"{one.open:,} open as of the last pull, {one.today:,} done today, {one.sent:,} sent now.",
            "yellow",
        )
    if waiting:
        yield Text.assemble(
            "  More when a pull shows them done (what is done today counts until midnight UTC): ",
            ("builder pull", "cyan"),
            ", then ",
            styled(f"builder push --round {report.round}", "cyan"),
        )


def print_task(body: "Body | None") -> None:
    """Print what the first task shows, entry by entry; what travels with it unseen is left to ``--json``."""
    from builder.annotate.tasks import KEPT  # noqa: PLC0415 - loaded for work only

    out().print(Text("\nThe first task", "bold"))
    shown = {key: value for key, value in (body["data"] if body else {}).items() if key not in KEPT}
    out().print(columns((styled(key, "bold"), _cell(value)) for key, value in shown.items()))


def _cell(value: object) -> str:
    text = str(value).replace("\n", " ")
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"
