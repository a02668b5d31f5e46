"""What it means when Label Studio does not do as it was asked, in plain words with a cure."""

import json
from collections.abc import Mapping

import httpx
from label_studio_sdk.core.api_error import ApiError

from builder.core.errors import Refused, ServerError, Unanswered

_SETTINGS = "on the server under Organization > API Tokens Settings"
_NEW_PAT = "Make a new one on the server under Account & Settings > Personal Access Token"
_SAID = 400
_CLOSED = 401
# What the server says (a part of it, in small letters), what that means, what to do.
_TOKENS: Mapping[str, tuple[str, str]] = {
    "legacy token authentication has been disabled": (
        "the token is a legacy token, and the server takes none",
        f"Switch on Legacy Tokens {_SETTINGS}, or put a personal access token into LABEL_STUDIO_API_KEY",
    ),
    "blacklisted": ("the personal access token was revoked", _NEW_PAT),
    "expired": ("the personal access token has expired", _NEW_PAT),
    "wrong type": (
        "the token is an access token, which lives for five minutes",
        "Put the personal access token itself into LABEL_STUDIO_API_KEY",
    ),
    "token is invalid": (
        "the server did not sign that personal access token: it is cut short, or another server's",
        "Copy the whole token from this server into LABEL_STUDIO_API_KEY",
    ),
    "invalid token": (
        "the server does not know the token: it is cut short, another server's, or was renewed",
        "Copy the token again from the server's Account & Settings into LABEL_STUDIO_API_KEY",
    ),
    "credentials were not provided": (
        "the server does not take that kind of token",
        f"Switch on Personal Access Tokens {_SETTINGS}, or use a legacy token",
    ),
}


def explained(error: Exception, url: str) -> ServerError:
    """What an error of the client or of the connection means; ``url`` is the server that was asked."""
    if isinstance(error, ApiError):
        return refusal(error.status_code or 0, error.body, url, error.headers)
    if isinstance(error, httpx.TimeoutException) and not isinstance(error, httpx.ConnectTimeout):
        return Unanswered(
            f"{url} has not answered in time. It may have done what was asked all the same, or be at it still: "
            "wait a while, then run the same command again."
        )
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return Unanswered(
            f"{url} cannot be reached: {_reason(error)}. Is the server up, and the address right? "
            "A studio of your own is started with: builder studio up"
        )
    if isinstance(error, httpx.TransportError):
        return Unanswered(
            f"{url} broke the connection off: {_reason(error)}. It may have done what was asked all the same: "
            "run the same command again."
        )
    return no_label_studio(url, f"its answer makes no sense ({_reason(error)})")


def refusal(status: int, body: object, url: str, headers: Mapping[str, str] | None = None) -> ServerError:
    """What an answer means that is none: its status, its body as JSON or text, its headers."""
    said = _said(body)
    if status == _CLOSED:
        return Refused(_closed(said, url))
    if status >= 500:
        return Unanswered(
            f"{url} failed with {status}{_quoted(said)}. It may have done what was asked all the same: run the "
            "same command again; if it fails again, the server's log says why."
        )
    if 300 <= status < 400:
        where = {name.lower(): value for name, value in (headers or {}).items()}.get("location", "elsewhere")
        return ServerError(f"{url} leads to {where}. Put the server's own address into LABEL_STUDIO_URL.")
    if status < 300 or (status == 404 and not said):
        return no_label_studio(url, f"it answered {status}, but not as Label Studio does")
    if status == 403:
        return Refused(f"{url} does not allow that{_quoted(said)}. Use the token of somebody who may.")
    return Refused(f"{url} refused with {status}{_quoted(said)}.")


def no_label_studio(url: str, why: str) -> ServerError:
    """What is at an address is something else."""
    return ServerError(
        f"{url} is no Label Studio: {why}. Put the address of the server's start page into LABEL_STUDIO_URL, "
        "without what follows it in the browser."
    )


def _closed(said: str, url: str) -> str:
    for part, (meaning, cure) in _TOKENS.items():
        if part in said.lower():
            return f"{url} does not let us in: {meaning}. {cure}."
    return f"{url} does not let us in{_quoted(said)}. Put a token of this server into LABEL_STUDIO_API_KEY."


def _said(body: object) -> str:
    """The heart of a body: the detail and what was found wrong; nothing of a page of HTML."""
    if isinstance(body, str | bytes):
        text = body.decode("utf-8", "replace") if isinstance(body, bytes) else body
        return "" if text.lstrip().startswith("<") else _short(text)
    if not isinstance(body, Mapping):
        return "" if body is None else _short(json.dumps(body, ensure_ascii=False, default=str))
    wrong = body.get("validation_errors")
    parts = [body.get("detail"), json.dumps(wrong, ensure_ascii=False, default=str) if wrong else None]
    heart = ": ".join(str(part) for part in parts if part)
    return _short(heart or json.dumps(dict(body), ensure_ascii=False, default=str))


def _short(text: str) -> str:
    plain = " ".join(text.split()).rstrip(".")
    return plain if len(plain) <= _SAID else plain[:_SAID] + " ..."


def _quoted(said: str) -> str:
    return f": {said}" if said else ""


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
