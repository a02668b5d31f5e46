"""People who label appear under pseudonyms; the list that knows who they are is private."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from hmac import digest

MAIL_HOST = "annotators.example"
"""Accounts need an address; one made from a bare name is below this host, which leads nowhere."""


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """The key that pseudonyms are made with, who has one (by address), and the group of each, if any."""

    key: bytes
    known: Mapping[str, str]
    groups: Mapping[str, str] = field(default_factory=dict)

    def of(self, name: str) -> str:
        """The pseudonym of a person named by address or account name; the same for ever under one key."""
        address = address_of(name)
        return self.known.get(address) or "w" + digest(self.key, address.encode(), sha256).hex()[:10]

    def with_names(self, names: Iterable[str]) -> "Pseudonyms":
        """The same key with these people on the list."""
        added = {address_of(name): self.of(name) for name in names}
        return replace(self, known=dict(sorted({**self.known, **added}.items())))


@lru_cache(maxsize=1024)
def address_of(name: str) -> str:
    """The address under which a person logs in: as given, or made from a bare name."""
    plain = name.strip().lower()
    return plain if "@" in plain else f"{plain}@{MAIL_HOST}"
