"""All that is masked in a text."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from builder.release.privacy.edits import Edit
from builder.release.privacy.fold import inside_word
from builder.release.privacy.masks.accounts import cards, ibans
from builder.release.privacy.masks.addresses import handles, mails, urls
from builder.release.privacy.masks.machines import ipv4, ipv6
from builder.release.privacy.masks.phones import phones

Finder = Callable[[str], Iterator[tuple[int, int]]]

KINDS = ("email", "url", "handle", "ip", "iban", "card", "phone")
"""What is masked."""

_WORDS: tuple[tuple[str, Finder], ...] = (
    ("email", mails),
    ("url", urls),
    ("handle", handles),
    ("ip", ipv6),
    ("iban", ibans),
)
_NUMBERS: tuple[tuple[str, Finder], ...] = (("card", cards), ("phone", phones), ("ip", ipv4))

_DIGIT = "0-9\u0660-\u0669\u06f0-\u06f9\u0966-\u096f"
_LONG = re.compile(rf"[{_DIGIT}][{_DIGIT} ().:/\u2010-]{{3}}[{_DIGIT}]")
"""Without such a run there is no number to be found, and most texts have none."""


def masks(folded: str) -> Iterator[Edit]:
    """Every place to be masked, in places of the folded text, kind by kind; places of two kinds may overlap."""
    for kind, find in _WORDS + _NUMBERS if _LONG.search(folded) else _WORDS:
        for start, end in find(folded):
            yield _whole(folded, Edit(start, end, f"[{kind.upper()}]", kind))


def _whole(folded: str, edit: Edit) -> Edit:
    """An edit that grew to the ends of the words that it cuts, so that no half of a word is left."""
    start, end = edit.start, edit.end
    while inside_word(folded, start):
        start -= 1
    while inside_word(folded, end):
        end += 1
    return replace(edit, start=start, end=end)
