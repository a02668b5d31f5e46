"""``builder export``: the tables in the form of another program."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from builder.cli.options import Verb, dataset, dataset_here, json_option
from builder.cli.screen import columns, number, out, print_json, styled

if TYPE_CHECKING:
    from builder.run.releasing.exporting import Exported

_EXAMPLES = """
builder export csv --out ../tables-as-csv
builder export sqlite --from 1.2.0 --out my-corpus-sqlite
builder export convokit --from releases/my-corpus-1.2.0 --out my-corpus-convokit
"""


@click.command("export", cls=Verb, epilog=_EXAMPLES)
@click.argument("form", type=click.Choice(["convokit", "csv", "jsonl", "sqlite"]))
@click.option(
    "--from",
    "release",
    metavar="RELEASE",
    help="A release: its folder or URL, or its version. Default: the tables of this dataset as they are now.",
)
@click.option(
    "--out",
    "folder",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="A new folder to write to; nothing is overwritten.",
)
@json_option
def command(*, form: str, release: str | None, folder: Path, as_json: bool) -> None:
    """Write the tables in the form of another program.

    convokit: a folder that ConvoKit loads; the article is the first utterance, comments answer it. csv: a file
    a table by RFC 4180 in UTF-8; an empty text is "" and null is nothing. jsonl: a file a table, one object a
    line. sqlite: one database with keys, references and indices. Times are RFC 3339 in UTC.

    What was withdrawn is left out. Without --from the tables are those of the house: all but convokit have
    names of commenters and private columns, so git is told to pass over them. To pass data on, export a release.
    """
    from builder.run.releasing.afar import release_at_hand  # noqa: PLC0415
    from builder.run.releasing.exporting import export  # noqa: PLC0415 - the table libraries are loaded for work only
    from builder.run.releasing.places import release_at  # noqa: PLC0415
    from builder.run.releasing.sources import dataset_source, release_source  # noqa: PLC0415

    settings = dataset() if release else dataset_here()
    if release:
        with release_at_hand(release_at(settings, release), settings.scratch_dir) as home:
            source = release_source(home)
    else:
        source = dataset_source(settings)
    done = export(source, form, folder)
    if as_json:
        print_json(done.as_json())
    else:
        _print(done, private=release is None)


def _print(done: "Exported", *, private: bool) -> None:
    said = f"{number(sum(done.rows.values()), 'row')} of {number(len(done.rows), 'table')} to {done.folder}."
    out().print(Text.assemble((f"Exported as {done.form} ", "bold green"), styled(said)))
    out().print(columns(((name, number(size, "byte")) for name, size in done.files.items()), right=[1]))
    if private:
        said = "  These are the tables of the house, private columns among them. To pass data on, export a release."
        out().print(styled(said, "yellow"), soft_wrap=True)
