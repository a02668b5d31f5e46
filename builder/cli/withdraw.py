"""``builder withdraw``: what somebody takes back leaves the server, the archive and every later release."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from builder.cli.options import Verb, dataset, json_option
from builder.cli.progress import progress_bar
from builder.cli.screen import complain, number, out, print_json, styled

if TYPE_CHECKING:
    from builder.annotate.server.connection import Server
    from builder.core.settings import Settings
    from builder.run.releasing.withdrawing import Done, Plan

_EXAMPLES = """
builder withdraw c0123456789abcdef0123 --reason person-asked --dry-run
builder withdraw "Herald/Ann Example" --reason person-asked --note "letter of 3 March"
builder withdraw herald/2031/bridge.txt --reason takedown
builder withdraw
"""
_REASONS = ("person-asked", "third-party", "court", "takedown", "error")
_SHOWN = 12
# The first two are for datasets that were labelled.
_NEXT = ("merge", "aggregate", "report", "release")


@click.command("withdraw", cls=Verb, epilog=_EXAMPLES)
@click.argument("said", metavar="[COMMENT|AUTHOR|ARTICLE]...", nargs=-1)
@click.option("--reason", type=click.Choice(_REASONS), help="Why; needed where anything is named.")
@click.option("--note", default="", help="A private note: it is kept in data/private, beside no release.")
@click.option(
    "--absent", is_flag=True, help="Take ids that are in no table any more, for older releases' sake."
)
@click.option("--no-server", is_flag=True, help="Leave the server for later: builder withdraw.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, change nothing.")
@json_option
def command(
    *,
    said: tuple[str, ...],
    no_server: bool,
    dry_run: bool,
    as_json: bool,
    **why: Any,  # noqa: ANN401 - the options that the ledger is told
) -> None:
    """Withdraw a comment, all that an author wrote, or an article with all that stands below it.

    What is withdrawn is named by id, an author by name or SOURCE/NAME too, an article by its capture. The ledger
    data/withdrawals.jsonl gets a line a unit, ids alone: keep it under version control. From then on no release,
    task, export or report shows it, copies of the same text included; releases list it in the table withdrawn.

    Tasks about it are deleted from Label Studio, with all answers to them; tasks that show it beside another
    comment lose it there and keep their answers. In the archive texts and notes are overwritten, and the ledger
    tells the hashes of each file before and after; answers to it end as rejects with the reason "withdrawn".

    Without arguments, what was withdrawn is carried out again: after an interruption, or for a server that
    was down. What the builder cannot reach is told: raw captures are yours, and so are copies of releases.

    Exit code 1 if the server was not reached.
    """
    from builder.run.releasing.withdrawing import Asked, plan_withdrawal, rehearse, withdraw  # noqa: PLC0415

    if said and why["reason"] is None:
        raise click.UsageError(f"Say why: --reason with one of {', '.join(_REASONS)}.")
    settings = dataset()
    plan = plan_withdrawal(settings, Asked(said, **why))
    server, trouble = (None, "") if no_server else _server(settings)
    if dry_run:
        done = rehearse(settings, plan, server)
    else:
        with progress_bar("Withdrawing", wanted=not as_json) as tell:
            done = withdraw(settings, plan, server, (lambda more: tell(more, 1, "")) if tell else None)
    if as_json:
        print_json({**done.as_json(), **_told(plan), "dry_run": dry_run, "server_trouble": trouble or None})
    else:
        _print(settings, plan, done, dry=dry_run)
    if trouble:
        asked = "The server was not asked" if dry_run else "The server still has it"
        complain(f"{asked}: {trouble} Then carry it out: builder withdraw")
        raise click.exceptions.Exit(1)


def _server(settings: "Settings") -> "tuple[Server | None, str]":
    """The server of a dataset, and why it cannot be reached; neither where no round was ever planned."""
    from builder.annotate.server.connection import address, connect  # noqa: PLC0415 - loaded for work only
    from builder.core.errors import ServerError  # noqa: PLC0415
    from builder.run.annotation.rounds import round_names  # noqa: PLC0415

    if not round_names(settings.rounds_dir) and not settings.archive_dir.exists():
        return None, ""
    try:
        return connect(address(settings)), ""
    except ServerError as error:
        return None, str(error)


def _told(plan: "Plan") -> dict[str, object]:
    return {
        "quoting": list(plan.quoting),
        "remains": [str(one) for one in plan.remains],
        "gold": list(plan.gold),
    }


def _print(settings: "Settings", plan: "Plan", done: "Done", *, dry: bool) -> None:
    would = "Would withdraw " if dry else "Withdrawn: "
    units = number(len(done.entries), "unit") if done.entries else "nothing new"
    out().print(Text.assemble((would, "bold green"), f"{units}; away in all: {_counts(plan)}."))
    for line in _did(settings, done):
        out().print(styled(f"  {line}"), soft_wrap=True)
    for head, lines in _left(plan):
        out().print(Text(f"\n{head}", "bold"), soft_wrap=True)
        for line in lines[:_SHOWN]:
            out().print(styled(f"  {line}"), soft_wrap=True)
        if len(lines) > _SHOWN:
            out().print(styled(f"  ... and {len(lines) - _SHOWN:,} more: --json lists them"))
    if not dry:
        verbs = _NEXT if settings.archive_dir.exists() else _NEXT[2:]
        steps = Text(", then ").join(Text(f"builder {verb}", "cyan") for verb in verbs)
        out().print(Text.assemble(("\nNext  ", "bold"), steps, "; the last for each tier"), soft_wrap=True)


def _counts(plan: "Plan") -> str:
    away = plan.away
    counts = ((away.comments, "comment"), (away.articles, "article"), (away.authors, "author"))
    return ", ".join(number(len(ids), kind) for ids, kind in counts)


def _did(settings: "Settings", done: "Done") -> Iterator[str]:
    yield f"ledger    {settings.withdrawals}"
    if done.server:
        yield f"server    {number(done.server.deleted, 'task')} deleted, {number(done.server.changed, 'task')} changed"
    yield f"archive   {number(done.archive.lines, 'line')} overwritten"


def _left(plan: "Plan") -> Iterator[tuple[str, list[str]]]:
    if plan.remains:
        yield (
            "What is left to you: the raw captures. Take these lines out, the last ones first, then builder build",
            [str(one) for one in plan.remains],
        )
    if plan.quoting:
        yield (
            "These quote it or name its author; releases overwrite the words. Or withdraw them too: by their ids",
            list(plan.quoting),
        )
    if plan.gold:
        yield "Gold about it: take the lines out", list(plan.gold)
    if plan.away.withdrawals:
        yield (
            "And elsewhere",
            [
                "older releases, whoever holds them: builder purge RELEASE --with the next release's withdrawn table",
                "backups of the studio, exports, report.html, the history of your repository",
            ],
        )
