"""``builder key``: the key that pseudonyms in releases are made with."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from builder.cli.options import Verb, dataset, json_option
from builder.cli.screen import columns, out, print_json, styled

if TYPE_CHECKING:
    from builder.run.releasing.keys import Key

_NEW = """
builder key new
builder key new --file ../keys/my-threads.json
"""
_ROTATE = """
builder key rotate
"""
_SHOW = """
builder key show
builder key show --json | jq -r .key_id
"""
_file_option = click.option(
    "--file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The key's file, outside the dataset. Default: key in [tool.builder], or one in your data folder.",
)


@click.group("key", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Make, change and show the key that pseudonyms in releases are made with.

    Every release of one major version needs the same key: with it the same commenter has the same pseudonym.
    It never lies in the dataset's folder, and only you may read it. Keep a copy in a safe place.

    If it is lost, nothing that was published breaks, but the same people get other pseudonyms from then on:
    the next release is a major one, its rows cannot be compared with older ones by their ids, and a released id
    does not lead to its comment any more, so that a wish for withdrawal has to name the person or the text.
    If it is stolen, the thief can find out who is behind a pseudonym by trying names: rotate it.
    """


@command.command("new", cls=Verb, epilog=_NEW)
@_file_option
@json_option
def new(*, file: Path | None, as_json: bool) -> None:
    """Make the first key of this dataset."""
    from builder.run.releasing.keys import new_key  # noqa: PLC0415 - loaded for work only

    key = new_key(dataset(), file)
    if as_json:
        print_json(_values(key))
        return
    out().print(Text.assemble(("Made ", "bold green"), (f"the key {key.key_id}", "bold"), "."))
    out().print(columns([("file", str(key.file))]))
    out().print(
        "Copy it to a safe place now: there is no other way back to the people behind the pseudonyms."
    )


@command.command("rotate", cls=Verb, epilog=_ROTATE)
@_file_option
@json_option
def rotate(*, file: Path | None, as_json: bool) -> None:
    """Make a new key, and keep the old one beside it.

    The name of the old one has its date.

    All pseudonyms and ids of comments change with it, so the next release has to be a major one.
    """
    from builder.run.releasing.keys import rotate_key  # noqa: PLC0415 - loaded for work only

    key, kept = rotate_key(dataset(), file)
    if as_json:
        print_json({**_values(key), "kept": str(kept)})
        return
    out().print(Text.assemble(("Made ", "bold green"), (f"the key {key.key_id}", "bold"), "."))
    out().print(columns([("file", str(key.file)), ("old key", str(kept))]))
    out().print(styled("All pseudonyms change with it: the next release has to be a major one.", "yellow"))


@command.command("show", cls=Verb, epilog=_SHOW)
@_file_option
@json_option
def show(*, file: Path | None, as_json: bool) -> None:
    """Show the key's id, age and file; never the key itself. Exit code 2 where there is none."""
    from builder.run.releasing.keys import older_keys, read_key  # noqa: PLC0415 - loaded for work only

    key = read_key(dataset(), file)
    older = older_keys(key)
    if as_json:
        print_json({**_values(key), "older": [str(one) for one in older]})
        return
    rows = [("key id", key.key_id), ("made on", key.made_on), ("file", str(key.file))]
    out().print(columns([*rows, *(("older key", str(one)) for one in older)]))


def _values(key: "Key") -> dict[str, Any]:
    return {"key_id": key.key_id, "made_on": key.made_on, "file": str(key.file)}
