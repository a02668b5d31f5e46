"""Which names are ordinary words of the corpus, too."""

import re
from collections import Counter
from collections.abc import Iterable

from builder.release.privacy.names import Words

ELSEWHERE = 3
"""A word is ordinary if it stands in lower case in so many threads where nobody bears it as a name."""
_WORD = re.compile(r"\w+")


def ordinary_words(candidates: Iterable[str], threads: Iterable[tuple[str, Iterable[Words]]]) -> frozenset[str]:
    """Those of some folded words that are ordinary; ``threads`` gives the text of each and the names in it.

    A word without any letter, such as a number, is ordinary. One of a script without capitals never is: there
    nothing tells a word from a name.
    """
    wanted = frozenset(candidates)
    if not wanted:
        return wanted
    seen = Counter[str]()
    for text, names in threads:
        found = wanted.intersection(_WORD.findall(text))
        if found:
            seen.update(found.difference(word for name in names for word in name))
    often = {word for word, times in seen.items() if times >= ELSEWHERE and word.islower()}
    return frozenset(often | {word for word in wanted if not any(one.isalpha() for one in word)})
