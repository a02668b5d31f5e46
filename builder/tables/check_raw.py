"""Whether the tables say what the raw captures say: every capture read again, every text cut out again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from builder.contracts.faults import Fault
from builder.parse.decode import Undecodable, decode
from builder.tables.check_buffer import buffer_of
from builder.tables.check_cuts import Batch, Cuts, batch_faults, cuts_of
from builder.tables.check_keys import in_order
from builder.tables.check_kinds import Tables, found

_BATCH_BYTES = 6_000_000
_BATCH_CAPTURES = 1_250

Read = Callable[[str], bytes]
"""Gives the bytes of a capture by its name; raises ``OSError`` where they cannot be read."""


@dataclass(frozen=True, slots=True)
class _Reread:
    """The canonical text of a capture, or what stands in its way: kind of fault, column and words."""

    text: bytes = b""
    check: str = ""
    column: str = ""
    message: str = ""


def check_against_raw(
    tables: Tables, read: Read, progress: Callable[[int], None] | None = None
) -> Iterator[Fault]:
    """The faults of tables (in which ``check_tables`` found all columns readable) against the raw captures.

    Captures are read batch by batch in the order of the articles; ``progress`` is told after each batch how
    many they were. Faults come batch by batch too: ``merged`` puts them together.
    """
    cuts = cuts_of(in_order(tables))
    articles = cuts.tables["articles"].select(["capture", "raw_sha256", "encoding"])
    for first, rereads in _batches(
        list(zip(*(column.to_pylist() for column in articles), strict=True)), read
    ):
        yield from _told(cuts, first, rereads)
        good = [place for place, reread in enumerate(rereads) if not reread.check]
        rows = np.array(good, dtype=np.int64) + first
        if good:
            yield from batch_faults(cuts, Batch(rows, buffer_of([rereads[place].text for place in good])))
        if progress is not None:
            progress(len(rereads))


def _batches(wanted: list[tuple[str, str, str]], read: Read) -> Iterator[tuple[int, list[_Reread]]]:
    """The captures read again, some at a time, with the row of the first."""
    batch: list[_Reread] = []
    size = 0
    for row, (capture, raw_sha256, encoding) in enumerate(wanted):
        batch.append(_reread(capture, raw_sha256, encoding, read))
        size += len(batch[-1].text)
        if size >= _BATCH_BYTES or len(batch) == _BATCH_CAPTURES or row + 1 == len(wanted):
            yield row + 1 - len(batch), batch
            batch, size = [], 0


def _reread(capture: str, raw_sha256: str, encoding: str, read: Read) -> _Reread:
    try:
        data = read(capture)
    except OSError as error:
        return _Reread(b"", "missing", "capture", f"{capture} cannot be read: {error}")
    if sha256(data).hexdigest() != raw_sha256:
        return _Reread(b"", "changed", "raw_sha256", f"{capture} has changed since the tables were built")
    try:
        decoded = decode(data)
    except Undecodable as error:
        return _Reread(b"", "undecodable", "encoding", f"{capture} cannot be decoded: {error}")
    if decoded.encoding != encoding:
        return _Reread(b"", "encoding", "encoding", f"{capture} is decoded from {decoded.encoding}")
    return _Reread(decoded.text)


def _told(cuts: Cuts, first: int, rereads: list[_Reread]) -> Iterator[Fault]:
    """The faults of captures that cannot be compared at all."""
    for check, column in {(reread.check, reread.column) for reread in rereads if reread.check}:
        rows = np.array([first + place for place, reread in enumerate(rereads) if reread.check == check])
        yield from found(
            cuts.tables, ("articles", column), check, rows, lambda row: rereads[row - first].message
        )
