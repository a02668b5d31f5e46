"""Whether the tables say what the raw captures say: every capture read again, every text cut out again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from builder.contracts.faults import Fault
from builder.parse.decode import Undecodable, decode
from builder.tables.check_buffer import buffer_of
from builder.tables.check_cuts import Batch, Cuts, batch_faults, cuts_of
from builder.tables.check_keys import in_order
from builder.tables.check_kinds import Tables, found
from builder.tables.check_links import linked

_BATCH_BYTES = 6_000_000
_BATCH_CAPTURES = 1_250

Read = Callable[[Sequence[str]], Iterator[tuple[int, bytes | OSError]]]
"""Gives the bytes of captures of these names, or what kept it from reading them, each with its place among them."""


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

    Captures are read batch by batch, in whatever order ``read`` gives them; ``progress`` is told after each batch how
    many they were. Faults come batch by batch too: ``merged`` puts them together.
    """
    yield from raw_faults(cuts_of(linked(in_order(tables))), read, progress)


def raw_faults(
    cuts: Cuts, read: Read, progress: Callable[[int], None] | None = None
) -> Iterator[Fault]:
    """The same for tables that are in order, or some of their rows."""
    articles = cuts.tables["articles"].select(["capture", "raw_sha256", "encoding"])
    for rereads in _batches(list(zip(*(column.to_pylist() for column in articles), strict=True)), read):
        yield from _told(cuts, rereads)
        good = {row: reread.text for row, reread in rereads.items() if not reread.check}
        if good:
            yield from batch_faults(cuts, Batch(np.array(list(good)), buffer_of(list(good.values()))))
        if progress is not None:
            progress(len(rereads))


def _batches(wanted: list[tuple[str, str, str]], read: Read) -> Iterator[dict[int, _Reread]]:
    """The captures read again, some at a time, by the rows of their articles in rising order."""
    batch: dict[int, _Reread] = {}
    size = 0
    for done, (row, data) in enumerate(read([capture for capture, *_ in wanted]), 1):
        batch[row] = _reread(*wanted[row], data)
        size += len(batch[row].text)
        if size >= _BATCH_BYTES or len(batch) == _BATCH_CAPTURES or done == len(wanted):
            yield dict(sorted(batch.items()))
            batch, size = {}, 0


def _reread(capture: str, raw_sha256: str, encoding: str, data: bytes | OSError) -> _Reread:
    if isinstance(data, OSError):
        return _Reread(b"", "missing", "capture", f"{capture} cannot be read: {data}")
    if sha256(data).hexdigest() != raw_sha256:
        return _Reread(b"", "changed", "raw_sha256", f"{capture} has changed since the tables were built")
    try:
        decoded = decode(data)
    except Undecodable as error:
        return _Reread(b"", "undecodable", "encoding", f"{capture} cannot be decoded: {error}")
    if decoded.encoding != encoding:
        return _Reread(b"", "encoding", "encoding", f"{capture} is decoded from {decoded.encoding}")
    return _Reread(decoded.text)


def _told(cuts: Cuts, rereads: dict[int, _Reread]) -> Iterator[Fault]:
    """The faults of captures that cannot be compared at all."""
    for check, column in sorted(
        {(reread.check, reread.column) for reread in rereads.values() if reread.check}
    ):
        rows = np.array([row for row, reread in rereads.items() if reread.check == check])
        yield from found(cuts.tables, ("articles", column), check, rows, lambda row: rereads[row].message)
