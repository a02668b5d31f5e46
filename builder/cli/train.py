"""``builder train``: the parser's weights from threads with gold."""

from pathlib import Path

import click

from builder.cli.options import Verb
from builder.cli.progress import progress_bar

_EXAMPLES = """
builder train ../threads
builder train ../threads --out my-weights.json
"""


@click.command("train", cls=Verb, epilog=_EXAMPLES)
@click.argument("threads", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write. Default: the parser's own, which the next build uses.",
)
def command(*, threads: Path, out: Path | None) -> None:
    """Train the parser's weights on all threads of a folder.

    The folder holds texts in the renderings seedlike and seedlinks, gold for each, and index.json. The same
    threads give the same weights. How good such weights are on other sites, "builder eval" says.
    """
    from builder.run.corpus.weights import train_weights, weights_file  # noqa: PLC0415 - loaded for work only

    target = out or weights_file()
    with progress_bar("Training", wanted=True) as tell:
        train_weights(threads, target, tell)
    click.echo(
        f"The weights are in {target}. How good weights made this way are on unseen sites: builder eval {threads}"
    )
