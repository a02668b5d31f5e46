"""Threads in which people are called by their names, in many scripts and spellings, among addresses and numbers."""

import unicodedata
from dataclasses import dataclass

from hypothesis import strategies as st

LETTERS = "abcxyzABCßéüñİıǰκσςжщאבعمनािक山田ทา한ᄒ각ﬁＡ𝐀𝒷0127_"
SIGNS = " \t\n.,;:!?-–'’\"@/()[]*🙂\u200d\u00ad\u0301\u0308\u0345ﾞ\ufe0f\u034f\u3164"
PIECES = (
    "anna@example.org",
    "@Anna_Lind",
    "https://www.example.org/user/anna/1",
    "+49 30 1234567",
    "DE89 3704 0044 0532 0130 00",
    "192.168.17.4",
    "1914-1918",
    "the",
    "und",
)

words = st.text(LETTERS, min_size=1, max_size=7)
names = st.lists(words, min_size=1, max_size=3).map(" ".join) | st.text(
    LETTERS + SIGNS, min_size=1, max_size=9
)


@dataclass(frozen=True)
class Talk:
    """The names of the people in a thread, and its texts."""

    names: tuple[str, ...]
    texts: tuple[str, ...]


def spellings(name: str) -> st.SearchStrategy[str]:
    """A name as others may write it."""
    return st.sampled_from(
        [
            name,
            name.upper(),
            name.lower(),
            f"@{name}",
            unicodedata.normalize("NFD", name),
            unicodedata.normalize("NFKC", name),
            "  ".join(name.split(" ")),
            f"{name}'s",
        ]
    )


@st.composite
def talks(draw: st.DrawFn) -> Talk:
    """A thread of up to three people and four texts; an empty text is a comment that was withdrawn."""
    people = draw(st.lists(names, min_size=1, max_size=3, unique=True))
    part = (
        st.sampled_from(people).flatmap(spellings)
        | st.sampled_from(PIECES)
        | st.text(LETTERS + SIGNS, max_size=8)
    )
    between = st.sampled_from([" ", ", ", "", "\n\n", ". "])
    text = st.lists(st.tuples(part, between), max_size=6).map(lambda some: "".join(map("".join, some)))
    return Talk(tuple(people), tuple(draw(st.lists(text, min_size=1, max_size=4))))
