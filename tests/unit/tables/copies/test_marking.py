"""Copies in a table that comes in parts: the first of each kind is none, the others lead to it."""

from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.tables.copies.hashing import hashes
from builder.tables.copies.index import FirstRows
from builder.tables.copies.keys import address_keys, text_keys
from builder.tables.copies.marking import Copies
from builder.tables.copies.texts import RowsSoFar

LONG = (
    "Nobody who saw the bridge that day will forget how the water stood above the road and up to the doors."
)
TWO_WORDS = LONG.replace("day", "night").replace("above", "below")


class Held:
    """Texts that are held in memory."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def add(self, texts: pa.Array) -> None:
        """Take more texts in."""
        self.texts += texts.to_pylist()

    def __getitem__(self, number: int) -> str:
        """The text of a row."""
        return self.texts[number]


def marked(texts: list[str], cuts: list[int] | None = None, *, near: bool = True) -> list[str | None]:
    """What each text is a copy of, by numbers; the texts come in parts that end at some cuts."""
    ids, held = Held(), Held()
    copies, found = Copies(RowsSoFar(ids, held)), list[str | None]()
    for start, end in pairwise([0, *sorted({min(cut, len(texts)) for cut in cuts or []}), len(texts)]):
        part = pa.array(texts[start:end], pa.string())
        ids.add(pa.array([str(number) for number in range(start, end)], pa.string()))
        held.add(part)
        found += copies.mark(part, text_keys(part, near=near)).to_pylist()
    return found


def test_exact_copies_lead_to_the_first() -> None:
    """The first of equal texts is none, all others are its copies, in whatever case or punctuation."""
    assert marked(["Yes.", "No.", "YES!", "yes", "no"], near=False) == [None, None, "0", "0", "1"]


def test_near_copies_lead_to_the_first() -> None:
    """A long text in which a word was changed is a copy where near ones are looked for, and else none."""
    texts = [LONG, LONG.replace("doors", "roofs")]
    assert marked(texts) == [None, "0"]
    assert marked(texts, near=False) == [None, None]


def test_other_texts_are_no_copies() -> None:
    """Two changed words are too many for a text of this length."""
    assert marked([LONG, TWO_WORDS]) == [None, None]


def test_short_texts_are_copies_only_if_exact() -> None:
    """Texts of less than eight words have no near copies."""
    short = "we have all seen that bridge before"
    assert marked([short, short + "!", short.replace("before", "today")]) == [None, "0", None]


def test_nothing_is_a_copy_of_nothing() -> None:
    """Empty texts are no copies; those of punctuation are if they are the same."""
    assert marked(["", "", "...", "!!!", ". . ."]) == [None, None, None, None, "2"]


def test_a_copy_of_a_copy_leads_to_the_first() -> None:
    """There are no chains: what repeats a near copy exactly is a copy of what that is a copy of."""
    near = LONG.replace("doors", "roofs")
    assert marked([LONG, near, near.upper()]) == [None, "0", "0"]


@pytest.mark.parametrize(
    ("address", "other", "same"),
    [
        ("https://herald.example/1", "http://herald.example/1/", True),
        ("https://herald.example/1", "https://herald.example/1#comments", True),
        ("https://herald.example/1", "https://herald.example/2", False),
    ],
)
def test_addresses_that_lead_to_one_page_are_one(address: str, other: str, same: bool) -> None:
    """Scheme, last slash and fragment do not count; articles without address have no key."""
    keys = address_keys(pa.array([address, None, other]))
    assert keys["row"].to_pylist() == [0, 2]
    assert (keys["key"][0] == keys["key"][1]) is same


WORDS = st.sampled_from(LONG.split())
TEXTS = st.lists(
    st.one_of(
        st.sampled_from(["", "Yes.", "yes", "...", LONG, LONG.upper(), TWO_WORDS]),
        st.builds(LONG.replace, WORDS, WORDS),
    ),
    max_size=12,
)


KEYS = st.one_of(st.integers(0, 40), st.integers(0, 40).map(lambda key: key << 58))


@settings(max_examples=100)
@given(TEXTS, st.lists(st.integers(0, 12)))
def test_parts_do_not_show(texts: list[str], cuts: list[int]) -> None:
    """However a table is cut into parts, the copies are the same; each leads up to a row that is none."""
    whole = marked(texts)
    assert marked(texts, cuts) == whole
    for row, first in enumerate(whole):
        assert first is None or (int(first) < row and whole[int(first)] is None)


@given(st.lists(st.lists(KEYS, max_size=20), max_size=12), st.integers(0, 4), st.booleans())
def test_the_first_row_of_a_key_is_known(parts: list[list[int]], bits: int, short: bool) -> None:
    """Keys that come part by part are found with the row that had them first, on however many shelves they lie."""
    index, first, row = FirstRows(bits, short=short), dict[int, int](), 0
    for part in parts:
        keys = np.array(part, dtype=np.uint64)
        if short:
            keys = (keys >> np.uint64(26)).astype(np.uint32)
        known = index.find(keys)
        assert known.tolist() == [first.get(key, -1) for key in keys.tolist()]
        rows = np.arange(row, row + len(part))
        index.add(keys[known < 0], rows[known < 0])
        for number, key in enumerate(keys.tolist(), row):
            first.setdefault(key, number)
        row += len(part)


@given(st.lists(st.binary(max_size=40), unique=True))
def test_runs_of_bytes_have_numbers_of_their_own(runs: list[bytes]) -> None:
    """Different runs have different numbers, wherever they lie; an empty one has 0."""
    data = np.frombuffer(b"".join(runs), dtype=np.uint8)
    lengths = np.array(list(map(len, runs)), dtype=np.int64)
    found = hashes(data, np.cumsum(lengths) - lengths, lengths).tolist()
    assert len(set(found)) == len(runs)
    assert all((number == 0) == (not run) for number, run in zip(found, runs, strict=True))
