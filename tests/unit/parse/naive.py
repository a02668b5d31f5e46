"""The features of a line by their plain definitions, one character and one line at a time."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from builder.parse.alphabet import Char, kinds
from builder.parse.features import LENGTHS

LETTER = {Char.LOWER, Char.UPPER, Char.LETTER}
TELLING = {Char.DIGIT, Char.BRACKET, Char.DASH, Char.AT, Char.UNDERSCORE, Char.MARK, Char.SYMBOL}
SIGNS = {
    Char.COMMA,
    Char.SEMICOLON,
    Char.COLON,
    Char.BRACKET,
    Char.QUOTE,
    Char.EXCLAMATION,
    Char.QUESTION,
    Char.MARK,
}
NAMED = {0: "none", 1: "one"}
TIMES = {1: "once", 2: "twice", 3: "three times"}


def kind(sign: str) -> Char:
    """The kind of one character."""
    return Char(int(kinds(np.array([ord(sign)], dtype=np.uint32))[0]))


def step(value: int, bounds: Sequence[int]) -> str:
    """The name of the step that a length is in."""
    under = [bound for bound in bounds if value <= bound]
    return f"characters to {under[0]}" if under else f"characters over {bounds[-1]}"


def words_of(line: str, lexicon: Mapping[str, Sequence[str]]) -> list[set[str]]:
    """What the lexicon says of each token."""
    found = []
    for token in line.split():
        parts = re.split(r"[^\w'’]|_", token.lower())
        found.append({name for name, listed in lexicon.items() if set(parts) & set(listed)})
    return found


def shape(line: str) -> str:
    """The line with every run of letters as one letter and every digit as 9."""
    drawn = "".join(
        "a" if kind(sign) in LETTER else "9" if kind(sign) == Char.DIGIT else sign for sign in line
    )
    return re.sub("a+", "a", drawn)


def case_of(line: str, said: Sequence[set[str]]) -> str:
    """Which words begin high."""
    firsts = [kind(token[0]) for token in line.split()]
    high = [first in (Char.UPPER, Char.DIGIT) for first in firsts]
    small = [first == Char.LOWER and "particle" not in what for first, what in zip(firsts, said, strict=True)]
    if not any(small):
        return "all" if any(high) else "none"
    if not any(high):
        return "no"
    return "first" if high[0] and sum(high) == 1 else "mixed"


def form_of(line: str) -> str:
    """What is unusual in how a line is spelt."""
    have = [kind(sign) for sign in line]
    checks = (
        ("digits alone", not LETTER & set(have) and Char.DIGIT in have),
        ("no letters", not LETTER & set(have)),
        ("letters and digits", len(line.split()) == 1 and Char.DIGIT in have),
        ("underscore or @", Char.AT in have or Char.UNDERSCORE in have),
        (
            "inner capital",
            any(pair == (Char.LOWER, Char.UPPER) for pair in pairwise(have)),
        ),
        ("initial", any(pair == (Char.UPPER, Char.DOT) for pair in pairwise(have))),
        ("capitals", Char.UPPER in have and Char.LOWER not in have),
    )
    return next((name for name, holds in checks if holds), "plain")


ABBREVIATIONS = ([Char.UPPER], [Char.UPPER, Char.LOWER])


def last_of(line: str) -> str:
    """The kind of the last character; three dots are an ellipsis."""
    return "ellipsis" if line.endswith("...") else kind(line[-1]).name.lower()


def of_any_line(line: str) -> dict[str, str]:
    """The features that a line of any length has."""
    return {
        "length": step(len(line), LENGTHS),
        "near_length": step(len(line), (10, 20, 40, 64, 150)),
        "first": kind(line[0]).name.lower(),
        "last": last_of(line),
        "calls": ("no ! or ?", "one ! or ?", "two or more")[min(line.count("!") + line.count("?"), 2)],
    }


def often(count: int, most: int) -> str:
    """How often in words."""
    last = "three times or more" if most == 3 else "four times or more"
    return TIMES[count] if count < most else last


def of_short_line(line: str, page: Sequence[str], lexicon: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The features that only a short line has, among the other short lines of its page."""
    said = words_of(line, lexicon)
    count = len(said)
    have = {kind(sign) for sign in line}
    recurs = often(sum(other.lower() == line.lower() for other in page), 3)
    case = case_of(line, said)
    high = case in ("none", "all")
    abbreviated = re.search(r"(?:^|[^\W\d_]?[\W\d_])([^\W\d_]{1,2})\.$", line)
    short_form = abbreviated is not None and [kind(sign) for sign in abbreviated[1]] in ABBREVIATIONS
    closed = kind(line[-1]) not in {*LETTER, Char.DIGIT} and not short_form
    hard = sum("function" in what and "particle" not in what for what in said)
    talk = (
        "greeting " * ("greeting" in said[0]),
        "farewell " * any("farewell" in what for what in said),
        "person " * any("person" in what for what in said),
    )
    shapes = [shape(other) for other in page if {kind(sign) for sign in other} & TELLING]
    inside = [
        name for name, holds in (("digits", Char.DIGIT in have), ("signs", bool(have & SIGNS))) if holds
    ]
    smiles = re.search("[:;]-?[)(DPp]", line) or any(ord(sign) >= 0x1F300 or sign in "☺❤♥" for sign in line)
    address = any("address" in what for what in said)
    return {
        "words": str(count) if count < 7 else "7 or more",
        "case": f"{case} {min(count, 3)}",
        "function": NAMED.get(hard, "two or more"),
        "talk": "".join(talk),
        "repeats": recurs,
        "shape": often(shapes.count(shape(line)), 4) if have & TELLING else "plain",
        "inside": " and ".join(inside) or "nothing",
        "form": form_of(line),
        "ending": f"{'closed' if closed else 'open'} {min(count, 4) if count < 4 else '4 or more'} "
        + ("capitalised" if high else "not"),
        "name": recurs if high and not closed else "unlike a name",
        "face": "web address" if address else "smiley" if smiles else "none",
    }
