"""Ids as numbers."""

import pyarrow as pa

from builder.tables.check_id_bits import SortedIds, id_bits

IDS = [f"u{number:020x}" for number in (1, 1 << 16, (1 << 16) + 1, 1 << 79)]


def test_ids_are_their_bits() -> None:
    """The first 64 bits of an id and its last 16 say what its digits do."""
    heads, tails = id_bits(pa.array(IDS).slice(1))
    assert heads.tolist() == [1, 1, 1 << 63]
    assert tails.tolist() == [0, 1, 0]


def test_ids_are_found() -> None:
    """Each id that is there is found once its first bits are its own; null and what is not there are not."""
    asked = pa.chunked_array([[IDS[3], None, IDS[0]], ["u" + "0" * 20, IDS[0], IDS[1]]])
    for ids in (asked, asked.dictionary_encode()):
        assert SortedIds(pa.array(IDS)).places(ids).tolist() == [3, -1, 0, -1, 0, 1]


def test_nothing_is_found_in_nothing() -> None:
    """A table without rows has no id."""
    assert SortedIds(pa.array([], pa.string())).places(pa.chunked_array([IDS[:1]])).tolist() == [-1]
