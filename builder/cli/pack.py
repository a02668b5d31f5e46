"""``builder pack``: many small captures in a few large files."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from builder.cli.options import PLACE, Verb, dataset, json_option, largest_option
from builder.cli.progress import progress_bar
from builder.cli.screen import columns, number, out, print_json, size, styled
from builder.core.places import Place

if TYPE_CHECKING:
    from builder.core.issues import Issue
    from builder.run.corpus.packing import Packed

_EXAMPLES = """
builder pack data/raw ../packed
builder pack data/raw ../packed --format tar --shard-size 1000000000
builder pack s3://corpora.example/raw ../packed
builder pack data/raw ../packed --json | jq .after
builder build --raw ../packed --out ../packed-tables
"""
_SHOWN = 10


@click.command("pack", cls=Verb, epilog=_EXAMPLES)
@click.argument("raw", type=PLACE)
@click.argument("packed", metavar="OUT", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--format",
    "kind",
    type=click.Choice(["parquet", "jsonl.zst", "tar"]),
    default="parquet",
    show_default=True,
    help="What kind of files to write.",
)
@click.option(
    "--shard-size",
    type=click.IntRange(min=1),
    default=256_000_000,
    show_default=True,
    help="Bytes of captures in one file.",
)
@largest_option
@json_option
def command(
    *, raw: Place, packed: Path, kind: str, shard_size: int, largest: int | None, as_json: bool
) -> None:
    """Pack the captures below RAW, with their side files, into a few large files in the new folder OUT.

    A build takes these files in the place of RAW, and makes the same rows with the same ids: each capture keeps
    its name, only articles.capture says in which file it is. Every capture is read again from the packed files
    before they are put in place. RAW stays as it is.

    Exit code 1 if something could not be packed.
    """
    from builder.run.corpus.packing import Packing, pack  # noqa: PLC0415 - the table libraries are loaded for work only

    order = Packing(raw, packed, kind, shard_size, largest or dataset().max_capture_bytes)
    with progress_bar("Packing", wanted=not as_json) as tell:
        done = pack(order, tell and (lambda so_far, of: tell(so_far, of, size(so_far))))
    if as_json:
        print_json(done.as_json())
    else:
        _print(done)
    raise click.exceptions.Exit(1 if done.issues else 0)


def _print(done: "Packed") -> None:
    out().print(
        Text.assemble(
            ("Packed ", "bold green"), f"{number(done.captures, 'capture')} from {done.raw} into {done.out}."
        )
    )
    out().print(columns(_gain(done), right=[1, 2, 3]))
    if done.ignored:
        were = "was" if done.ignored == 1 else "were"
        out().print(styled(f"{number(done.ignored, 'other file')} in {done.raw} {were} not packed.", "dim"))
    if done.issues:
        out().print(styled(f"{number(len(done.issues), 'issue')} in {done.raw}:", "bold red"))
        out().print(columns(_told(done.issues), indent=4))
    out().print(styled(f"Build from them: builder build --raw {done.out}", "cyan"))


def _gain(done: "Packed") -> Iterator[tuple[str, ...]]:
    yield "", "before", "after", ""
    old, new = done.before, done.after
    yield "files", f"{old.files:,}", f"{new.files:,}", f"{new.files / old.files:.4f}"
    yield "bytes", size(old.bytes), size(new.bytes), f"{new.bytes / max(old.bytes, 1):.2f}"
    yield "seconds to read all", f"{old.seconds:.2f}", f"{new.seconds:.2f}", ""


def _told(issues: "tuple[Issue, ...]") -> Iterator[tuple[str, str]]:
    yield from ((one.capture, one.message) for one in issues[:_SHOWN])
    if len(issues) > _SHOWN:
        yield "and", f"{len(issues) - _SHOWN:,} more"
