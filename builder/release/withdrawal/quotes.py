"""Words of a withdrawn text that stand in other texts, and how they are overwritten, each sign by one sign."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence

from builder.release.privacy.fold import fold, words_of
from builder.release.privacy.names import occurrences

WORDS = 6
"""So many words in a row are a quotation; of a shorter text, all its words."""
LEAST = 3
"""Fewer words than this are anybody's."""
BLANK = "█"
"""What stands in the place of each sign that is no white space."""

# In scripts that write no spaces each sign is a word.
_WORD = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]|\\w+")
_NAME_LETTERS = 5

Passages = frozenset[tuple[str, ...]]
Place = tuple[int, int]


def words(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: without case and variants of writing."""
    return tuple(word for word, _ in _words(text))


def long_enough(text: str | None) -> bool:
    """Whether a text is so long that another one that says the same is a copy."""
    return text is not None and len(words(text)) >= WORDS


def passages(texts: Iterable[str]) -> Passages:
    """What of some texts counts as a quotation elsewhere."""
    found = set[tuple[str, ...]]()
    for said in map(words, texts):
        if LEAST <= len(said) < WORDS:
            found.add(said)
        found.update(said[start : start + WORDS] for start in range(len(said) - WORDS + 1))
    return frozenset(found)


def quoted(text: str, wanted: Passages) -> list[Place]:
    """Where a text quotes, as places that do not overlap, in order."""
    said = list(_words(text))
    keys = tuple(word for word, _ in said)
    places = [
        (said[start][1][0], said[start + size - 1][1][1])
        for size in sorted({len(one) for one in wanted})
        for start in range(len(keys) - size + 1)
        if keys[start : start + size] in wanted
    ]
    return joined(places)


def named(text: str, names: Collection[str]) -> list[Place]:
    """Where whole words of a text are one of these names."""
    folded = fold(text)
    telling = [tuple(words_of(fold(name).text)) for name in sorted(names) if _tells(name)]
    places = (place for said in telling if said for place in occurrences(said, folded.text))
    return joined(folded.original(*place) for place in places)


def overwritten(text: str, places: Sequence[Place]) -> str:
    """The text with these places overwritten: as long as before, white space as it was."""
    signs = list(text)
    for start, end in places:
        signs[start:end] = [sign if sign.isspace() else BLANK for sign in signs[start:end]]
    return "".join(signs)


def _words(text: str) -> Iterator[tuple[str, Place]]:
    for match in _WORD.finditer(text):
        yield unicodedata.normalize("NFKC", match.group()).casefold(), match.span()


def _tells(name: str) -> bool:
    """Whether a name is more than a short word: two words, or five letters."""
    return len(name.split()) > 1 or len(name) >= _NAME_LETTERS


def joined(places: Iterable[Place]) -> list[Place]:
    """Places in order, those that touch as one."""
    made: list[Place] = []
    for start, end in sorted(places):
        if made and start <= made[-1][1]:
            made[-1] = made[-1][0], max(end, made[-1][1])
        else:
            made.append((start, end))
    return made
