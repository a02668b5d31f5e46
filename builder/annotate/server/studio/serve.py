"""A dataset's own studio is started, found healthy, and ended."""

import secrets
import socket
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from builder.annotate.server.studio.backup import back_up
from builder.annotate.server.studio.health import wait_until_healthy
from builder.annotate.server.studio.install import (
    DATABASE,
    Say,
    environment,
    install,
    new_database,
    program,
    version,
)
from builder.annotate.server.studio.passwords import new_password
from builder.annotate.server.studio.state import (
    HOST,
    Account,
    Run,
    account,
    data_folder,
    forget_run,
    log_file,
    running,
    write_account,
    write_run,
)
from builder.core.errors import Busy, Refused, ServerError
from builder.core.lock import locked
from builder.core.private import private_folder
from builder.core.processes import born, detach, end
from builder.core.storage import set_aside

LEAD = "lead@annotators.example"
_PATIENCE = 600.0
_TRIES = 3
_LINGERS = 3.0  # seconds


@dataclass(frozen=True, slots=True)
class Up:
    """A studio that runs: who leads it, its process, and whether it had been running before."""

    lead: Account
    run: Run
    already: bool


def start(folder: Path, say: Say, port: int | None = None, email: str = LEAD) -> Up:
    """See to it that the studio in a folder runs, and answers; ``email`` is for a lead who has no account yet.

    Raises ``ServerError`` where it cannot, ``Busy`` where somebody else has been starting it for long.
    """
    private_folder(folder)
    with locked(folder / "studio", _PATIENCE):
        run = running(folder)
        lead = account(folder)
        if run and lead:
            if port not in {None, run.port}:
                raise ServerError(f"The studio is up at port {run.port}. To move it: builder studio down")
            wait_until_healthy(folder, lead, run)
            return Up(lead, run, already=True)
        install(say)
        lead = lead or _new_account(email)
        if lead.version != version():
            say(f"Backing up what Label Studio {lead.version} kept, before {version()} changes it")
            back_up(folder)
        new_database(data_folder(folder) / DATABASE, say)
        say(f"Starting Label Studio {version()}")
        return _started(folder, lead, port)


def stop(folder: Path) -> Run | None:
    """End the studio in a folder, and nothing but it; the process that was ended, none where it did not run."""
    run = running(folder)
    if run is not None:
        end(run.pid, run.birth)
        if born(run.pid) == run.birth:
            raise ServerError(f"Process {run.pid} does not end. End it yourself: kill -9 {run.pid}")
        _released(run.port)  # Whoever wants the port next is not to find the last of this one still there.
    forget_run(folder)
    return run


def _new_account(email: str) -> Account:
    name = f"studio-{secrets.token_hex(4)}"
    return Account(name, email, new_password(), secrets.token_hex(20), 0, version())


def _started(folder: Path, lead: Account, port: int | None) -> Up:
    for tried in range(1, _TRIES + 1):
        chosen = _free_port(port, lead.port)
        known = replace(lead, port=chosen, version=version())
        write_account(folder, known)
        run = _launch(folder, known)
        try:
            wait_until_healthy(folder, known, run)
        except Busy as error:
            stop(folder)
            if port or tried == _TRIES:
                raise ServerError(str(error)) from error
        except Refused:
            # It runs, but its token opens nothing (any more): the switch for that is on the server.
            raise
        except BaseException:
            stop(folder)
            raise
        else:
            return Up(known, run, already=False)
    raise AssertionError("unreachable")


def _launch(folder: Path, lead: Account) -> Run:
    settings = environment(
        data_folder(folder),
        LABEL_STUDIO_USERNAME=lead.email,
        LABEL_STUDIO_PASSWORD=lead.password,
        LABEL_STUDIO_USER_TOKEN=lead.token,
        LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN="true",  # noqa: S106 - a switch
        LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK="true",
    )
    words = program("start", "--no-browser", "--port", str(lead.port), "--internal-host", HOST)
    set_aside(log_file(folder))
    pid = detach(words, settings, log_file(folder))
    run = Run(pid, born(pid), lead.port, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    write_run(folder, run)
    return run


def _free_port(wanted: int | None, last: int) -> int:
    """The port that is asked for, else the last one if it is free, else any that is."""
    if wanted:
        if not _is_free(wanted):
            raise ServerError(f"Port {wanted} is taken. Choose another, or leave --port out.")
        return wanted
    if last and _is_free(last):
        return last
    with socket.socket() as any_port:
        any_port.bind((HOST, 0))
        return int(any_port.getsockname()[1])


def _is_free(port: int) -> bool:
    return _released(port)


def _released(port: int) -> bool:
    """Whether a port can be had; a process that was killed keeps its port for a moment longer than its life."""
    due = time.monotonic() + _LINGERS
    while not (free := _can_be_bound(port)) and time.monotonic() < due:
        time.sleep(0.1)
    return free


def _can_be_bound(port: int) -> bool:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((HOST, port))
        except OSError:
            return False
    return True
