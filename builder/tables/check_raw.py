"""Whether the tables say what the raw captures say: every capture read again, every text cut out again."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

import numpy as np

from builder.contracts.faults import Fault
from builder.parse.decode import Decoded, Undecodable, decode_all
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
class _Refused:
    """What stands in the way of a capture's comparison: kind of fault, column and words."""

    check: str
    column: str
    message: str


class _Wanted(NamedTuple):
    """A capture as the table of articles has it."""

    capture: str
    raw_sha256: str
    encoding: str


def check_against_raw(
    tables: Tables, read: Read, progress: Callable[[int], None] | None = None
) -> Iterator[Fault]:
    """The faults of tables (in which ``check_tables`` found all columns readable) against the raw captures.

    Captures are read batch by batch, in whatever order ``read`` gives them; ``progress`` is told after each batch how
    many they were. Faults come batch by batch too: ``merged`` puts them together.
    """
    yield from raw_faults(cuts_of(linked(in_order(tables))), read, progress)


def raw_faults(cuts: Cuts, read: Read, progress: Callable[[int], None] | None = None) -> Iterator[Fault]:
    """The same for tables that are in order, or for some of their rows."""
    articles = cuts.tables["articles"].select(list(_Wanted._fields))
    wanted = list(map(_Wanted, *(column.to_pylist() for column in articles)))
    for batch in _batches(read([one.capture for one in wanted])):
        found = dict(zip(batch, _canonical(wanted, batch), strict=True))
        yield from _told(cuts, {row: text for row, text in found.items() if isinstance(text, _Refused)})
        good = {row: text for row, text in found.items() if isinstance(text, bytes)}
        if good:
            yield from batch_faults(cuts, Batch(np.array(list(good)), buffer_of(list(good.values()))))
        if progress is not None:
            progress(len(batch))


def _batches(captures: Iterator[tuple[int, bytes | OSError]]) -> Iterator[dict[int, bytes | OSError]]:
    """The captures some at a time, by the rows of their articles in rising order."""
    batch: dict[int, bytes | OSError] = {}
    size = 0
    for row, data in captures:
        batch[row] = data
        size += len(data) if isinstance(data, bytes) else 0
        if size >= _BATCH_BYTES or len(batch) == _BATCH_CAPTURES:
            yield dict(sorted(batch.items()))
            batch, size = {}, 0
    if batch:
        yield dict(sorted(batch.items()))


def _canonical(wanted: Sequence[_Wanted], batch: Mapping[int, bytes | OSError]) -> Iterator[bytes | _Refused]:
    """The canonical text of each capture, unless it is not the one that the tables were built from."""
    unchanged = {
        row: data
        for row, data in batch.items()
        if isinstance(data, bytes) and sha256(data).hexdigest() == wanted[row].raw_sha256
    }
    decoded = decode_all(list(unchanged.values()))
    for row, data in batch.items():
        one = wanted[row]
        if isinstance(data, OSError):
            yield _Refused("missing", "capture", f"{one.capture} cannot be read: {data}")
        elif row not in unchanged:
            said = f"{one.capture} has changed since the tables were built"
            yield _Refused("changed", "raw_sha256", said)
        else:
            yield _text(one, next(decoded))


def _text(wanted: _Wanted, decoded: Decoded | Undecodable) -> bytes | _Refused:
    if isinstance(decoded, Undecodable):
        said = f"{wanted.capture} cannot be decoded: {decoded}"
        return _Refused("undecodable", "encoding", said)
    if decoded.encoding != wanted.encoding:
        return _Refused("encoding", "encoding", f"{wanted.capture} is decoded from {decoded.encoding}")
    return decoded.text


def _told(cuts: Cuts, refused: Mapping[int, _Refused]) -> Iterator[Fault]:
    """The faults of captures that cannot be compared at all."""
    for check, column in sorted({(one.check, one.column) for one in refused.values()}):
        rows = np.array([row for row, one in refused.items() if one.check == check])
        yield from found(cuts.tables, ("articles", column), check, rows, lambda row: refused[row].message)
