"""A number for the beginning of each text's normal form: most texts are like no other from their first letters on."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from builder.parse.arrays import Bytes, Hashes, Ints
from builder.parse.fold import END, letters
from builder.tables.columns import places
from builder.tables.copies.hashing import mixed
from builder.tables.copies.keys import exact_keys

_WORD: Final = 8  # bytes
_BEGINNING: Final = 5 * _WORD
"""Bytes of a normal form that its number is made of."""
_WINDOW: Final = 64
"""Bytes of a text that are looked at first."""
_WIDER: Final = 160
"""Bytes of a text that are looked at where those will not do."""
_MARGIN: Final = 16
"""Bytes of a normal form that what comes behind a window may still change."""
_HIGH: Final = np.uint64(0x8080808080808080)
_MASKS: Final = np.array([(1 << (8 * count)) - 1 for count in range(_WORD + 1)], dtype=np.uint64)
_NORMAL: Final = {code: letters(pa.array([chr(code)])).removesuffix(END) for code in range(128)}
_DROPPED: Final = bytes(code for code, normal in _NORMAL.items() if not normal)
_FOLDED: Final = bytes((_NORMAL.get(code) or bytes([code]))[0] for code in range(256))
_IS_KEPT: Final = bytes(code not in _DROPPED for code in range(256))


def beginnings(texts: pa.Array) -> Hashes:
    """A number for each text, 0 for an empty one; two with the same normal form have the same, few others have."""
    rows, lengths = _first_bytes(texts)
    found, counts = _of_ascii(rows.tobytes())
    beyond_ascii = (np.bitwise_or.reduce(rows.view(np.uint64), axis=1) & _HIGH) != 0
    # An accent behind the window would belong to its last letter.
    unsure = np.flatnonzero(beyond_ascii | ((lengths > _WINDOW) & (counts <= _BEGINNING)))
    found[unsure] = _carefully(texts.take(places(unsure)), lengths[unsure])
    bare = np.flatnonzero(found == 0)
    found[bare] = exact_keys(texts.take(places(bare)))
    return found


def _first_bytes(texts: pa.Array) -> tuple[Bytes, Ints]:
    """The first bytes of each text, a row each, with spaces behind its end; and how long it is."""
    _, offsets, data = texts.buffers()
    bounds = np.frombuffer(offsets or bytes(4), np.int32)[texts.offset : texts.offset + len(texts) + 1]
    start, end = int(bounds[0]), int(bounds[-1])
    padded = np.full(end - start + _WINDOW, ord(" "), dtype=np.uint8)
    padded[: end - start] = np.frombuffer(data or b"", np.uint8)[start:end]
    windows: NDArray[np.void] = np.ndarray(
        (end - start + 1,), dtype=f"V{_WINDOW}", buffer=padded, strides=(1,)
    )
    rows, lengths = windows[bounds[:-1] - start].view(np.uint8).reshape(-1, _WINDOW), np.diff(bounds)
    short = np.flatnonzero(lengths < _WINDOW)
    rows[short] = np.where(np.arange(_WINDOW) < lengths[short, None], rows[short], ord(" "))
    return rows, lengths


def _of_ascii(rows: bytes) -> tuple[Hashes, Ints]:
    """The number for each row of ASCII, and how many of its letters are kept."""
    kept = np.frombuffer(rows.translate(_IS_KEPT), dtype=np.uint8).reshape(-1, _WINDOW)
    counts = np.bitwise_count(np.packbits(kept, axis=1).view(np.uint64)[:, 0]).astype(np.int64)
    folded = np.frombuffer(rows.translate(_FOLDED, _DROPPED), dtype=np.uint8)
    return _numbers(folded, np.cumsum(counts) - counts, counts), counts


def _carefully(texts: pa.Array, lengths: Ints) -> Hashes:
    """The number for each text, whatever it is written in."""
    found, counts = _of_normal(letters(pc.binary_slice(pc.cast(texts, pa.binary()), 0, _WIDER)))
    unsure = np.flatnonzero((lengths > _WIDER) & (counts <= _BEGINNING + _MARGIN))
    found[unsure], _ = _of_normal(letters(texts.take(places(unsure))))
    return found


def _of_normal(forms: bytes) -> tuple[Hashes, Ints]:
    data = np.frombuffer(forms, dtype=np.uint8)
    ends = np.flatnonzero(data == END[0])
    counts = np.diff(ends, prepend=-1) - 1
    return _numbers(data, ends - counts, counts), counts


def _numbers(data: Bytes, starts: Ints, counts: Ints) -> Hashes:
    """A number for the first letters of each run of them; 0 for an empty one."""
    padded = np.concatenate((data, np.zeros(_BEGINNING + _WORD, dtype=np.uint8)))
    words: Hashes = np.ndarray((len(data) + _BEGINNING + 1,), dtype="<u8", buffer=padded, strides=(1,))
    found: Hashes = np.zeros(len(starts), dtype=np.uint64)
    for first in range(0, _BEGINNING, _WORD):
        found = mixed(found ^ (words[starts + first] & _MASKS[np.clip(counts - first, 0, _WORD)]))
    return found
