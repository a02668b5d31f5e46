"""What there is to say about a dataset's own studio: whether it runs, where, since when, what is in it."""

from dataclasses import dataclass, replace
from pathlib import Path

from builder.annotate.server.connection import Address, connect
from builder.annotate.server.studio.accounts import members
from builder.annotate.server.studio.install import version
from builder.annotate.server.studio.state import account, data_folder, running
from builder.core.errors import ServerError
from builder.core.storage import size_of


@dataclass(frozen=True, slots=True)
class Found:
    """A studio, up or down; ``size`` is in bytes, ``projects`` are titles; empty what only a running one tells.

    ``trouble`` is what keeps us from asking a running one.
    """

    up: bool
    url: str
    name: str
    email: str
    version: str
    pid: int | None
    since: str
    folder: str
    size: int
    projects: tuple[str, ...] = ()
    members: int = 0
    trouble: str = ""


def look(folder: Path) -> Found:
    """What there is of the studio in a folder."""
    run, lead = running(folder), account(folder)
    found = Found(
        up=run is not None,
        url=run.url if run else "",
        name=lead.name if lead else "",
        email=lead.email if lead else "",
        version=version(),
        pid=run.pid if run else None,
        since=run.since if run else "",
        folder=str(folder),
        size=size_of(data_folder(folder)),
    )
    try:
        return _asked(found, Address(run.url, lead.token, lead.name)) if run and lead else found
    except ServerError as error:
        return replace(found, trouble=str(error))


def _asked(found: Found, address: Address) -> Found:
    server = connect(address)
    projects = server.get("api/projects/", page_size=1000, include="id,title")
    titles = tuple(project["title"] for project in projects["results"])
    version_there = server.get("api/version")["release"]
    return replace(found, projects=titles, members=len(members(server)), version=version_there)
