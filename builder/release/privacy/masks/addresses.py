"""Addresses on the net that lead to a person: e-mail, handles, pages of users."""

import re
from collections.abc import Iterator

from builder.release.privacy.masks.listed import listed

# Patterns begin with the rarest character that they can: Python then skips everything else at once.
_AT = re.compile(r"[@\[({](?:(?<=@)| ?(?:at|ät|@|arroba|chez) ?[])}])")
_LOCAL = re.compile(r"[\w+%'-](?:[\w.+%'-]{0,62}[\w+%'-])?\s?$")
_DOT = r"(?:\.|\s?[\[({] ?(?:dot|punkt|punto|ponto|point) ?[])}]\s?)"
_DOMAIN = re.compile(rf"\s?(?:[^\W_](?:[\w-]{{0,61}}[^\W_])?{_DOT})+[^\W\d_]{{2,24}}(?!\w)")
_HANDLE = re.compile(r"[^\W\d](?:[\w.-]{0,62}\w)?(?:@(?:[\w-]+\.)+[^\W\d_]{2,24})?")
_WINDOW = 66

_EVERYBODY = listed(
    "all alle everybody everyone todos todas tous tutti here admin admins mod mods moderator "
    "moderation moderators editor editors redaktion redaccion redacción rédaction redazione"
)
"""Who is addressed with @ and is nobody's name."""

_PLACE = re.compile(r"[:.](?:(?<=:)//|[a-z]{2,10}/)(?=[^\s\0])")
_HEAD = re.compile(r"(?:(?:https?|ftp)://)?[^\s<>\"'(){}\[\],;\0]*$")
_REST = re.compile(r"[^\s<>\"\0]*")
_TRAIL = ".,;:!?)]}'\"…»”’*_"
_SOCIAL = tuple(
    listed(".facebook.com .fb.com .twitter.com .x.com .instagram.com .t.me .wa.me .vk.com .github.com")
)
"""Hosts where the first name of a path is a person's, mostly."""
_NOBODY = listed(
    "watch search hashtag share sharer sharer.php intent p reel groups events pages explore i home "
    "about help login s joinchat marketplace gaming stories"
)
_USER = listed(
    "u user users profile profiles profil profile.php member members people person author authors "
    "autor autoren perfil usuario usuarios nutzer benutzer mitglied mitglieder utilisateur membre "
    "utente username uid userid user_id user-id author_id profile_id"
)
"""After such a part of a path, or as the name in a query, stands who it is about."""


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
    last = 0
    for match in _PLACE.finditer(folded):
        head = _HEAD.search(folded, max(last, match.start() - _WINDOW), match.start())
        rest = _REST.match(folded, match.start())
        if match.start() < last or head is None or rest is None:
            continue
        last = rest.end()
        address = folded[head.start() : last].rstrip(_TRAIL)
        if _personal(address.partition("://")[2] or address):
            yield head.start(), head.start() + len(address)


def _personal(address: str) -> bool:
    """Whether an address without its scheme names a person."""
    place, _, query = address.partition("?")
    host, *path = [part for part in place.split("/") if part]
    host = host.removeprefix("www.")
    if "@" in host or any(len(part) > 1 and part[0] in "~@" for part in path):
        return True
    if f".{host}".endswith(_SOCIAL) and not host.startswith("pic.") and path and path[0] not in _NOBODY:
        return True
    pages = path if query else path[:-1]
    named = any(part in _USER for part in pages) or (len(path) > 1 and path[0] == "in")
    return named or any(part.partition("=")[0] in _USER and part[-1] != "=" for part in query.split("&"))
