"""What is done for one shard, in whatever process on whatever machine: read, make its part, stamp it."""

import os
import socket
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from pathlib import Path

import pyarrow as pa

from builder.core.appetite import meals
from builder.core.capturefile import LARGEST
from builder.core.errors import DataError
from builder.core.places import Place
from builder.core.stopwatch import Times, stage, timing
from builder.core.storage import appears
from builder.core.tablefile import read_parts, write_parts
from builder.run.corpus.inputs import Input, all_read, content_key, palatable, read_inputs
from builder.run.corpus.kept import Kept, Stamp, settled
from builder.run.corpus.plan import Shard
from builder.tables.authors import sum_names
from builder.tables.parts import KEYS, ShardTables, by_row, joined

_SHOWS_UP = 60.0
"""Seconds: network file systems remember for so long that a file was not there."""
_SUMS = ("names", "issues")
ROWS = tuple(each.name for each in fields(ShardTables) if each.name not in _SUMS)
"""The large tables of a part."""

AT_ONCE = 250_000_000
"""Bytes of memory for the captures that are worked on at once; those of a usual shard take half of it."""

ShardFunction = Callable[[Sequence[Input]], ShardTables]


@dataclass(frozen=True, slots=True)
class Job:
    """A shard to be done, and the key of its listing."""

    shard: Shard
    listing: str


@dataclass(frozen=True, slots=True)
class Done:
    """What is told of a shard that was done: its key, whether it was made anew, who spent how long on what."""

    key: str
    parsed: bool
    worker: str
    spent: Times


@dataclass(frozen=True, slots=True)
class Workplace:
    """What all shards of a build have in common: the function for them, its recipe, where from and where to.

    ``largest`` is how many bytes a capture may have.
    """

    function: ShardFunction
    recipe: str
    raw: Place
    kept: Kept
    largest: int = LARGEST


def work(place: Workplace, job: Job) -> Done:
    """Put the part of a shard where parts are kept, unless one of the same content is there already."""
    with timing() as spent:
        begun, shard = time.time_ns(), tuple(job.shard)
        with stage("read"):
            inputs = palatable(read_inputs(shard), place.largest)
            key = content_key(place.recipe, inputs)
        parsed = not place.kept.holds(key)
        if parsed:
            write_part(place.kept, key, _made(place.function, inputs))
        if all_read(inputs):
            place.kept.put_stamp(job.listing, Stamp(key, settled(shard, begun)))
    return Done(key, parsed, worker_name(), spent)


def _made(function: ShardFunction, inputs: Sequence[Input]) -> ShardTables:
    """The tables of a shard, and with packed captures the keys in such an order that they can be cut into ranges."""
    part = joined([function(some) for some in _meals(inputs)])
    if inputs[0].file.record is None:
        return part
    return replace(part, **{name: by_row(getattr(part, name)) for name in KEYS})


def _meals(inputs: Sequence[Input]) -> Iterator[Sequence[Input]]:
    """The captures of a shard, as many of them at a time as memory is meant for."""
    first = 0
    for count in meals([one.data if isinstance(one.data, bytes) else b"" for one in inputs], AT_ONCE):
        yield inputs[first : first + count]
        first += count


def write_part(kept: Kept, key: str, tables: ShardTables) -> None:
    """Write the rows of a shard last, so that where they are there, everything is."""
    with stage("write part"):
        for file, names in ((kept.sums(key), _SUMS), (kept.rows(key), ROWS)):
            write_parts(file, [getattr(tables, name) for name in names])


def read_part(kept: Kept, key: str) -> ShardTables:
    """A part as it was made, as maps of its files; ``DataError`` where it is not there (any more)."""
    if not appears(kept.rows(key), _SHOWS_UP):
        raise DataError(f"{kept.rows(key)} is gone; who removed it, while a build needed it? Run it again.")
    read = ((_SUMS, read_parts(kept.sums(key))), (ROWS, read_parts(kept.rows(key))))
    return ShardTables(
        **{name: table for names, tables in read for name, table in zip(names, tables, strict=True)}
    )


def sum_up(files: Sequence[Path]) -> Path:
    """Sum the names in some files into one more beside them, whose own name follows from theirs."""
    total = files[0].with_name(f"{sha256(str([file.name for file in files]).encode()).hexdigest()}.total")
    write_parts(total, [sum_names(read_names(files))])
    return total


def read_names(files: Iterable[Path]) -> list[pa.Table]:
    """The names in some files, in which they come first."""
    return [read_parts(file)[0] for file in files]


def read_issues(kept: Kept, keys: Iterable[str]) -> list[pa.Table]:
    """The issues in the sums of some parts, in which they come second."""
    return [read_parts(kept.sums(key))[1] for key in keys]


def worker_name() -> str:
    """This process among all, as a profile names it."""
    return f"{socket.gethostname()}:{os.getpid()}"
