"""``builder build``: the tables from the raw captures."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.cli.options import Verb, dataset, json_option
from builder.cli.progress import Tell, progress_bar
from builder.cli.screen import number, print_json
from builder.cli.summary import print_summary

if TYPE_CHECKING:
    from builder.run.corpus.report import Progress

_EXAMPLES = """
builder build
builder build --raw other/captures --out elsewhere/tables --workers 4
builder build --json | jq .rows
"""


@click.command("build", cls=Verb, epilog=_EXAMPLES)
@click.option("--raw", type=click.Path(path_type=Path), help="Folder of raw captures, or one capture.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder to put the tables in.")
@click.option(
    "--executor",
    type=click.Choice(["serial", "processes"]),
    help="One process or several. Default: several where there is much to do.",
)
@click.option("--workers", type=click.IntRange(min=1), help="Number of processes. Default: one per core.")
@click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=0.0,
    help="Seconds to wait for another builder to end. Default: none.",
)
@json_option
def command(
    *,
    raw: Path | None,
    out: Path | None,
    executor: str | None,
    workers: int | None,
    wait: float,
    as_json: bool,
) -> None:
    """Build the tables from the raw captures.

    A capture is a text file data/raw/SOURCE/.../NAME.txt. Beside it, NAME.txt.meta.json may give url,
    published_at, source, language and licence. The old tables stay until the new ones are whole.

    Copies of articles and comments are marked, and with newsthreads[lang] the language of each is determined.
    The settings near_duplicates and detect_languages can be set to false, which saves time.

    Exit code 1 if there are issues of level error: something of a capture is not in the tables.
    """
    from builder.core.lean import leave_pandas_out  # noqa: PLC0415 - the table libraries are loaded for work only
    from builder.run.corpus.executor import choose  # noqa: PLC0415
    from builder.run.corpus.languages import languages_of  # noqa: PLC0415
    from builder.run.corpus.pipeline import Build, build  # noqa: PLC0415
    from builder.run.corpus.shard import ShardWork, weights_sha256  # noqa: PLC0415

    leave_pandas_out()
    settings = dataset()
    languages, near = languages_of(settings), settings.near_duplicates
    order = Build(
        raw or settings.raw_dir,
        out or settings.tables_dir,
        ShardWork(languages.among, near),
        weights_sha256(),
        languages=languages,
        near_copies=near,
    )
    with progress_bar("Building", wanted=not as_json) as tell:
        report = build(order, choose(executor, workers), _steps(tell) if tell else None, wait)
    if as_json:
        print_json(report.as_json())
    else:
        print_summary(report)
    raise click.exceptions.Exit(1 if report.n_errors else 0)


def _steps(tell: Tell) -> "Callable[[Progress], None]":
    def step(done: "Progress") -> None:
        said = f"{done.captures:,} of {done.of_captures:,} captures, {number(done.issues, 'issue')}"
        tell(done.bytes, done.of_bytes, said)

    return step
