"""Accounts for annotators on any server: made so that they can log in, each with a password of its own."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx

from builder.annotate.annotators import address_of
from builder.annotate.server.address import http_client
from builder.annotate.server.connection import Server, spoken
from builder.annotate.server.refusals import refusal
from builder.annotate.server.studio.passwords import new_password
from builder.core.errors import Refused, ServerError, UsageError

_FORM = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_FAULTS = re.compile(r'<ul class="field_errors">(.*?)</ul>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_PLAIN = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class Member:
    """An account of a server: its number there, its address, when it was last seen (empty: never)."""

    number: int
    address: str
    seen: str


@dataclass(frozen=True, slots=True)
class Added:
    """An account that was asked for: its address, and its password if it was made just now."""

    address: str
    password: str | None = field(repr=False)


def members(server: Server) -> list[Member]:
    """The accounts of a server, in the order in which they were made."""
    users: list[dict[str, Any]] = server.get("api/users/")
    known = [Member(user["id"], user["email"].lower(), user.get("last_activity") or "") for user in users]
    return sorted(known, key=lambda member: member.number)


def addresses(names: Iterable[str]) -> list[str]:
    """The addresses of these people, each once; ``UsageError`` for a name that makes no address."""
    wanted = list(dict.fromkeys(address_of(name) for name in names))
    odd = [address for address in wanted if not _PLAIN.fullmatch(address)]
    if odd:
        raise UsageError(
            f"{odd[0]!r} is no address that Label Studio takes. Use a name of letters a to z and digits, "
            "or a whole address."
        )
    return wanted


def add_annotators(server: Server, names: Iterable[str]) -> Iterator[Added]:
    """Make an account for everybody who has none; each comes as soon as it is made."""
    wanted = addresses(names)
    there = {member.address for member in members(server)}
    invitation = "" if there.issuperset(wanted) else server.get("api/invite")["token"]
    for address in wanted:
        if address in there:
            yield Added(address, None)
        else:
            password = new_password()
            with http_client(server.url) as client, spoken(server):
                _sign_up(client, server.url, invitation, {"email": address, "password": password})
            yield Added(address, password)


def legacy_token(url: str, address: str, password: str) -> str:
    """The legacy token of an account, got by logging in: what that person does can then be done by a program."""
    with http_client(url) as client, spoken(url):
        _submit(client, url, "user/login/", {}, {"email": address, "password": password})
        answer = client.get(f"{url}api/current-user/token")
        if not answer.is_success:
            raise refusal(answer.status_code, answer.text, url)
        return str(answer.json()["token"])


def _sign_up(client: httpx.Client, url: str, invitation: str, filled: dict[str, str]) -> None:
    _submit(client, url, "user/signup/", {"token": invitation}, filled)
    # The server shows the form again, with 200, where it did not like it; a session is the proof.
    answer = client.get(f"{url}api/current-user/whoami")
    if not answer.is_success or answer.json()["email"].lower() != filled["email"]:
        raise ServerError(f"{url} made no account for {filled['email']}. Make it there, under Organization.")


def _submit(client: httpx.Client, url: str, path: str, query: dict[str, str], filled: dict[str, str]) -> None:
    """Fill in a form of the server, as a browser does."""
    place = url + path
    page = client.get(place, params=query)
    found = _FORM.search(page.text)
    if not page.is_success or not found:
        raise refusal(page.status_code, page.text, url, page.headers)
    # A server behind https takes a form only from a page of its own.
    sent = client.post(
        place,
        params=query,
        data={**filled, "csrfmiddlewaretoken": found.group(1)},
        headers={"Referer": place},
    )
    if not sent.is_redirect:
        raise _fault(sent, url, filled["email"])


def _fault(page: httpx.Response, url: str, address: str) -> ServerError:
    if not page.is_success:
        return refusal(page.status_code, page.text, url, page.headers)
    found = " ".join(html.unescape(_TAG.sub(" ", part)) for part in _FAULTS.findall(page.text)).split()
    why = " ".join(found) or "the form came back"
    return Refused(f"{url} takes no account {address}: {why.rstrip('.')}.")
