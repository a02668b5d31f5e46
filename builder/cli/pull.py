"""``builder pull``: what annotators did is fetched and archived."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click
from rich.text import Text

from builder.cli.options import Verb, dataset, json_option
from builder.cli.progress import Tell, progress_bar
from builder.cli.screen import columns, number, out, print_json, styled

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.annotate.transfer.pull import ProjectPull, PullReport

_EXAMPLES = """
builder pull
builder pull && builder merge
builder pull --json | jq '.projects[] | {title, annotations}'
"""
_HEAD = ("project", "tasks", "new answers", "drafts", "deleted", "unchanged")


@click.command("pull", cls=Verb, epilog=_EXAMPLES)
@click.option(
    "--wait", type=click.FloatRange(min=0), default=0.0, help="Seconds to wait for another pull to end."
)
@json_option
def command(*, wait: float, as_json: bool) -> None:
    """Fetch what annotators did since the last pull, and archive it.

    Every version of every answer is kept as the server said it, drafts and skips too, and what was deleted is
    noted. Nothing on the server is changed, and nothing in the archive is ever changed or removed: a pull
    that brings something adds one file to it.
    """
    from builder.annotate.server.connection import address, connect  # noqa: PLC0415 - loaded for work only
    from builder.run.annotation.pulling import pull_into_archive  # noqa: PLC0415

    settings = dataset()
    server = connect(address(settings))
    with progress_bar("Pulling", wanted=not as_json) as tell:
        report = pull_into_archive(settings, server, _steps(tell) if tell else None, wait)
    if as_json:
        print_json(asdict(report))
    else:
        _print(report, server.url)


def _steps(tell: Tell) -> "Callable[[int, int, str], None]":
    return lambda done, of, title: tell(done, of, f"{number(done, 'task')} of {title}")


def _print(report: "PullReport", url: str) -> None:
    if not report.projects:
        out().print(f"{url} has no project of this dataset. Send one: builder push --help")
        return
    new = sum(one.annotations for one in report.projects)
    brought = f"{number(new, 'new answer')}" if report.lines else "nothing new"
    out().print(Text.assemble(("Pulled ", "bold green"), f"{brought} from {url}."))
    rows = [_row(one) for one in report.projects]
    out().print(columns([[Text(each, "dim") for each in _HEAD], *rows], right=[1, 2, 3, 4, 5]))
    for said in _remarks(report):
        out().print(styled(f"  {said}", "yellow"), soft_wrap=True)
    out().print(Text.assemble(("\nNext  ", "bold"), ("builder merge", "cyan")))


def _row(one: "ProjectPull") -> tuple[str, ...]:
    counts = (one.tasks, one.annotations, one.drafts, one.deleted, one.unchanged)
    return one.title, *(f"{count:,}" for count in counts)


def _remarks(report: "PullReport") -> Iterator[str]:
    for one in report.projects:
        if one.deleted_tasks:
            yield f"{one.title}: {number(one.deleted_tasks, 'task')} deleted on the server."
        if one.config_drifted:
            yield (
                f"{one.title}: its labelling config was changed on the server. Answers that the config of "
                f"round {one.round} does not know will be rejected; put it back, or plan a new round."
            )
    for title in report.vanished:
        yield f"Project {title} is not on the server any more. What was pulled of it stays."
