"""``builder purge``: a copy of a release loses what was withdrawn after it was cut."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from builder.cli.options import Verb, json_option
from builder.cli.screen import columns, number, out, print_json, styled

if TYPE_CHECKING:
    from builder.run.releasing.purging import Purge

_EXAMPLES = """
builder purge my-corpus-1.1.0 --with my-corpus-2.0.0/data/withdrawn.parquet
builder purge my-corpus-1.1.0.tar --with withdrawn.parquet --out my-corpus-1.1.0-purged
builder purge releases/my-corpus-1.1.0 --with releases/my-corpus-2.0.0/data/withdrawn.parquet --in-place
"""


@click.command("purge", cls=Verb, epilog=_EXAMPLES)
@click.argument("release", metavar="OLD_RELEASE", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--with",
    "withdrawn",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="The table withdrawn of a later release.",
)
@click.option(
    "--out", "folder", type=click.Path(path_type=Path), help="A new folder. Default: OLD_RELEASE-purged."
)
@click.option(
    "--in-place", is_flag=True, help="Put the purged release in the place of the old one, which is gone then."
)
@json_option
def command(*, release: Path, withdrawn: Path, folder: Path | None, in_place: bool, as_json: bool) -> None:
    """Take out of a copy of a release what was withdrawn after it was cut, so that you may go on using it.

    Texts, answers, labels and spans of withdrawn comments and articles are gone, words that quote them are
    overwritten, and comments leave tombstones, so that threads stay whole. Hashes, counts and documents are made
    anew, and the release says of itself "superseded: withdrawal"; "builder verify" accepts it as such. Whoever
    published the old one does this in place, and puts the purged one where the old one was.

    Releases of one key alone name the same comment alike: take the table of a release of the same first number.
    """
    from builder.run.releasing.purging import purge  # noqa: PLC0415 - the table libraries are loaded for work only

    if in_place and (folder or release.is_file()):
        raise click.UsageError(
            "--in-place purges a folder where it is: leave out --out, and unpack a tar first."
        )
    to = None if in_place else folder or release.with_name(f"{release.name.removesuffix('.tar')}-purged")
    done = purge(release, withdrawn, to)
    if as_json:
        print_json(done.as_json())
    else:
        _print(done)


def _print(done: "Purge") -> None:
    units = ", ".join(number(count, kind) for kind, count in done.units.items())
    out().print(Text.assemble(("Purged ", "bold green"), styled(f"version {done.version}: {units}.")))
    changed = (
        (name, f"{had:,}", "to", number(has, "row")) for name, (had, has) in done.rows.items() if had != has
    )
    out().print(columns(changed, right=[1, 3]))
    out().print(styled(f"  {done.folder} holds it, and verifies."), soft_wrap=True)
