"""Names that nobody can guess: what stands for authors, comments, tasks and texts outside the house."""

from base64 import b32encode
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hashlib import _Hash

TEXT_HMAC = "text_hmac"
"""The column of a released comments table that tells equal texts and changed ones without telling a text."""

TEXT_HMAC_SCHEMA: Mapping[str, Any] = MappingProxyType(
    {
        "description": "Keyed hash of the comment's text before anything in it was replaced, in hexadecimal: equal for "
        "equal texts, and of no use for guessing one without the publisher's key.",
        "type": "string",
        "pattern": "^[0-9a-f]{64}$",
        "x-arrow": "string",
        "x-tier": "open",
        "$comment": "Open: unlike a plain hash it confirms no guess.",
    }
)

_DOMAINS = MappingProxyType({"u": "author", "c": "comment", "t": "task"})
_BYTES = 10
_BLOCK = 64


def key_id(key: bytes) -> str:
    """What a release may tell about its key: the first 8 digits of the key's SHA-256. The key itself is random."""
    return sha256(key).hexdigest()[:8]


def released_id(key: bytes, name: str) -> str:
    """The id of a row outside the house, from its id in the built tables; 80 bits of HMAC-SHA256.

    An author (``u...``) becomes p and 16 letters of base 32, a comment (``c...``) and a task (``t...``) keep
    their form. All other ids, such as those of articles, come back as they are.
    """
    domain = _DOMAINS.get(name[:1])
    if domain is None:
        return name
    bits = hmac_sha256(key, f"{domain}|{name}".encode())[:_BYTES]
    return "p" + b32encode(bits).decode().lower() if domain == "author" else name[0] + bits.hex()


def text_hmac(key: bytes, text_sha256: str) -> str:
    """The keyed hash of a text, from its SHA-256 in hexadecimal."""
    return hmac_sha256(key, b"text|" + text_sha256.encode()).hex()


def hmac_sha256(key: bytes, message: bytes) -> bytes:
    """HMAC-SHA256 (RFC 2104) as ``hmac.digest`` has it, in less than half the time for many short messages."""
    inner, outer = (one.copy() for one in _padded(key))
    inner.update(message)
    outer.update(inner.digest())
    return outer.digest()


@lru_cache(maxsize=4)
def _padded(key: bytes) -> "tuple[_Hash, _Hash]":
    block = (key if len(key) <= _BLOCK else sha256(key).digest()).ljust(_BLOCK, b"\0")
    inner, outer = (sha256(bytes(one ^ pad for one in block)) for pad in (0x36, 0x5C))
    return inner, outer
