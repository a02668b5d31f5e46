"""The tables are written, shard by shard in order, from parts that are kept or come in."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate
from pathlib import Path

import pyarrow as pa

from builder.core.errors import DataError
from builder.core.stopwatch import stage
from builder.core.tablefile import read_table
from builder.run.corpus.executor import Executor, Team, serial
from builder.run.corpus.ground import Ground
from builder.run.corpus.interleave import interleaved
from builder.run.corpus.kept import Kept
from builder.run.corpus.ledger import Ledger
from builder.run.corpus.record import read_record
from builder.run.corpus.report import Progress
from builder.run.corpus.streaming import Stream, streamed
from builder.run.corpus.survey import Surveyed, to_do
from builder.run.corpus.work import Job, Workplace, read_issues, read_names, read_part, sum_up, work
from builder.run.corpus.writer import table_writer
from builder.tables.authors import authors_of, sum_names
from builder.tables.changes import WATCHED, id_changes
from builder.tables.figures import IdChanges
from builder.tables.issues import issue_rows, numbered
from builder.tables.tally import Tally, first_errors

_SUMMED_AT_ONCE = 32

Tell = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Assembled:
    """The keys of all shards, the rows of all tables, the figures, what was done to get there."""

    keys: tuple[str, ...]
    rows: Mapping[str, int]
    tally: Tally
    errors: tuple[tuple[str, str], ...]
    ledger: Ledger


def assemble_tables(
    ground: Ground, place: Workplace, folder: Path, execute: Executor, tell: Tell
) -> Assembled:
    """Have the parts made that are not there, and write all tables: the large ones as the parts come, in order."""
    missing = to_do(ground.surveyed, ground.kept)
    tally, ledger, keys = Tally(), Ledger(), list[str]()
    found = issue_rows(ground.found.issues)
    tally.add_issues(found)
    with ExitStack() as stack:
        with stage("start workers"):
            team = stack.enter_context((execute if missing else serial)(place, len(missing)))
        with streamed(folder) as stream:
            done = _done(ground.surveyed, missing, place, team, ledger)
            written = _interleaved if ground.interleaved else _one_by_one
            for key in written(ground.kept, _followed(done, ground.surveyed, tally, tell), stream, tally):
                keys.append(key)
        with stage("sum names"):
            names = sum_names(read_names(_few([ground.kept.sums(key) for key in keys], team)))
    small = {"authors": authors_of(names), "issues": numbered([found, *read_issues(ground.kept, keys)])}
    rows = stream.rows | _written(folder, small)
    return Assembled(tuple(keys), rows, tally, first_errors(small["issues"]), ledger)


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


def _one_by_one(kept: Kept, keys: Iterator[str], stream: Stream, tally: Tally) -> Iterator[str]:
    """Write the rows of each part as it comes; it stays if there is room for it, else it goes at once."""
    room = kept.most_bytes
    for key in keys:
        room -= kept.size(key)
        tally.add(stream.add(read_part(kept, key), kept.rows(key) if room >= 0 else None))
        if room < 0:
            kept.drop(key)
        yield key


def _interleaved(kept: Kept, keys: Iterator[str], stream: Stream, tally: Tally) -> Iterator[str]:
    """Write the rows of all parts when all have come; then those go for which there is no room."""
    all_keys = []
    for key in keys:
        tally.add_issues(read_part(kept, key).issues)
        all_keys.append(key)
    for part in interleaved(kept, all_keys):
        tally.add(stream.add(part))
    sizes = accumulate(map(kept.size, all_keys))
    for key, size in zip(all_keys, sizes, strict=True):
        if size > kept.most_bytes:
            kept.drop(key)
    yield from all_keys


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
    so_far = Progress(0, sum(len(one.shard) for one in surveyed), 0, sum(one.size for one in surveyed), 0)
    for key, one in zip(keys, surveyed, strict=True):
        yield key
        captures, size = so_far.captures + len(one.shard), so_far.bytes + one.size
        so_far = replace(so_far, captures=captures, bytes=size, issues=tally.issues.total())
        tell(so_far)


def _few(files: Sequence[Path], team: Team) -> Sequence[Path]:
    """Files with the same sums of names, no more than are read at once: a tree whose nodes the team works out."""
    while len(files) > _SUMMED_AT_ONCE:
        starts = range(0, len(files), _SUMMED_AT_ONCE)
        files = list(team(sum_up, [files[start : start + _SUMMED_AT_ONCE] for start in starts]))
    return files
