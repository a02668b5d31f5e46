"""The ids and hashes of comments."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import pairwise

import numpy as np
import pyarrow as pa

from builder.core.ids import occurrence_bits
from builder.parse.arrays import Bytes, Ints
from builder.tables.columns import hexadecimal

_DIGEST, _ID = 32, 10  # bytes


def identify(text: pa.Array, article: Ints, article_ids: Sequence[str]) -> tuple[pa.Array, pa.Array]:
    """The id (`builder.core.ids.comment_id`) and the SHA-256 of each comment's text.

    Args:
        text: the texts of the comments, article by article, in the order of the page.
        article: for each comment the number of its article.
        article_ids: the id of each article.
    """
    joined = _digests(text)
    digests = np.frombuffer(joined, dtype=np.uint8).reshape(-1, _DIGEST)
    bits = digests[:, :_ID].copy()
    bits ^= _article_bits(article_ids)[article]
    for place, occurrence in _later(digests, article):
        bits[place] ^= np.frombuffer(occurrence_bits(occurrence), dtype=np.uint8)
    return hexadecimal(bits.tobytes(), _ID, "c"), hexadecimal(joined, _DIGEST)


def _digests(text: pa.Array) -> bytes:
    """End to end; from Arrow's own bytes, so that no text becomes a Python string."""
    if not len(text):
        return b""
    _, offsets, data = text.buffers()
    view = memoryview(data)
    bounds = np.frombuffer(offsets, np.int32)[text.offset : text.offset + len(text) + 1].tolist()
    return b"".join([sha256(view[start:end]).digest() for start, end in pairwise(bounds)])


def _article_bits(article_ids: Sequence[str]) -> Bytes:
    digits = "".join(one[1:] for one in article_ids)
    return np.frombuffer(bytes.fromhex(digits), dtype=np.uint8).reshape(-1, _ID)


def _later(digests: Bytes, article: Ints) -> Iterator[tuple[int, int]]:
    """The comments whose text stood before in their article, with how often it did."""
    key = digests[:, :8].copy().view(np.uint64)[:, 0] ^ (article.astype(np.uint64) << np.uint64(40))
    ordered = np.sort(key)
    twice = ordered[1:][ordered[1:] == ordered[:-1]]
    seen: dict[tuple[int, bytes], int] = {}
    for place in np.flatnonzero(np.isin(key, twice)).tolist() if len(twice) else ():
        text = (int(article[place]), digests[place].tobytes())
        occurrence = seen.get(text, 0)
        seen[text] = occurrence + 1
        if occurrence:
            yield place, occurrence
