"""Which names are ordinary words of the corpus, too."""

from collections import Counter
from collections.abc import Iterable

from builder.release.privacy.names import Words

ELSEWHERE = 3
"""A word is ordinary if it stands in lower case in so many threads where nobody bears it as a name."""


def ordinary_words(
    candidates: Iterable[str], threads: Iterable[tuple[str, Iterable[Words]]]
) -> frozenset[str]:
    """Those of some folded words that are ordinary; ``threads`` gives the text of each and the names in it.

    Counted are words with white space on both sides. A word without any letter, such as a number, is ordinary.
    One of a script without capitals never is: there nothing tells a word from a name.
    """
    ordinary = {word for word in candidates if not any(one.isalpha() for one in word)}
    open_ = {word for word in candidates if word.islower()} - ordinary
    seen = Counter[str]()
    for text, names in threads:
        if not open_:
            break
        found = open_.intersection(text.split())
        seen.update(found.difference(word for name in names for word in name) if found else ())
        often = {word for word in found if seen[word] >= ELSEWHERE}
        ordinary |= often
        open_ -= often
    return frozenset(ordinary)
