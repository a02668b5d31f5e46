"""``builder release``: a version of the dataset that others can cite, check and load."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click
from rich.text import Text

from builder.cli.options import Verb, dataset, json_option
from builder.cli.progress import progress_bar
from builder.cli.screen import columns, near, out, print_json, styled

if TYPE_CHECKING:
    from builder.run.releasing.cutting import Cut

_EXAMPLES = """
builder release
builder release 1.0.0 --reason "Comments of three captures were cut wrongly"
builder release --tier open --date 2026-11-24
builder release --json | jq .bump_reason
"""


@click.command("release", cls=Verb, epilog=_EXAMPLES)
@click.argument("version", required=False)
@click.option(
    "--tier",
    type=click.Choice(["open", "research", "private"]),
    default="research",
    help="Who may have it: anybody (no text), researchers under terms, nobody outside. Default: research.",
)
@click.option("--date", "day", metavar="YYYY-MM-DD", help="The day that it bears. Default: today, in UTC.")
@click.option("--reason", help="Why rows were changed or removed; stands in changes/ and is told to readers.")
@click.option(
    "--wait", type=click.FloatRange(min=0), default=0.0, help="Seconds to wait for another release."
)
@click.option("-v", "--verbose", is_flag=True, help="Say how long each stage took.")
@json_option
def command(  # noqa: PLR0913 - what a release is told
    *,
    version: str | None,
    tier: str,
    day: str | None,
    reason: str | None,
    wait: float,
    verbose: bool,
    as_json: bool,
) -> None:
    """Cut a release: a folder of tables, documents and hashes that nobody can write to, and a tar beside it.

    VERSION is held against what has changed since the last release of the same tier, row by row. A patch changes no
    row, a minor version only adds, all else is major; below 1.0.0 a minor version may change anything. Without a
    VERSION it is the least that is legal. A smaller one is refused, with the rows that forbid it.

    What was released is never changed: an existing version is never overwritten. The same dataset on the same date
    gives the same bytes. A release that would not pass "builder verify" is not written.
    """
    from builder.core.lean import leave_pandas_out  # noqa: PLC0415 - the table libraries are loaded for work only
    from builder.run.releasing.afar import cut_at  # noqa: PLC0415
    from builder.run.releasing.facts import Wanted  # noqa: PLC0415

    leave_pandas_out()
    wanted = Wanted(version, tier, _day(day), reason)
    with progress_bar("Cutting", wanted=not as_json) as tell:
        made = cut_at(dataset(), wanted, tell, wait)
    if as_json:
        print_json(made.as_json())
    else:
        _print(made, verbose=verbose)


def _day(said: str | None) -> date:
    if said is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise click.BadParameter(f"{said!r} is no date such as 2026-11-24", param_hint="--date") from error


def _print(made: "Cut", *, verbose: bool) -> None:
    release = made.facts["release"]
    what = f"{release['name']} {release['version']} ({release['tier']})"
    out().print(
        Text.assemble(("Cut ", "bold green"), f"{what} in {near(made.folder)}, verified."), soft_wrap=True
    )
    if release["previous"]:
        said = f"A {release['bump']} version after {release['previous']}. {release['bump_reason']}"
        out().print(styled(f"  {said}"), soft_wrap=True)
    out().print(columns(_rows(made), right=[0, 2, 3, 4]))
    if verbose:
        out().print(Text("\nSeconds", "bold"))
        out().print(columns(((f"{took:.2f}", name) for name, took in made.seconds.items()), right=[0]))
    out().print(Text("\nNext", "bold"))
    for about, what in _next(made):
        out().print(Text.assemble("  ", about, (what, "cyan")), soft_wrap=True)


def _rows(made: "Cut") -> Iterator[tuple[str, ...]]:
    changed = made.facts["release"].get("rows_changed") or {}
    for name, one in made.facts["files"].items():
        counts = changed.get(name, {})
        if not (one["rows"] or any(counts.values())):
            continue
        said = (
            f"{counts[kind]:,} {kind}" if counts.get(kind) else "" for kind in ("added", "removed", "changed")
        )
        yield f"{one['rows']:,}", name, *said


def _next(made: "Cut") -> Iterator[tuple[str, str]]:
    release = made.facts["release"]
    yield "what people read first  ", f"{near(made.folder)}/README.md"
    yield "for those who get it    ", f"builder verify {near(made.tar)}"
    if release["previous"]:
        yield "what is new             ", f"builder diff {release['previous']} {release['version']}"
