"""Texts that captures could hold: the convention's own lines with wild gaps, and anything else there is."""

from collections.abc import Sequence

from hypothesis import strategies as st

GAPS = st.one_of(st.integers(0, 7), st.sampled_from([1, 1, 1, 2, 2, 3]))
SAID = (
    "Ann", "ANN", "ann", "Bob der Baumeister", "J.P.W.", "user_77", "Añil", "عربي", "Add more tanks", "Yes.", "ok",
    "Hello Ann, you forgot the nets!", "It rained on the bridge for the third night running, engineers said.",
    "First paragraph of a longer comment which says a lot, and then goes on to say some more of the same.",
    "“Quoted,” she said.", "🐘🐘", ":-)", "12", "Ann said:", "Peter", "-)", "D.", "Mc", "X", "...",
    "2031-04-17", "https://example.org/x", "> quoted", "…", "---",
    " indented", "\ttab", "trailing  ", "\u2067ימין לשמאל\u2069", "a\u0301", "\U0001f468\u200d\U0001f469", "x" * 70,
)  # fmt: skip
ODD = (
    "\t\n\n\n\r\x00\x0b\x0c\x1b\x1c\x1e\x7f\x85\xa0\u1680\u2028\u2029"
    "\u200b\u202e\u3000\ufeff\ufffd\uffff A.,aé中\U0001f600"
)
LINES = st.one_of(
    st.sampled_from(SAID),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r\x00"), max_size=12),
    st.sampled_from(["", " ", "\t", "\xa0", "\u3000\u2003", "\x0c", "\x1c", "\x85", "\u2028"]),
)


def _laid(lines: Sequence[tuple[str, int]]) -> str:
    return "".join(line + "\n" * (gap + 1) for line, gap in lines)


LAID = st.lists(st.tuples(LINES, GAPS), max_size=30).map(_laid)
CANONICAL = st.one_of(
    LAID,
    LAID.map(str.strip),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), max_size=80),
    st.text("\n \t\xa0", max_size=20),
).map(lambda text: text.lstrip("\ufeff"))
RAW = st.one_of(CANONICAL, st.text(ODD, max_size=60), LAID.map(lambda text: text.replace("\n", "\r\n")))
