"""All that is masked in a text."""

from collections.abc import Callable, Iterator, Mapping
from itertools import starmap
from types import MappingProxyType

from builder.release.privacy.edits import Edit
from builder.release.privacy.masks.accounts import cards, ibans
from builder.release.privacy.masks.addresses import handles, ips, mails, urls
from builder.release.privacy.masks.phones import phones

Finder = Callable[[str], Iterator[tuple[int, int]]]

KINDS: Mapping[str, Finder] = MappingProxyType(
    {
        "email": mails,
        "url": urls,
        "handle": handles,
        "iban": ibans,
        "card": cards,
        "ip": ips,
        "phone": phones,
    }
)
"""What finds the places of each kind in a folded text (``builder.release.privacy.fold``)."""


def masks(folded: str) -> Iterator[Edit]:
    """Every place to be masked, in places of the folded text, kind by kind; places of two kinds may overlap."""
    for kind, find in KINDS.items():
        yield from starmap(lambda start, end, kind=kind: Edit(start, end, f"[{kind.upper()}]", kind), find(folded))
