"""``builder eval``: the parser's scores on threads with gold that it was not trained on."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.table import Table

from builder.cli.options import Verb, json_option
from builder.cli.progress import progress_bar
from builder.cli.screen import out, print_json

if TYPE_CHECKING:
    from builder.run.corpus.scoring import Report

_EXAMPLES = """
builder eval ../threads
builder eval ../threads --floors tests/benchmark/floors.json
builder eval ../threads --predictions found.jsonl && python ../threads/score.py found.jsonl --errors
"""


@click.command("eval", cls=Verb, epilog=_EXAMPLES)
@click.argument("threads", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--floors",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="JSON file of scores that must be reached; exit code 1 below them.",
)
@click.option(
    "--predictions", type=click.Path(path_type=Path, dir_okay=False), help="File to write what was found to."
)
@json_option
def command(*, threads: Path, floors: Path | None, predictions: Path | None, as_json: bool) -> None:
    """Score the parser by cross-validation over sites.

    THREADS is a folder as "builder train" takes it, with a score.py. For each of the fixed folds in
    index.json the parser is trained on the others and scored on it: no site is scored by weights that have
    seen it. Then: what it is worth to review the least confident fifth of the captures.
    """
    from builder.run.corpus.scoring import score_threads  # noqa: PLC0415 - loaded for work only

    with progress_bar("Scoring", wanted=not as_json) as tell:
        report = score_threads(threads, floors, predictions, tell)
    if as_json:
        print_json(report.as_json())
    else:
        _print(report)
    raise click.exceptions.Exit(1 if report.below else 0)


def _print(report: "Report") -> None:
    table = Table("rendering", "pages", "comments", "precision", "recall", "F1", "author", "split", box=None)
    for one in report.scores:
        shown = (one.precision, one.recall, one.f1, one.author, one.split)
        table.add_row(one.rendering, str(one.pages), str(one.comments), *(f"{value:.4f}" for value in shown))
    out().print(table)
    for worth in report.reviews:
        middle, high = worth.random
        out().print(
            f"\n{worth.rendering}: with the least confident fifth of the captures reviewed "
            f"({worth.comments} comments) F1 {worth.before:.4f} becomes {worth.after:.4f}; random captures with as "
            f"many comments give {middle:.4f} (median), {high:.4f} (95th percentile)."
        )
    for said in report.below:
        out().print(f"\nBelow its floor: {said}", style="bold red")
