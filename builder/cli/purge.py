"""``builder purge``: a copy of a release loses what was withdrawn after it was cut."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from builder.cli.options import Verb, dataset, json_option
from builder.cli.screen import columns, number, out, print_json, styled

if TYPE_CHECKING:
    from builder.run.releasing.purging import Purge

_EXAMPLES = """
builder purge my-corpus-1.1.0 --with my-corpus-2.0.0/data/withdrawn.parquet
builder purge my-corpus-1.1.0.tar --with withdrawn.parquet --out my-corpus-1.1.0-purged
builder purge 1.1.0 --with 2.0.0 --in-place
"""


@click.command("purge", cls=Verb, epilog=_EXAMPLES)
@click.argument("said", metavar="OLD_RELEASE")
@click.option(
    "--with",
    "withdrawn",
    required=True,
    metavar="TABLE_OR_RELEASE",
    help="The table withdrawn of a later release, or that release.",
)
@click.option(
    "--out", "folder", type=click.Path(path_type=Path), help="A new folder. Default: OLD_RELEASE-purged."
)
@click.option(
    "--in-place", is_flag=True, help="Put the purged release in the place of the old one, which is gone then."
)
@json_option
def command(*, said: str, withdrawn: str, folder: Path | None, in_place: bool, as_json: bool) -> None:
    """Take out of a copy of a release what was withdrawn after it was cut, so that you may go on using it.

    Texts, answers, labels and spans of withdrawn comments and articles are gone, words that quote them are
    overwritten, and comments leave tombstones, so that threads stay whole. Hashes, counts and documents are made
    anew, and the release says of itself "superseded: withdrawal"; "builder verify" accepts it as such. Whoever
    published the old one does this in place, and puts the purged one where the old one was.

    OLD_RELEASE is a folder, a tar, or a version of the dataset at hand. Releases of one key alone name the same
    comment alike: take the table of a release of the same first number.
    """
    from builder.run.releasing.purging import purge  # noqa: PLC0415 - the table libraries are loaded for work only

    release, file = _here(said), _here(withdrawn)
    table = file / "data" / "withdrawn.parquet" if file.is_dir() else file
    if in_place and (folder or release.is_file()):
        raise click.UsageError(
            "--in-place purges a folder where it is: leave out --out, and unpack a tar first."
        )
    to = None if in_place else folder or release.with_name(f"{release.name.removesuffix('.tar')}-purged")
    done = purge(release, table, to)
    if as_json:
        print_json(done.as_json())
    else:
        _print(done)


def _here(said: str) -> Path:
    """What a person named, by path or version, on this machine."""
    from builder.run.releasing.places import release_at  # noqa: PLC0415 - the table libraries are loaded for work only

    place = release_at(dataset(), said)
    if not isinstance(place, Path) or not place.exists():
        raise click.UsageError(f"{said} is not there. Name the folder or tar of a release, or its version.")
    return place


def _print(done: "Purge") -> None:
    units = ", ".join(number(count, kind) for kind, count in done.units.items())
    out().print(Text.assemble(("Purged ", "bold green"), styled(f"version {done.version}: {units}.")))
    changed = (
        (name, f"{had:,}", "to", number(has, "row")) for name, (had, has) in done.rows.items() if had != has
    )
    out().print(columns(changed, right=[1, 3]))
    out().print(styled(f"  {done.folder} holds it, and verifies."), soft_wrap=True)
