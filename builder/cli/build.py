"""``builder build``: the tables from the raw captures."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.cli.options import PLACE, Verb, dataset, dataset_here, json_option, largest_option, raw_option
from builder.cli.progress import Tell, progress_bar
from builder.cli.screen import columns, number, out, print_json, size
from builder.cli.summary import print_summary
from builder.core.errors import UsageError
from builder.core.places import Place

if TYPE_CHECKING:
    from builder.run.corpus.report import BuildReport, Progress
    from builder.run.corpus.work import ShardFunction

_EXAMPLES = """
builder build
builder build --raw other/captures --out elsewhere/tables --workers 4
builder build --raw s3://corpora.example/raw --out s3://corpora.example/tables
builder build --executor dask --scheduler tcp://localhost:8786
builder build --json | jq '.rows, .redone'
builder build --profile -
"""
_STDOUT = Path("-")


@click.command("build", cls=Verb, epilog=_EXAMPLES)
@raw_option
@click.option("--out", type=PLACE, help="Folder to put the tables in, or a URL.")
@click.option(
    "--executor",
    type=click.Choice(["serial", "processes", "dask"]),
    help="One process, several, or a Dask cluster. Default: several where there is much to do.",
)
@click.option("--workers", type=click.IntRange(min=1), help="Number of processes. Default: one per core.")
@click.option("--scheduler", metavar="ADDRESS", help="Join the Dask cluster whose scheduler is there.")
@largest_option
@click.option("--fresh", is_flag=True, help="Take nothing from earlier builds, and make everything anew.")
@click.option(
    "--profile",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Write where the time went, by stage, as JSON; with - print it as a table.",
)
@click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=0.0,
    help="Seconds to wait for another builder to end. Default: none.",
)
@json_option
def command(  # noqa: PLR0913 - one argument an option
    *,
    raw: Place | None,
    out: Place | None,
    executor: str | None,
    workers: int | None,
    scheduler: str | None,
    fresh: bool,
    largest: int | None,
    profile: Path | None,
    wait: float,
    as_json: bool,
) -> None:
    """Build the tables from the raw captures.

    A capture is a text file data/raw/SOURCE/.../NAME.txt. Beside it, NAME.txt.meta.json may give url,
    published_at, source, language and licence. Captures may be packed: .parquet, .jsonl, .tar, .wet. The old
    tables stay until the new ones are whole.

    What is finished is kept beside the tables, in .tables.parts. The next build makes anew only what belongs to
    captures that came, changed or went, so a build that was stopped goes on where it was. Tables for a URL are made
    in a local folder, the setting scratch, and put there when they are whole.

    Copies of articles and comments are marked, and with newsthreads[lang] the language of each is determined.
    The settings near_duplicates and detect_languages can be set to false, which saves time.

    Exit code 1 if there are issues of level error: something of a capture is not in the tables.
    """
    from builder.run.corpus.afar import Goal, build_at  # noqa: PLC0415 - loaded for work only
    from builder.run.corpus.choice import choose  # noqa: PLC0415
    from builder.run.corpus.ground import Build  # noqa: PLC0415
    from builder.run.corpus.languages import languages_of  # noqa: PLC0415
    from builder.run.corpus.weights import weights_sha256  # noqa: PLC0415

    if as_json and profile == _STDOUT:
        raise UsageError("--json and --profile - would both print. Name a file: --profile FILE")
    settings = dataset() if raw else dataset_here()
    languages, near = languages_of(settings), settings.near_duplicates
    order = Build(
        raw or settings.raw_dir,
        Path(),
        partial(_shard_function, languages.among, near),
        weights_sha256(),
        languages=languages,
        near_copies=near,
        largest=largest or settings.max_capture_bytes,
        keep=int(settings.kept_gb * 1e9),
        fresh=fresh,
    )
    with progress_bar("Building", wanted=not as_json) as tell:
        goal = Goal(out or settings.tables_place, settings.scratch_dir)
        report = build_at(
            goal, order, choose(executor, workers, scheduler), _steps(tell) if tell else None, wait
        )
    if as_json:
        print_json(report.as_json())
    else:
        print_summary(report)
    if profile:
        _tell_profile(report, profile)
    raise click.exceptions.Exit(1 if report.n_errors else 0)


def _shard_function(languages: tuple[str, ...] | None, near: bool) -> "ShardFunction":
    """The function that makes tables; with it come the table libraries, without pandas."""
    from builder.core.lean import leave_pandas_out  # noqa: PLC0415 - loaded for work only

    leave_pandas_out()
    from builder.run.corpus.shard import ShardWork  # noqa: PLC0415

    return ShardWork(languages, near)


def _tell_profile(report: "BuildReport", file: Path) -> None:
    from builder.run.corpus.profile import sums, write_profile  # noqa: PLC0415 - see ``command``

    if file != _STDOUT:
        write_profile(report, file)
        return
    head = ("", "stage", "times", "seconds", "of the processor")
    body = [
        (row.worker, row.stage, f"{row.times:,}", f"{row.wall:.2f}", f"{row.cpu:.2f}") for row in sums(report)
    ]
    out().print(columns([head, *body], right=[2, 3, 4]))


def _steps(tell: Tell) -> "Callable[[Progress], None]":
    started = time.monotonic()

    def step(done: "Progress") -> None:
        rate = done.captures / max(time.monotonic() - started, 1e-3)
        captures = f"{done.captures:,} of {number(done.of_captures, 'capture')}, {rate:,.0f} a second"
        said = f"{captures}, {size(done.bytes)} of {size(done.of_bytes)}, {number(done.issues, 'issue')}"
        tell(done.bytes, done.of_bytes, said)

    return step
