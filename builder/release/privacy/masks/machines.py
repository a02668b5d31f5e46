"""Addresses of machines on the net."""

import ipaddress
import re
from collections.abc import Iterator

_COLONS = re.compile(r":[0-9a-f]{0,4}:[0-9a-f]{0,4}")
_IPV6 = re.compile(r"[0-9a-f:](?<![\w:.][0-9a-f:])[0-9a-f:]{5,38}(?![\w:])")
_IPV4 = re.compile(r"\d(?<![\w.]\d)\d{0,2}(?:\.\d{1,3}){3}(?!\w|\.\d)")
_BEFORE = 12
_VERSION = re.compile(
    r"(?:\bv|version|vers\.|ver\.?|release|build|firmware|kapitel|chapter|section|paragraph|absatz|§)\s?$"
)


def ipv4(folded: str) -> Iterator[tuple[int, int]]:
    """Addresses of version 4; not those of no machine in particular, nor numbers of versions and chapters."""
    for match in _IPV4.finditer(folded):
        before = folded[max(0, match.start() - _BEFORE) : match.start()]
        if _is_ipv4(match.group()) and not _VERSION.search(before):
            yield match.span()


def _is_ipv4(text: str) -> bool:
    parts = text.split(".")
    sound = all(part == str(int(part)) and int(part) < 256 for part in parts) and parts[0] not in {"0", "127"}
    return sound and max(map(int, parts)) > 9


def ipv6(folded: str) -> Iterator[tuple[int, int]]:
    """Addresses of version 6; not those of this machine."""
    if _COLONS.search(folded):
        yield from (match.span() for match in _IPV6.finditer(folded) if _is_ipv6(match.group()))


def _is_ipv6(text: str) -> bool:
    if not any(one.isdigit() for one in text):
        return False
    try:
        return not ipaddress.IPv6Address(text).is_loopback
    except ValueError:
        return False
