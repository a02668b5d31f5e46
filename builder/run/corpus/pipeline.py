"""The line: captures are found, built shard by shard, written as they come, put in place at one stroke."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from builder.contracts.catalogue import CORPUS, table
from builder.core.captures import Found, find_captures
from builder.core.errors import DataError
from builder.core.lock import locked
from builder.core.spill import SpilledTexts
from builder.core.staging import staged
from builder.core.storage import scratch_folder
from builder.core.tablefile import read_table, table_file
from builder.core.version import __version__
from builder.run.corpus.executor import Executor, Parts, Shard, ShardFunction, serial
from builder.run.corpus.languages import NOT_AT_ALL, PACKAGE, Languages
from builder.run.corpus.plan import DEFAULT, Bounds, shards
from builder.run.corpus.record import (
    BuildRecord,
    RawListing,
    listing_of,
    raw_seen_from,
    read_record,
    write_record,
)
from builder.run.corpus.report import BuildReport, Progress
from builder.run.corpus.writer import table_writer
from builder.tables.authors import authors_of, sum_names
from builder.tables.changes import WATCHED, IdChanges, id_changes
from builder.tables.copies.corpus import CorpusCopies
from builder.tables.issues import issue_rows, numbered
from builder.tables.parts import ShardTables
from builder.tables.tally import Tally, first_errors

STREAMED = ("articles", "comments", "segments")
"""The tables that are written while shards come in; the others are small, and known at the end only."""
_SPILLED = ("articles.texts", "comments.texts")
_NAMES_HELD = 200_000


@dataclass(frozen=True, slots=True)
class Build:
    """What to build, and with what: the function that makes tables of captures, and the hash of its weights.

    ``languages`` says how the function determines languages, and ``near_copies`` whether it gives keys for
    these, beside exact ones; both are noted in the record.
    """

    raw: Path
    tables: Path
    function: ShardFunction
    weights_sha256: str = ""
    bounds: Bounds = DEFAULT
    languages: Languages = NOT_AT_ALL
    near_copies: bool = False


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What the small tables are made of, and the figures."""

    tally: Tally
    rows: Mapping[str, int]
    issues: pa.Table
    authors: pa.Table


Tell = Callable[[Progress], None]


def build(
    order: Build, execute: Executor = serial, tell: Tell | None = None, wait: float = 0.0
) -> BuildReport:
    """Build the tables and put them in the place of the old ones; unless all goes well nothing is changed.

    Raises ``UsageError`` where the raw captures cannot be listed, ``DataError`` where there are none,
    ``Busy`` where another builder is at work for longer than ``wait`` seconds, ``OutputError`` where
    nothing can be written, ``WorkerLost`` where a worker died.
    """
    started = time.monotonic()
    found = _captures(order.raw)
    out = order.tables.resolve()
    with locked(out, wait), staged(out) as folder:
        gathered = _stream(order, found, folder, execute, tell or _silent)
        rows, listing = _complete(order, found, folder, gathered)
        ids = _id_changes(out, folder)
    return BuildReport(
        raw=order.raw,
        tables=order.tables,
        captures=listing.captures,
        bytes=listing.bytes,
        ignored=found.ignored,
        seconds=time.monotonic() - started,
        rows=rows,
        comments_named=gathered.tally.comments_named,
        comments_lost=gathered.tally.comments_lost,
        issues=dict(sorted(gathered.tally.issues.items())),
        errors=first_errors(gathered.issues),
        least_confident=gathered.tally.doubts,
        ids=ids,
        copies=dict(gathered.tally.copies),
        languages=order.languages.by,
        remark=order.languages.remark or _unknown(order.languages, gathered.tally),
    )


def _captures(raw: Path) -> Found:
    found = find_captures(raw)
    if not found.captures and not found.issues:
        raise DataError(
            f"There are no captures in {raw}. Put text files there, one an article: {raw}/<source>/<name>.txt"
        )
    return found


def _stream(order: Build, found: Found, folder: Path, execute: Executor, tell: Tell) -> _Gathered:
    """Write the large tables shard by shard, in order, and gather what the small ones need."""
    jobs = tuple(shards(found.captures, order.bounds))
    tally, issues, names = Tally(), [issue_rows(found.issues)], list[pa.Table]()
    tally.add_issues(issues[0])
    with ExitStack() as stack:
        spool = stack.enter_context(scratch_folder(folder / "spool"))
        writers = {name: stack.enter_context(table_writer(folder, name)) for name in STREAMED}
        copies = CorpusCopies(*(stack.enter_context(SpilledTexts(spool / name)) for name in _SPILLED))
        parts = stack.enter_context(closing(execute(order.function, jobs, spool)))
        for part in map(copies.marked, _followed(parts, jobs, tally, tell)):
            for name, writer in writers.items():
                writer.write(getattr(part, name))
            tally.add(part)
            issues.append(part.issues)
            names = _compacted([*names, part.names])
    rows = {name: writer.rows for name, writer in writers.items()}
    return _Gathered(tally, rows, numbered(issues), authors_of(sum_names(names)))


def _followed(parts: Parts, jobs: Sequence[Shard], tally: Tally, tell: Tell) -> Iterator[ShardTables]:
    """The parts as they come; after each has been dealt with, how far the build is gets told."""
    of_bytes = sum(one.size for shard in jobs for one in shard)
    done = Progress(0, sum(map(len, jobs)), 0, of_bytes, 0)
    for part, shard in zip(parts, jobs, strict=True):
        yield part
        captures, size = done.captures + len(shard), done.bytes + sum(one.size for one in shard)
        done = replace(done, captures=captures, bytes=size, issues=tally.issues.total())
        tell(done)


def _compacted(names: list[pa.Table]) -> list[pa.Table]:
    """The same counts in fewer rows, once there are many."""
    return [sum_names(names)] if sum(part.num_rows for part in names) > _NAMES_HELD else names


def _complete(
    order: Build, found: Found, folder: Path, gathered: _Gathered
) -> tuple[Mapping[str, int], RawListing]:
    """Write the small tables and the record."""
    rows = dict(gathered.rows)
    for name, small in (("authors", gathered.authors), ("issues", gathered.issues)):
        with table_writer(folder, name) as writer:
            writer.write(small)
        rows[name] = writer.rows
    record = BuildRecord(
        raw=raw_seen_from(order.tables, order.raw),
        builder=__version__,
        weights_sha256=order.weights_sha256,
        listing=listing_of(found.captures),
        rows={name: rows[name] for name in CORPUS},
        schemas={name: table(name).version for name in CORPUS},
        files=tuple(table_file(folder, name).name for name in CORPUS),
        languages=order.languages.by,
        near_copies=order.near_copies,
    )
    write_record(folder, record)
    return record.rows, record.listing


def _id_changes(old: Path, new: Path) -> Mapping[str, IdChanges] | None:
    """What became of the ids; none where there were no tables, or none that can be read any more."""
    try:
        read_record(old)
        return {
            name: id_changes(*(read_table(folder, name, columns) for folder in (old, new)))
            for name, columns in WATCHED.items()
        }
    except DataError:
        return None


def _unknown(languages: Languages, tally: Tally) -> str:
    """What to say where the model knew none of the languages, so that no comment has one."""
    if languages.among and tally.without_language and not tally.with_language:
        return f"No language was determined: {PACKAGE} knows none of {', '.join(languages.among)}."
    return ""


def _silent(_progress: Progress) -> None:
    """Tell nobody."""
