"""``builder verify``: whether a release is what it says it is."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click
from rich.text import Text

from builder.cli.options import PLACE, Verb, dataset, json_option
from builder.cli.progress import progress_bar
from builder.cli.screen import columns, near, number, out, print_json, styled
from builder.core import plural
from builder.core.places import Place

if TYPE_CHECKING:
    from builder.contracts.faults import Fault
    from builder.run.releasing.verifying import Checked

_EXAMPLES = """
builder verify releases/my-dataset-1.2.0
builder verify my-dataset-1.2.0.tar --previous my-dataset-1.1.0.tar
builder verify s3://corpora.example/releases/my-dataset-1.2.0
builder verify 1.2.0 --json | jq .faults
"""


@click.command("verify", cls=Verb, epilog=_EXAMPLES)
@click.argument("release", metavar="DIR_OR_TAR")
@click.option(
    "--previous",
    type=PLACE,
    help="The release before it, folder, tar or URL. Default: where it stands beside it.",
)
@click.option("-v", "--verbose", is_flag=True, help="Say how long each stage took.")
@json_option
def command(*, release: str, previous: Place | None, verbose: bool, as_json: bool) -> None:
    """Verify a release from its files alone: no dataset, no network (unless it is at a URL), nothing unpacked.

    Held against each other: sums, hashes of rows, schemas, keys, references, texts with their hashes and spans, splits,
    counts, all documents (made again from the facts in stats.json), and the version with the release before it.
    So damage is found as well when SHA256SUMS and manifest.json were made anew after it. DIR_OR_TAR may be a URL, or a
    version, which means the release of the dataset at hand.

    Exit code 1 if there is any fault.
    """
    from builder.core.lean import leave_pandas_out  # noqa: PLC0415 - the table libraries are loaded for work only
    from builder.run.releasing.places import release_at  # noqa: PLC0415
    from builder.run.releasing.verifying import verify_release  # noqa: PLC0415

    leave_pandas_out()
    with progress_bar("Verifying", wanted=not as_json) as tell:
        found = verify_release(release_at(dataset(), release), previous, tell)
    if as_json:
        print_json(found.as_json())
    else:
        _print(found, verbose=verbose)
    raise click.exceptions.Exit(1 if found.faults else 0)


def _print(found: "Checked", *, verbose: bool) -> None:
    for fault in found.faults:
        out().print(styled(f"{fault.place}: {fault.check}, {number(fault.count, 'time')}", "bold red"))
        out().print(columns(_details(fault), indent=4))
    name = " ".join(str(found.release.get(part, "")) for part in ("name", "version")).strip() or "the release"
    rows = ", ".join(plural.rows(count, table) for table, count in found.rows.items() if count)
    if found.faults:
        out().print()
        said = f"{number(len(found.faults), 'fault')} in {name} at {near(found.place)}."
        out().print(styled(f"{said} Fetch it again from where it was published.", "bold"))
    else:
        out().print(Text.assemble(("All well ", "bold green"), f"in {name} at {near(found.place)}: {rows}."))
    if found.previous is not None:
        out().print(styled(f"Held against {near(found.previous)}, the release before it.", "dim"))
    elif found.follows:
        said = f"It follows {found.follows}, which is not here, so the step to it was not looked at: --previous DIR"
        out().print(styled(said, "yellow"))
    if verbose:
        out().print(columns(((f"{took:.2f} s", stage) for stage, took in found.seconds.items()), right=[0]))


def _details(fault: "Fault") -> Iterator[tuple[str, str]]:
    for example in fault.examples:
        yield "for example", str(example)
