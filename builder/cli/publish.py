"""``builder publish``: a release is copied to where others find it."""

from typing import TYPE_CHECKING

import click
from rich.text import Text

from builder.cli.options import Verb, dataset, json_option
from builder.cli.progress import progress_bar
from builder.cli.pushed import resumable
from builder.cli.screen import columns, number, out, print_json, styled

if TYPE_CHECKING:
    from builder.run.releasing.publishing import Parcel, Published

_EXAMPLES = """
builder publish releases/my-corpus-1.2.0 --to ../published/my-corpus-1.2.0 --dry-run
builder publish 1.2.0 --to s3://corpora.example/my-corpus-1.2.0
builder publish releases/my-corpus-1.2.0 --to hf://datasets/me/my-corpus
"""


@click.command("publish", cls=Verb, epilog=_EXAMPLES)
@click.argument("release", metavar="RELEASE")
@click.option("--to", "url", metavar="URL", required=True, help="The place for this version alone.")
@click.option("--dry-run", is_flag=True, help="List what would go, change nothing.")
@json_option
def command(*, release: str, url: str, dry_run: bool, as_json: bool) -> None:
    """Copy a release to any place that fsspec reaches, or to the Hugging Face Hub.

    RELEASE is a folder, a URL, or a version of the dataset at hand, which means the one for research if there is one.
    The release is verified first, each file is read back and hashed after, and SHA256SUMS goes last, so that a
    half copy never looks whole. Broken off, the same command goes on: what is there with its hash is not sent
    again. Another release at that place is never overwritten. The tier private never leaves.

    A store finds its credentials as its own tools do (AWS_* and the like; newsthreads[s3]). hf:// needs
    newsthreads[hub] and a token; the repository is made private, its files become this version in one commit
    with a tag. The tests reach folders, memory and a server that speaks S3, but never the real Hub: have a look
    at what --dry-run lists, and at the repository before you make it public.
    """
    from builder.run.releasing.afar import release_at_hand  # noqa: PLC0415 - loaded for work only
    from builder.run.releasing.places import release_at  # noqa: PLC0415 - loaded for work only
    from builder.run.releasing.publishing import parcel, publish  # noqa: PLC0415 - loaded for work only

    settings = dataset()
    with release_at_hand(release_at(settings, release), settings.scratch_dir) as folder:
        what = parcel(folder)
        with resumable(), progress_bar("Publishing", wanted=not as_json) as tell:
            done = publish(what, url, tell, dry=dry_run)
    if as_json:
        print_json({**done.as_json(), "dry_run": dry_run})
    else:
        _print(done, what, dry=dry_run)


def _print(done: "Published", what: "Parcel", *, dry: bool) -> None:
    said = f"{done.name} {done.version} to {done.url}: {number(len(done.sent), 'file')}, {number(done.bytes, 'byte')}"
    there = f"; {number(done.there, 'file')} there already, with the same hashes" if done.there else ""
    head = "Would copy " if dry else "Published "
    out().print(Text.assemble((head, "bold green"), styled(f"{said}{there}.")), soft_wrap=True)
    if dry:
        out().print(columns(((path, number(what.sizes[path], "byte")) for path in done.sent), right=[1]))
    elif done.sent:
        out().print(styled("  Every file was read back from there and has the hash that it has here."))
