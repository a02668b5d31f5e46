"""``builder init``: a new dataset repository."""

from pathlib import Path

import click
from rich.text import Text

from builder.cli.options import Verb, json_option
from builder.cli.screen import columns, number, out, print_json, styled

_EXAMPLES = """
builder init my-threads
builder init my-threads --title "Threads of my town" --language de --source my-paper --contact me@example.org
"""


@click.command("init", cls=Verb, epilog=_EXAMPLES)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", help="Short name, as of a package. Default: the folder's name.")
@click.option("--title", default="", help="Title of the dataset.")
@click.option("--licence", default="", help="Licence of the dataset, as an SPDX identifier.")
@click.option("--contact", default="", help="Whom to ask about it.")
@click.option("--language", "languages", multiple=True, help="Language tag such as en; may be repeated.")
@click.option("--source", "sources", multiple=True, help="Name of a source's folder; may be repeated.")
@json_option
def command(  # noqa: PLR0913 - one argument an option
    *,
    folder: Path,
    name: str | None,
    title: str,
    licence: str,
    contact: str,
    languages: tuple[str, ...],
    sources: tuple[str, ...],
    as_json: bool,
) -> None:
    """Lay out a new dataset repository in DIR: settings, schemas, datasheet, and folders for raw captures.

    Nothing is overwritten: a file that is there already stays as it is.
    """
    from builder.run.scaffold import NewDataset, lay_out  # noqa: PLC0415 - loaded for work only

    short = name or folder.resolve().name.replace(" ", "-")
    laid = lay_out(folder, NewDataset(short, title, licence, contact, languages, sources))
    if as_json:
        print_json({"folder": str(folder), "written": laid.written, "kept": laid.kept})
        return
    out().print(
        Text.assemble(
            ("Laid out ", "bold green"), (f"{folder}", "bold"), f": {number(len(laid.written), 'file')}."
        )
    )
    for kept in laid.kept:
        out().print(styled(f"  kept as it was: {kept}", "dim"))
    raw = f"{folder}/data/raw/{sources[0] if sources else 'my-source'}/"
    steps = (
        (f"put text captures into {raw}", ""),
        (f"cd {folder}", ""),
        ("builder build", "build the tables"),
    )
    out().print(Text("\nNext", "bold"))
    out().print(columns((styled(step, "cyan"), about) for step, about in steps))
