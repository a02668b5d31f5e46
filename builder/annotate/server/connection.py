"""The connection to a Label Studio: what is asked of it, and what went wrong in plain words."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from weakref import finalize

import httpx
import msgspec
from label_studio_sdk.core.api_error import ApiError
from label_studio_sdk.core.client_wrapper import SyncClientWrapper

from builder.annotate.server.address import (
    KEY,
    URL,
    Address,
    address,
    given_address,
    http_client,
    own_address,
)
from builder.annotate.server.refusals import explained, no_label_studio, refusal

if TYPE_CHECKING:
    from label_studio_sdk import LabelStudio

__all__ = [
    "KEY",
    "URL",
    "Address",
    "Server",
    "address",
    "connect",
    "given_address",
    "http_client",
    "own_address",
    "spoken",
]

_TRIES = 3
_JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Server:
    """A server that answered. What is asked through ``sdk`` goes into a ``spoken`` block; the rest is spoken.

    Nothing that changes something is ever sent twice by itself.
    """

    name: str
    url: str
    token: str = field(repr=False)
    door: SyncClientWrapper = field(repr=False)

    @cached_property
    def sdk(self) -> "LabelStudio":
        """The SDK's client, with the same way in; it takes two seconds to load, which few verbs need."""
        from label_studio_sdk import LabelStudio  # noqa: PLC0415 - as said

        client = self.door.httpx_client.httpx_client
        return LabelStudio(  # type: ignore[no-untyped-call] # untyped in the SDK
            base_url=self.url, api_key=self.token, httpx_client=client, max_retries=0
        )

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
        ask = self.door.httpx_client.request
        # Encoded here, since the SDK goes through a body value by value first, which takes as long as the sending.
        content, headers = (None, None) if body is None else (msgspec.json.encode(body), _JSON)
        for tried in range(1, _TRIES + 1):
            try:
                return ask(path, method=method, params=params, content=content, headers=headers)
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
    except (ApiError, httpx.HTTPError, json.JSONDecodeError) as error:
        raise explained(error, url) from error


def connect(address: Address) -> Server:
    """The server at an address; it has answered, and has let us in.

    Raises ``ServerError``: nobody is there, something else is there, the token does not open it.
    """
    client = http_client(address.url)
    with spoken(address):
        door = SyncClientWrapper(
            api_key=address.token, base_url=address.url, httpx_client=client, max_retries=0
        )
    server = Server(address.name, address.url, address.token, door)
    finalize(server, client.close)
    with spoken(address):
        first = client.get(f"{address.url}api/version")
    if first.status_code == HTTPStatus.OK and not first.text.startswith("{"):
        raise no_label_studio(address.url, "it answered with a page")
    if not first.is_success:
        raise refusal(first.status_code, _body(first), address.url, first.headers)
    server.get("api/current-user/whoami")
    return server


def _body(answer: httpx.Response) -> object:
    try:
        return answer.json()
    except ValueError:
        return answer.text
