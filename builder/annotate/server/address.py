"""Where a Label Studio is and how to get in: named by the environment, or the dataset's own studio."""

import os
import re
from dataclasses import dataclass, field, replace

import httpx

from builder.annotate.server.studio.place import studio_folder
from builder.annotate.server.studio.state import account, running
from builder.core.errors import ServerError
from builder.core.settings import Settings

URL = "LABEL_STUDIO_URL"
KEY = "LABEL_STUDIO_API_KEY"
_PATIENCE = httpx.Timeout(600.0, connect=10.0)
"""Seconds: imports and exports of a large project are answered when they are done, not before."""
_TOKEN = re.compile(r"[A-Za-z0-9._-]+")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is and how to get in.

    ``url`` ends in "/"; ``token`` is a legacy token or a personal access token; ``name`` names the server in
    keys for as long as its data lives: for a local studio a name kept with its data, since its port may change,
    else host, port and path of the url.
    """

    url: str
    token: str = field(repr=False)
    name: str


def address(settings: Settings) -> Address:
    """The server that the environment names, else the running studio of this dataset.

    Raises ``ServerError`` where there is neither, or the environment names only half of one.
    """
    url, token = os.environ.get(URL, "").strip(), os.environ.get(KEY, "").strip()
    if not url and not token:
        return own_address(settings)
    given, own = given_address(url, token), _own(settings)
    # Named from outside or not, it is the same server, and keys must not tell the two apart.
    return replace(given, name=own.name) if own and own.url == given.url else given


def own_address(settings: Settings) -> Address:
    """The running studio of this dataset; ``ServerError`` where it is not up."""
    own = _own(settings)
    if own is None:
        raise ServerError(
            "There is no Label Studio to talk to. Start one of your own: builder studio up. "
            f"Or name one: set {URL} and {KEY}."
        )
    return own


def _own(settings: Settings) -> Address | None:
    folder = studio_folder(settings)
    run, lead = running(folder), account(folder)
    return None if run is None or lead is None else Address(run.url, lead.token, lead.name)


def given_address(url: str, token: str) -> Address:
    """The address of a server from its url and a token of it; ``ServerError`` where they cannot be any."""
    if not url:
        raise ServerError(f"{KEY} is set but {URL} is not. Set both, or neither.")
    if not token:
        raise ServerError(f"{URL} is set but {KEY} is not, or is empty. Set it to a token of {_bare(url)}.")
    if not _TOKEN.fullmatch(token):
        raise ServerError(f"{KEY} holds characters that no token has. Copy the token alone, without quotes.")
    clean = _bare(url)
    parsed = httpx.URL(clean)
    return Address(clean, token, parsed.netloc.decode() + parsed.path.rstrip("/"))


class _Client(httpx.Client):
    """A client that closes its connections when nobody holds it any more."""

    def __del__(self) -> None:
        self.close()


def http_client(url: str) -> httpx.Client:
    """A client for a server: patient, never led elsewhere, and past any proxy to this machine itself.

    Without TLS each request has a connection of its own, and no certificates are loaded. Label Studio's own server
    sends an answer in two pieces, and on a connection that is kept the second waits 40 ms for word of the first.
    """
    where = httpx.URL(url)
    secure, near = where.scheme == "https", where.host in _LOOPBACK
    kept = httpx.Limits(max_keepalive_connections=20 if secure else 0)
    return _Client(timeout=_PATIENCE, follow_redirects=False, trust_env=not near, verify=secure, limits=kept)


def _bare(url: str) -> str:
    """A url as clients need it: no query, no name and password in it, "/" at its end."""
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise ServerError(f"{URL} is no address: {error}.") from error
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise ServerError(f"{URL} must begin with http:// or https:// and name a host.")
    if parsed.userinfo:
        raise ServerError(f"{URL} must hold no user name and no password; the token goes into {KEY}.")
    return str(parsed.copy_with(query=None, fragment=None, path=parsed.path.rstrip("/") + "/"))
