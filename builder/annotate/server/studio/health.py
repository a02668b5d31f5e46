"""Whether a studio that was started answers: itself, at the port that it was given."""

import time
from pathlib import Path

import httpx

from builder.annotate.server.address import http_client
from builder.annotate.server.connection import spoken
from builder.annotate.server.refusals import refusal
from builder.annotate.server.studio.state import Account, Run, log_file
from builder.core.errors import Busy, ServerError
from builder.core.logs import last_lines
from builder.core.processes import born

_PATIENCE = 600.0
# The server's words when its port was taken in the meantime: it takes the next one without asking.
_MOVED = "Trying to start at"


def wait_until_healthy(folder: Path, lead: Account, run: Run) -> None:
    """Wait until our own process answers, and lets its lead in.

    Raises ``ServerError`` where it ends or does not get ready, ``Busy`` where somebody else has the port,
    ``Refused`` where it runs but the lead's token opens nothing (any more).
    """
    due = time.monotonic() + _PATIENCE
    while not _healthy(run):
        if born(run.pid) != run.birth:
            raise ServerError("Label Studio ended while it was starting.\n" + _last_words(folder))
        if time.monotonic() > due:
            raise ServerError("Label Studio does not get ready.\n" + _last_words(folder))
        _keep_port(folder, run)
        time.sleep(0.2)
    _keep_port(folder, run)
    _enter(lead, run)


def _healthy(run: Run) -> bool:
    """Whether the port answers well; ``Busy`` where it answers as Label Studio never does."""
    try:
        answer = httpx.get(f"{run.url}health", timeout=5, trust_env=False)
    except httpx.HTTPError:
        return False
    if not answer.is_success:
        raise Busy(_elsewhere(run))
    return True


def _keep_port(folder: Path, run: Run) -> None:
    """See to it that the server has the port that it was given; ``Busy`` where it has taken another."""
    if any(_MOVED in line for line in last_lines(log_file(folder), 1000)):
        raise Busy(_elsewhere(run))


def _enter(lead: Account, run: Run) -> None:
    """Try the way in."""
    with http_client(run.url) as client, spoken(run.url):
        way_in = {"Authorization": f"Token {lead.token}"}
        answer = client.get(f"{run.url}api/current-user/whoami", headers=way_in)
    if not answer.is_success:
        raise refusal(answer.status_code, answer.text, run.url)


def _elsewhere(run: Run) -> str:
    return f"Something else answers at port {run.port}. Choose another: builder studio up --port N"


def _last_words(folder: Path) -> str:
    return "\n".join(last_lines(log_file(folder), 12)) + "\nMore of it: builder studio logs"
