"""``builder studio``: a Label Studio of one's own."""

import shlex
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from builder.cli.options import Verb, dataset, json_option
from builder.cli.progress import spinner
from builder.cli.screen import columns, err, harmless, out, print_json, styled
from builder.cli.studio_annotators import annotators

if TYPE_CHECKING:
    from builder.annotate.server.studio.look import Found
    from builder.annotate.server.studio.serve import Up


@click.group("studio")
def command() -> None:
    """Run a Label Studio of your own: on this machine only, with a database of its own for each dataset.

    Push, pull and the rest find it by themselves. A server somewhere else is used instead when LABEL_STUDIO_URL
    and LABEL_STUDIO_API_KEY are set; then only "builder studio annotators" is of use.
    """


@command.command(
    "up",
    cls=Verb,
    short_help="Start the studio; install it first if need be.",
    epilog="builder studio up\nbuilder studio up --port 8080",
)
@click.option("--port", type=click.IntRange(1, 65535), help="Port. Default: the last one, else any free one.")
@click.option("--name", default="", help="Address to log in with, when the studio is made.")
@json_option
def up(*, port: int | None, name: str, as_json: bool) -> None:
    """Start the studio, and install Label Studio first if need be: a few minutes and 1 GB, once.

    It listens on this machine alone and sends nothing to its makers.
    """
    from builder.annotate.server.studio.accounts import addresses  # noqa: PLC0415 - loaded for work only
    from builder.annotate.server.studio.place import claim_studio  # noqa: PLC0415
    from builder.annotate.server.studio.serve import LEAD, start  # noqa: PLC0415

    folder, other = claim_studio(dataset())
    with spinner() as say:
        started = start(folder, say, port, *addresses([name or LEAD]))
    if other:
        _print_other(other, folder)
    if as_json:
        print_json(_described(started))
    else:
        _print_up(started)


@command.command("down", cls=Verb, short_help="End the studio; its data stay.", epilog="builder studio down")
def down() -> None:
    """End the studio; its data stay."""
    from builder.annotate.server.studio.serve import stop  # noqa: PLC0415 - loaded for work only

    ended = stop(_folder())
    out().print(f"Ended {ended.url}." if ended else "The studio was not up.")


@command.command(
    "status",
    cls=Verb,
    short_help="Show whether it is up, where, and what is in it.",
    epilog="builder studio status\nbuilder studio status --json | jq .projects",
)
@json_option
def status(*, as_json: bool) -> None:
    """Show whether the studio is up, where, since when, and what is in it."""
    from builder.annotate.server.studio.look import look  # noqa: PLC0415 - loaded for work only

    found = look(_folder())
    if as_json:
        print_json(asdict(found))
    else:
        out().print(columns(_facts(found)))


@command.command(
    "logs",
    cls=Verb,
    short_help="Show the last that it said.",
    epilog="builder studio logs -n 100\nbuilder studio logs --follow",
)
@click.option("-n", "count", type=click.IntRange(0), default=30, show_default=True, help="How many lines.")
@click.option("--follow", is_flag=True, help="Go on with what is said from now on, until Ctrl+C.")
def logs(*, count: int, follow: bool) -> None:
    """Show the last that the studio said."""
    from builder.annotate.server.studio.state import log_file  # noqa: PLC0415 - loaded for work only
    from builder.core.errors import ServerError  # noqa: PLC0415
    from builder.core.logs import last_lines, new_lines  # noqa: PLC0415

    file = log_file(_folder())
    if not file.exists():
        raise ServerError("The studio has said nothing yet. Start it: builder studio up")
    for line in last_lines(file, count):
        out().print(harmless(line), soft_wrap=True)
    with suppress(KeyboardInterrupt):
        for line in new_lines(file) if follow else ():
            out().print(harmless(line), soft_wrap=True)


@command.command(
    "backup",
    cls=Verb,
    short_help="Put its data into one file, or bring them back.",
    epilog="builder studio backup\nbuilder studio backup --restore FILE",
)
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--restore", "back", is_flag=True, help="Bring FILE back instead; the studio must be down.")
def backup(*, file: Path | None, back: bool) -> None:
    """Put the studio's data into one file, while it runs or not. Whoever has the file has the passwords' hashes.

    Without FILE it goes beside the data of the studio, outside the dataset, under the date.
    """
    from builder.annotate.server.studio.backup import back_up, restore  # noqa: PLC0415 - loaded for work only

    if not back:
        kept = back_up(_folder(), file)
        out().print(f"{kept}", soft_wrap=True)
        err().print(
            "To bring it back: builder studio down, then builder studio backup --restore FILE", style="dim"
        )
    elif file is None:
        raise click.UsageError("Name the backup to bring back: builder studio backup --restore FILE")
    else:
        restore(_folder(), file)
        out().print("Brought back; what was there is kept as data.old. Next: builder studio up")


@command.command(
    "env",
    cls=Verb,
    short_help="Print the address and a token for a shell.",
    epilog='eval "$(builder studio env)"',
)
def env() -> None:
    """Print how to tell a shell where the studio is and how to get in."""
    from builder.annotate.server.address import KEY, URL, own_address  # noqa: PLC0415 - loaded for work only

    own = own_address(dataset())
    out().print(f"export {URL}={shlex.quote(own.url)} {KEY}={shlex.quote(own.token)}", soft_wrap=True)


command.add_command(annotators)


def _folder() -> Path:
    from builder.annotate.server.studio.place import studio_folder  # noqa: PLC0415 - loaded for work only

    return studio_folder(dataset())


def _described(started: "Up") -> dict[str, object]:
    lead, run = started.lead, started.run
    return {"url": run.url, "login": lead.email, "password": lead.password, "already_up": started.already}


def _print_up(started: "Up") -> None:
    lead = started.lead
    said = "was up already" if started.already else "is up"
    out().print(Text.assemble(("Label Studio ", "bold green"), said))
    out().print(
        columns(
            [
                ("open", styled(started.run.url, "bold")),
                ("login", styled(lead.email)),
                ("password", styled(lead.password)),
            ]
        )
    )
    steps = (
        ("builder studio annotators add NAME...", "accounts for those who label"),
        ("builder push --help", "send a round of tasks"),
        ("builder studio down", "when you are done; the data stay"),
    )
    out().print(Text("\nNext", "bold"))
    out().print(columns((styled(step, "cyan"), about) for step, about in steps))


def _print_other(other: Path, own: Path) -> None:
    """Somebody who cloned a dataset anew may look for the labels of the clone before."""
    err().print(
        f"{other} is the studio of a dataset that lay here before; it is left as it is, and this dataset has one of "
        f"its own. To go on with the other: put back its data/private, or give data/private/studio.json its name in "
        f'place of "{own.name}".',
        soft_wrap=True,
    )


def _facts(found: "Found") -> list[tuple[str | Text, str | Text]]:
    state = Text("up", "green") if found.up else Text("down", "yellow")
    facts: list[tuple[str | Text, str | Text]] = [("studio", state), ("version", found.version)]
    if found.up:
        facts += [("open", found.url), ("login", found.email), ("since", found.since)]
        facts += [("trouble", styled(found.trouble, "red"))] if found.trouble else _contents(found)
    size = f"{found.size / 1e6:,.1f} MB in {found.folder}" if found.size else "none yet"
    return [*facts, ("data", size)]


def _contents(found: "Found") -> list[tuple[str | Text, str | Text]]:
    return [("accounts", str(found.members)), ("projects", ", ".join(found.projects) or "none")]
