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
builder release --stale
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
@click.option("--stale", is_flag=True, help="Cut it of tables, answers and labels that are out of date, too.")
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
    stale: bool,
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

    Where "builder status" calls tables, annotations or labels stale nothing is cut, unless --stale is given. Where
    nothing has changed since the last release of the tier nothing is cut, unless a VERSION is given.

    The settings name the licence, which is LicenseRef-NAME for terms of your own, or one of: CC0-1.0, CC-PDDC,
    CC-BY-3.0, CC-BY-4.0, CC-BY-SA-3.0, CC-BY-SA-4.0, CC-BY-NC-3.0, CC-BY-NC-4.0, CC-BY-NC-SA-3.0,
    CC-BY-NC-SA-4.0, CC-BY-ND-4.0, CC-BY-NC-ND-4.0, PDDL-1.0, ODC-By-1.0, ODbL-1.0, CDLA-Permissive-1.0,
    CDLA-Permissive-2.0, CDLA-Sharing-1.0, C-UDA-1.0, O-UDA-1.0, DL-DE-BY-2.0, DL-DE-ZERO-2.0, etalab-2.0, NLOD-2.0,
    OGL-UK-3.0, Apache-2.0, BSD-3-Clause, MIT.
    """
    from builder.core.lean import leave_pandas_out  # noqa: PLC0415 - the table libraries are loaded for work only
    from builder.run.corpus.weights import weights_sha256  # noqa: PLC0415
    from builder.run.releasing.afar import cut_at  # noqa: PLC0415
    from builder.run.releasing.facts import Wanted  # noqa: PLC0415
    from builder.run.releasing.obstacles import refuse_obstacles  # noqa: PLC0415
    from builder.run.stages import stages  # noqa: PLC0415

    leave_pandas_out()
    settings, wanted = dataset(), Wanted(version, tier, _day(day), reason)
    refuse_obstacles(settings, wanted, () if stale else stages(settings, weights_sha256()))
    with progress_bar("Cutting", wanted=not as_json) as tell:
        made = cut_at(settings, wanted, tell, wait)
    if as_json:
        print_json(made.as_json())
    elif made.new:
        _print(made, verbose=verbose)
    else:
        _print_nothing(made)


def _day(said: str | None) -> date:
    if said is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise click.BadParameter(f"{said!r} is no date such as 2026-11-24", param_hint="--date") from error


def _print_nothing(made: "Cut") -> None:
    out().print(f"Nothing changed since {made.facts['release']['version']}; nothing cut.")
    said = f"  {near(made.folder)} holds it. To cut one all the same, name its version: builder release"
    out().print(styled(f"{said} {made.step.version}", "dim"), soft_wrap=True)


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
    for remark in made.remarks:
        out().print(styled(f"  {remark}", "yellow"), soft_wrap=True)
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
        yield "what is new             ", f"builder diff {' '.join(_both(made))}"


def _both(made: "Cut") -> tuple[str, str]:
    """What the release before and this one are called: by version alone those for research are meant."""
    release = made.facts["release"]
    before, now = release["previous"], release["version"]
    if release["tier"] == "research":
        return before, now
    return f"{made.folder.name.removesuffix(now)}{before}", made.folder.name
