"""The normal form in which texts are compared: without case, punctuation, white space and variants of letters."""

import re
from functools import lru_cache
from typing import Final
from unicodedata import category, normalize

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.parse.arrays import Bytes

END: Final = b"\xff"
"""Stands behind each text; no text in UTF-8 has it."""
_DROPPED: Final = bytes(code for code in range(128) if category(chr(code))[0] in "PZC")
_LOWER: Final = bytes(range(256)).lower()
_SPACED: Final = bytes(0x20 if code in _DROPPED else letter for code, letter in enumerate(_LOWER))
# Scripts without spaces: each character is taken for a word.
_IDEOGRAPH: Final = re.compile("([\u3041-\u30ff\u3400-\u9fff])")


def letters(texts: pa.Array) -> bytes:
    """The normal form of each text (NFKC, casefold, no punctuation, no white space), `END` behind each."""
    return _unified(texts).translate(_LOWER, _DROPPED)


def words(texts: pa.Array) -> bytes:
    """As `letters`, with spaces where anything was dropped, so that words stay apart."""
    return _unified(texts).translate(_SPACED)


def _unified(texts: pa.Array) -> bytes:
    """The texts end to end, all beyond ASCII in normal form."""
    whole = _ended(texts)
    starts, ends = _beyond_ascii(np.frombuffer(whole, dtype=np.uint8))
    if not len(starts):
        return whole
    parts: list[bytes] = [b""] * (2 * len(starts) + 1)
    parts[::2] = map(whole.__getitem__, map(slice, [0, *ends], [*starts, len(whole)]))
    parts[1::2] = map(_normal, map(whole.__getitem__, map(slice, starts, ends)))
    return b"".join(parts)


def _ended(texts: pa.Array) -> bytes:
    if not len(texts):
        return b""
    behind, nothing = pa.scalar(END, pa.binary()), pa.scalar(b"", pa.binary())
    ended = pc.binary_join_element_wise(pc.cast(texts, pa.binary()), behind, nothing)
    _, offsets, data = ended.buffers()
    bounds = memoryview(offsets).cast("i")
    return bytes(memoryview(data)[bounds[ended.offset] : bounds[ended.offset + len(ended)]])


def _beyond_ascii(data: Bytes) -> tuple[list[int], list[int]]:
    """Where runs beyond ASCII begin and end, each with the ASCII letter before it: an accent may belong to it."""
    beyond = np.flatnonzero(data >= 0x80)
    beyond = beyond[data[beyond] != END[0]]
    if not len(beyond):
        return [], []
    apart = np.flatnonzero(np.diff(beyond, prepend=-2) > 1)
    starts, ends = beyond[apart], beyond[np.append(apart[1:], len(beyond)) - 1] + 1
    starts -= (starts > 0) & (data[starts - 1] < 0x80)
    return starts.tolist(), ends.tolist()


@lru_cache(maxsize=1 << 16)
def _normal(run: bytes) -> bytes:
    """A run in normal form, spaces for what is dropped; a character that the run was cut within is left out."""
    text = normalize("NFKC", normalize("NFKC", run.decode(errors="ignore")).casefold())
    kept = "".join([" " if category(each)[0] in "PZC" else each for each in text])
    return _IDEOGRAPH.sub(r" \1 ", kept).encode()
