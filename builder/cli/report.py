"""``builder report``: the dataset, its labels and their quality on one page."""

import webbrowser
from importlib.util import find_spec
from pathlib import Path

import click

from builder.cli.options import Verb, dataset_here, json_option
from builder.cli.screen import out, print_json, size, styled
from builder.core.errors import BuilderError, UsageError

_EXAMPLES = """
builder report
builder report --open
builder report --out shared/pilot.html
builder report --json | jq '.chapters'
"""


@click.command("report", cls=Verb, epilog=_EXAMPLES)
@click.option("--open", "show", is_flag=True, help="Open it in the browser.")
@click.option(
    "--out",
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write. Default: report.html in the dataset's folder.",
)
@json_option
def command(*, show: bool, file: Path | None, as_json: bool) -> None:
    """Write report.html: the corpus, progress, labels, agreement, confusion, hardest units, annotators, time.

    It is one file, which opens from disk and asks nobody for anything. The same data give the same bytes, so
    that reports can be compared. It quotes comments: keep it as you keep the data.
    """
    from builder.core.lean import leave_pandas_out  # noqa: PLC0415 - the table libraries are loaded for work only

    settings = dataset_here()
    if find_spec("matplotlib") is None:
        raise UsageError(
            "builder report draws with matplotlib, which is not installed. "
            "Install it: pip install 'newsthreads[report]'"
        )
    leave_pandas_out()
    from builder.run.reporting import write_report  # noqa: PLC0415

    made = write_report(settings, file)
    if as_json:
        print_json(made.as_json())
    else:
        out().print(styled(f"Wrote {made.file} ({size(made.size)})."), soft_wrap=True)
        bare = [name for name, there in made.chapters.items() if not there]
        if bare:
            out().print(styled(f"No data yet: {', '.join(bare)}. The page says how to get some.", "dim"))
    if show and not webbrowser.open_new_tab(made.file.resolve().as_uri()):
        raise BuilderError(f"No browser could be started. Open it in one yourself: {made.file}")
