"""``builder studio annotators``: accounts for those who label, on the studio or any other server."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click
from rich.text import Text

from builder.cli.options import Verb, dataset, json_option
from builder.cli.screen import columns, err, number, out, print_json, styled

if TYPE_CHECKING:
    from builder.annotate.server.studio.accounts import Added

_ADD = """
builder studio annotators add ana ben chloe
builder studio annotators add ana@university.example
builder studio annotators add --reset ana
"""


@click.group("annotators", short_help="Make and list accounts for those who label.")
def annotators() -> None:
    """Make and list accounts: on the server that the environment names, else on the studio of this dataset.

    Label Studio Community lets every account see and do everything. Give accounts to people you trust.
    """


@annotators.command("add", cls=Verb, epilog=_ADD)
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@click.option("--reset", is_flag=True, help="Give a new password to an account of your own studio.")
@json_option
def add(*, names: tuple[str, ...], reset: bool, as_json: bool) -> None:
    """Make an account for each NAME, and print its password.

    It is printed now, and never again.
    A NAME that is no address becomes one below annotators.example, to log in with; no mail is ever sent.
    """
    from builder.annotate.server.connection import address, connect  # noqa: PLC0415 - loaded for work only
    from builder.annotate.server.studio.accounts import add_annotators  # noqa: PLC0415
    from builder.annotate.server.studio.reset import reset_passwords  # noqa: PLC0415

    where = address(dataset())
    made: list[Added] = []
    try:
        for one in reset_passwords(dataset(), names) if reset else add_annotators(connect(where), names):
            made.append(one)  # noqa: PERF402 - what was made before a failure is told all the same
    finally:
        _tell(made, where.url, as_json=as_json)


@annotators.command("list", cls=Verb, epilog="builder studio annotators list")
@json_option
def show(*, as_json: bool) -> None:
    """List the accounts of the server."""
    from builder.annotate.server.connection import address, connect  # noqa: PLC0415 - loaded for work only
    from builder.annotate.server.studio.accounts import members  # noqa: PLC0415

    known = members(connect(address(dataset())))
    if as_json:
        print_json([{"id": one.number, "login": one.address, "last_seen": one.seen} for one in known])
    else:
        head = [Text(each, "dim") for each in ("id", "login", "last seen (UTC)")]
        rows = ((str(one.number), styled(one.address), styled(_minute(one.seen), "dim")) for one in known)
        out().print(columns([head, *rows]))


def _minute(instant: str) -> str:
    """An instant as Label Studio writes it, to the minute."""
    return instant[:16].replace("T", " ") or "never"


def _tell(made: Iterable["Added"], url: str, *, as_json: bool) -> None:
    """Say who has an account; each password is on this screen and nowhere else."""
    listed = list(made)
    if as_json:
        print_json([{"login": one.address, "password": one.password, "url": url} for one in listed])
        return
    there = Text("had an account already; its password stays as it was", "dim")
    head = [Text(each, "dim") for each in ("login", "password")]
    rows = [[styled(one.address), styled(one.password, "bold") if one.password else there] for one in listed]
    out().print(columns([head, *rows] if rows else rows))
    new = sum(one.password is not None for one in listed)
    if new:
        hint = (
            f"{number(new, 'password')}, shown only now. Next: hand on login, password and the link that builder push "
            f"prints (the server is {url})."
        )
        err().print(styled(hint, "dim"), soft_wrap=True)
