"""The connection to a Label Studio: where it is, how to get in, what is asked of it and what went wrong."""

import json
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any

import httpx
from label_studio_sdk import LabelStudio
from label_studio_sdk.core.api_error import ApiError

from builder.annotate.refusals import explained, no_label_studio, refusal
from builder.annotate.studio.state import account, running, studio_folder
from builder.core.errors import ServerError
from builder.core.settings import Settings

URL = "LABEL_STUDIO_URL"
KEY = "LABEL_STUDIO_API_KEY"
PATIENCE = httpx.Timeout(600.0, connect=10.0)
"""Seconds: imports and exports of a large project are answered when they are done, not before."""
_TRIES = 3
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


@dataclass(frozen=True)
class Server:
    """A server that answered. What is asked through ``sdk`` goes into a ``spoken`` block; the rest is spoken.

    Nothing that changes something is ever sent twice by itself.
    """

    name: str
    url: str
    sdk: LabelStudio = field(repr=False)

    def get(self, path: str, **params: Any) -> Any:  # noqa: ANN401 - whatever the server says
        """The JSON below a path."""
        return self._json("GET", path, params)

    def get_bytes(self, path: str, **params: Any) -> bytes:  # noqa: ANN401 - as get
        """What is below a path, as it was sent: for exports."""
        return self._answer("GET", path, params).content

    def post(self, path: str, json: Any = None, **params: Any) -> Any:  # noqa: ANN401 - as get
        """Send JSON to a path; the JSON that is answered, or nothing."""
        return self._json("POST", path, params, json)

    def patch(self, path: str, json: Any, **params: Any) -> Any:  # noqa: ANN401 - as get
        """Change what is at a path."""
        return self._json("PATCH", path, params, json)

    def delete(self, path: str, **params: Any) -> Any:  # noqa: ANN401 - as get
        """Remove what is at a path."""
        return self._json("DELETE", path, params)

    def _json(self, method: str, path: str, params: dict[str, Any], body: Any = None) -> Any:  # noqa: ANN401
        answer = self._answer(method, path, params, body)
        with spoken(self):
            return answer.json() if answer.content else None

    def _answer(self, method: str, path: str, params: dict[str, Any], body: Any = None) -> httpx.Response:  # noqa: ANN401
        with spoken(self):
            answer = self._sent(method, path, params, body)
        if not answer.is_success:
            raise refusal(answer.status_code, _body(answer), self.url, answer.headers)
        return answer

    def _sent(self, method: str, path: str, params: dict[str, Any], body: Any) -> httpx.Response:  # noqa: ANN401
        # The one door of the SDK that takes any path: with its token, renewed in time, and its address.
        ask = self.sdk._client_wrapper.httpx_client.request  # noqa: SLF001
        for tried in range(1, _TRIES + 1):
            try:
                return ask(path, method=method, params=params, json=body)
            except httpx.TimeoutException:
                raise
            except httpx.TransportError:
                if method != "GET" or tried == _TRIES:
                    raise
                time.sleep(tried)
        raise AssertionError("unreachable")


@contextmanager
def spoken(server: Server | Address | str) -> Iterator[None]:
    """Inside, every error of the SDK or of the connection becomes a ``ServerError`` that says what to do.

    ``Refused`` where the server said no, ``Unanswered`` where it may have done what was asked all the same.
    """
    url = server if isinstance(server, str) else server.url
    try:
        yield
    except (ApiError, httpx.HTTPError, httpx.InvalidURL, json.JSONDecodeError) as error:
        raise explained(error, url) from error


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


def connect(address: Address) -> Server:
    """The server at an address; it has answered, and has let us in.

    Raises ``ServerError``: nobody is there, something else is there, the token does not open it.
    """
    client = http_client(address.url)
    with spoken(address):
        sdk = LabelStudio(  # type: ignore[no-untyped-call] # untyped in the SDK
            base_url=address.url, api_key=address.token, httpx_client=client, max_retries=0
        )
    server = Server(address.name, address.url, sdk)
    with spoken(address):
        first = client.get(f"{address.url}api/version")
    if first.status_code == HTTPStatus.OK and not first.text.startswith("{"):
        raise no_label_studio(address.url, "it answered with a page")
    if not first.is_success:
        raise refusal(first.status_code, _body(first), address.url, first.headers)
    server.get("api/current-user/whoami")
    return server


def http_client(url: str) -> httpx.Client:
    """A client for a server: patient, never led elsewhere, and past any proxy to this machine itself."""
    near = httpx.URL(url).host in _LOOPBACK
    return httpx.Client(timeout=PATIENCE, follow_redirects=False, trust_env=not near)


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


def _body(answer: httpx.Response) -> object:
    try:
        return answer.json()
    except ValueError:
        return answer.text
