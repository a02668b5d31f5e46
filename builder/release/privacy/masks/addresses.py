"""Addresses on the net that lead to a person: e-mail, handles, pages of users, machines."""

import ipaddress
import re
from collections.abc import Iterator

# Patterns begin with the rarest character that they can: Python then skips everything else at once.
_AT = re.compile(r"[@\[({](?:(?<=@)| ?(?:at|ät|@|arroba|chez) ?[])}])")
_LOCAL = re.compile(r"[\w+%'-](?:[\w.+%'-]{0,62}[\w+%'-])?\s?$")
_DOT = r"(?:\.|\s?[\[({] ?(?:dot|punkt|punto|ponto|point) ?[])}]\s?)"
_DOMAIN = re.compile(rf"\s?(?:[^\W_](?:[\w-]{{0,61}}[^\W_])?{_DOT})+[^\W\d_]{{2,24}}(?!\w)")
_HANDLE = re.compile(r"[^\W\d](?:[\w.-]{0,62}\w)?(?:@(?:[\w-]+\.)+[^\W\d_]{2,24})?")
_WINDOW = 66

_EVERYBODY = frozenset(
    "all alle everybody everyone todos todas tous tutti here admin admins mod mods moderator moderation moderators "
    "editor editors redaktion redaccion redacción rédaction redazione".split()  # noqa: SIM905 - reads better
)
"""Who is addressed with @ and is nobody's name."""

_PAGE = re.compile(r"(?<![\w@.])(?:(?:https?|ftp)://|www\.|(?:[\w-]+\.)+[a-z]{2,10}/)[^\s<>\"\0]+")
_TRAIL = ".,;:!?)]}'\"…»”’*_"
_SOCIAL = tuple(
    f".{one}" for one in "facebook.com fb.com twitter.com x.com instagram.com t.me vk.com github.com".split()  # noqa: SIM905
)
"""Hosts where the first name of a path is a person's, mostly."""
_NOBODY = frozenset(
    "watch search hashtag share sharer sharer.php intent p reel groups events pages explore i home about help login "
    "s joinchat marketplace gaming stories".split()  # noqa: SIM905 - as above
)
_USER = frozenset(
    "u user users profile profiles profil profile.php member members people person author authors autor autoren in "
    "perfil usuario usuarios nutzer benutzer mitglied mitglieder utilisateur membre utente channel c".split()  # noqa: SIM905
)
"""After such a part of a path, or as the name in a query, stands who it is about."""

_COLONS = re.compile(r":[0-9a-f]{0,4}:[0-9a-f]{0,4}")
_IPV6 = re.compile(r"[0-9a-f:](?<![\w:.][0-9a-f:])[0-9a-f:]{5,38}(?![\w:])")
_IPV4 = re.compile(r"\d(?<![\w.]\d)\d{0,2}(?:\.\d{1,3}){3}(?!\w|\.\d)")
_VERSION = re.compile(r"(?:\bv|version|vers\.|ver\.?|release|build|firmware|kapitel|chapter|section|paragraph|absatz|§)\s?$")


def mails(folded: str) -> Iterator[tuple[int, int]]:
    """E-mail addresses, also those that say (at) and (dot)."""
    for match in _AT.finditer(folded):
        found = _LOCAL.search(folded[max(0, match.start() - _WINDOW) : match.start()])
        domain = _DOMAIN.match(folded, match.end())
        plain = match.group() == "@"
        if found and domain and not (plain and (found.group()[-1].isspace() or domain.group()[0].isspace())):
            yield match.start() - len(found.group()), domain.end()


def handles(folded: str) -> Iterator[tuple[int, int]]:
    """Names after @, unless everybody is meant; also those with a server after them."""
    place = folded.find("@")
    while place >= 0:
        found = _HANDLE.match(folded, place + 1)
        alone = place == 0 or not (folded[place - 1].isalnum() or folded[place - 1] in "_@.")
        if found and alone and found.group() not in _EVERYBODY:
            yield place, found.end()
        place = folded.find("@", place + 1)


def urls(folded: str) -> Iterator[tuple[int, int]]:
    """Addresses of pages that name a user: in their path or query, or before the host."""
    if "/" not in folded and "www." not in folded:
        return
    for match in _PAGE.finditer(folded):
        address = match.group().rstrip(_TRAIL)
        if _personal(address.partition("://")[2] or address):
            yield match.start(), match.start() + len(address)


def _personal(address: str) -> bool:
    place, _, query = address.partition("?")
    host, *path = [part for part in place.split("/") if part]
    host = host.removeprefix("www.")
    if "@" in host or any(len(part) > 1 and part[0] in "~@" for part in path):
        return True
    if f".{host}".endswith(_SOCIAL) and path and path[0] not in _NOBODY:
        return True
    named = any(part in _USER for part in path[:-1])
    return named or any(part.partition("=")[0] in _USER and part[-1] != "=" for part in query.split("&"))


def ips(folded: str) -> Iterator[tuple[int, int]]:
    """Addresses of machines, version 4 and 6; not those of no machine in particular, nor numbers of versions."""
    for match in _IPV4.finditer(folded):
        parts = match.group().split(".")
        real = all(part == str(int(part)) and int(part) < 256 for part in parts) and parts[0] not in {"0", "127"}
        if real and max(map(int, parts)) > 9 and not _VERSION.search(folded[max(0, match.start() - 12) : match.start()]):
            yield match.span()
    if _COLONS.search(folded):
        yield from (match.span() for match in _IPV6.finditer(folded) if _is_ipv6(match.group()))


def _is_ipv6(text: str) -> bool:
    if not any(one.isdigit() for one in text):
        return False
    try:
        return not ipaddress.IPv6Address(text).is_loopback
    except ValueError:
        return False
