"""One real Label Studio for the whole test run, started as a user starts it."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from builder.annotate.server.connection import KEY, URL, Address, Server, connect
from builder.annotate.server.studio.accounts import add_annotators, legacy_token
from builder.annotate.server.studio.serve import Up, start, stop
from builder.core.processes import born


@dataclass(frozen=True)
class Annotator:
    """Somebody who labels: the address and password to log in with, and a token to act with."""

    address: str
    password: str = field(repr=False)
    token: str = field(repr=False)


@dataclass
class Studio:
    """A running server; ``folder`` holds its data."""

    folder: Path
    up: Up
    _people: dict[str, Annotator] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where it is; "/" at its end."""
        return self.up.run.url

    @property
    def token(self) -> str:
        """The lead's legacy token."""
        return self.up.lead.token

    @property
    def address(self) -> Address:
        """Where it is and how to get in, as the lead."""
        return Address(self.url, self.token, self.up.lead.name)

    @property
    def environ(self) -> dict[str, str]:
        """What the environment must say for a command to find it."""
        return {URL: self.url, KEY: self.token}

    def server(self, annotator: Annotator | None = None) -> Server:
        """A connection, as the lead or as an annotator."""
        as_whom = annotator.token if annotator else self.token
        return connect(Address(self.url, as_whom, self.up.lead.name))

    def annotator(self, name: str) -> Annotator:
        """The account of that name, made if there is none."""
        if name not in self._people:
            (added,) = add_annotators(self.server(), [name])
            assert added.password, f"{name} has an account that the tests did not make"
            token = legacy_token(self.url, added.address, added.password)
            self._people[name] = Annotator(added.address, added.password, token)
        return self._people[name]

    def kill(self) -> None:
        """End it as a failure of the machine does."""
        run = self.up.run
        os.kill(run.pid, signal.SIGKILL)
        while born(run.pid) == run.birth:
            time.sleep(0.02)

    def start(self) -> None:
        """Start it again at the same port."""
        self.up = start(self.folder, print, port=self.up.run.port)


@contextmanager
def running_studio(folder: Path) -> Iterator[Studio]:
    """A server with its data in a folder that is there already; stopped at the end."""
    try:
        yield Studio(folder, start(folder, print))
    finally:
        stop(folder)


def personal_token(url: str, annotator: Annotator) -> str:
    """A personal access token of somebody, made as a browser makes it; each person can have one."""
    with httpx.Client(base_url=url, trust_env=False) as browser:
        page = browser.get("user/login/")
        mark = page.text.partition('csrfmiddlewaretoken" value="')[2].partition('"')[0]
        filled = {"csrfmiddlewaretoken": mark, "email": annotator.address, "password": annotator.password}
        assert browser.post("user/login/", data=filled).status_code == 302
        made = browser.post("api/token/", headers={"X-CSRFToken": browser.cookies["csrftoken"]})
        return str(made.json()["token"])
