"""The tables are written, shard by shard in order, from parts that are kept or come in."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pyarrow as pa

from builder.core.errors import DataError
from builder.core.spill import SpilledTexts
from builder.core.stopwatch import stage
from builder.core.storage import scratch_folder
from builder.core.tablefile import TableWriter, read_table
from builder.run.corpus.executor import Executor, Team, serial
from builder.run.corpus.ground import Ground
from builder.run.corpus.interleave import interleaved
from builder.run.corpus.kept import Kept
from builder.run.corpus.ledger import Ledger
from builder.run.corpus.record import read_record
from builder.run.corpus.report import Progress
from builder.run.corpus.survey import Surveyed, to_do
from builder.run.corpus.work import Job, Workplace, read_names, read_part, sum_up, work
from builder.run.corpus.writer import table_writer
from builder.tables.authors import authors_of, sum_names
from builder.tables.changes import WATCHED, id_changes
from builder.tables.copies.corpus import CorpusCopies
from builder.tables.figures import IdChanges, Noticed
from builder.tables.issues import issue_rows, numbered
from builder.tables.parts import ShardTables
from builder.tables.tally import Tally, first_errors, noticed

STREAMED = ("articles", "comments", "segments")
"""The tables that are written while shards come in; the others are small, and known at the end only."""
_SPILLED = ("articles.texts", "comments.texts")
_SUMMED_AT_ONCE = 32

Tell = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Assembled:
    """The keys of all shards, the rows of all tables, the figures, what was done to get there."""

    keys: tuple[str, ...]
    rows: Mapping[str, int]
    tally: Tally
    errors: tuple[tuple[str, str], ...]
    noticed: Mapping[str, Noticed]
    ledger: Ledger


def assemble_tables(
    ground: Ground, place: Workplace, folder: Path, execute: Executor, tell: Tell
) -> Assembled:
    """Have the parts made that are not there, and write all tables: the large ones as the parts come, in order."""
    missing = to_do(ground.surveyed, ground.kept)
    tally, ledger, keys = Tally(), Ledger(), list[str]()
    issues = [issue_rows(ground.found.issues)]
    tally.add_issues(issues[0])
    with ExitStack() as stack:
        with stage("start workers"):
            team = stack.enter_context((execute if missing else serial)(place, len(missing)))
        writers = {name: stack.enter_context(table_writer(folder, name)) for name in STREAMED}
        spool = stack.enter_context(scratch_folder(folder / "spool"))
        copies = CorpusCopies(*(stack.enter_context(SpilledTexts(spool / name)) for name in _SPILLED))
        done = _done(ground.surveyed, missing, place, team, ledger)
        followed = _followed(done, ground.surveyed, tally, tell)
        for key in followed if ground.interleaved else _within(ground.kept, followed):
            part = read_part(ground.kept, key)
            if ground.interleaved:
                tally.add_issues(part.issues)
            else:
                tally.add(_written_marked(part, copies, writers))
            issues.append(part.issues)
            keys.append(key)
        if ground.interleaved:
            for part in interleaved(ground.kept, keys):
                tally.add(_written_marked(part, copies, writers))
            deque(_within(ground.kept, iter(keys)), 0)
        with stage("sum names"):
            names = read_names(_few([ground.kept.sums(key) for key in keys], team))
    small = {"authors": authors_of(sum_names(names)), "issues": numbered(issues)}
    rows = {name: writer.rows for name, writer in writers.items()} | _written(folder, small)
    told = first_errors(small["issues"]), noticed(small["issues"])
    return Assembled(tuple(keys), rows, tally, *told, ledger)


def ids_since(old: Path, new: Path) -> Mapping[str, IdChanges] | None:
    """What became of the ids; none where there were no tables, or none that can be read any more."""
    try:
        read_record(old)
        return {
            name: id_changes(*(read_table(folder, name, columns) for folder in (old, new)))
            for name, columns in WATCHED.items()
        }
    except DataError:
        return None


def _written_marked(
    part: ShardTables, copies: CorpusCopies, writers: Mapping[str, TableWriter]
) -> ShardTables:
    """The next rows of the large tables, with their copies marked, once they are written."""
    with stage("mark copies"):
        marked = copies.marked(part)
    with stage("write tables"):
        for name, writer in writers.items():
            writer.write(getattr(marked, name))
    return marked


def _written(folder: Path, tables: Mapping[str, pa.Table]) -> dict[str, int]:
    """Write whole tables; how many rows each has."""
    for name, rows in tables.items():
        with stage("write tables"), table_writer(folder, name) as writer:
            writer.write(rows)
    return {name: rows.num_rows for name, rows in tables.items()}


def _done(
    surveyed: Sequence[Surveyed], missing: Sequence[Surveyed], place: Workplace, team: Team, ledger: Ledger
) -> Iterator[str]:
    """The keys of all shards in order, as soon as their parts are there."""
    answers = iter(team(partial(work, place), [Job(one.shard, one.listing) for one in missing]))
    awaited = {one.listing for one in missing}
    for one in surveyed:
        if one.key is not None and one.listing not in awaited:
            yield one.key
            continue
        with stage("wait for shards"):
            done = next(answers)
        ledger.add(one.shard, done)
        yield done.key


def _followed(keys: Iterator[str], surveyed: Sequence[Surveyed], tally: Tally, tell: Tell) -> Iterator[str]:
    """The keys as they come; after each has been dealt with, how far the build is gets told."""
    shards = [one.shard for one in surveyed]
    of_bytes = sum(one.size for shard in shards for one in shard)
    so_far = Progress(0, sum(map(len, shards)), 0, of_bytes, 0)
    for key, shard in zip(keys, shards, strict=True):
        yield key
        captures, size = so_far.captures + len(shard), so_far.bytes + sum(one.size for one in shard)
        so_far = replace(so_far, captures=captures, bytes=size, issues=tally.issues.total())
        tell(so_far)


def _within(kept: Kept, keys: Iterator[str]) -> Iterator[str]:
    """The keys as they come; of those parts for which there is no room, each goes when it has been dealt with."""
    room = kept.most_bytes
    for key in keys:
        room -= kept.size(key)
        yield key
        if room < 0:
            kept.drop(key)


def _few(files: Sequence[Path], team: Team) -> Sequence[Path]:
    """Files with the same sums of names, no more than are read at once: a tree whose nodes the team works out."""
    while len(files) > _SUMMED_AT_ONCE:
        starts = range(0, len(files), _SUMMED_AT_ONCE)
        files = list(team(sum_up, [files[start : start + _SUMMED_AT_ONCE] for start in starts]))
    return files
