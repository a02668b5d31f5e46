"""The tables are written, shard by shard in order, from parts that are kept or come in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from builder.core.errors import DataError
from builder.core.memory import give_back_memory
from builder.core.stopwatch import stage
from builder.core.tablefile import read_table
from builder.run.corpus.executor import Team
from builder.run.corpus.ground import Ground
from builder.run.corpus.interleave import interleaved
from builder.run.corpus.kept import Kept
from builder.run.corpus.making import Making, Tell, followed
from builder.run.corpus.record import read_record
from builder.run.corpus.streaming import Stream, streamed
from builder.run.corpus.work import read_issues, read_names, read_part, sum_up
from builder.run.corpus.writer import table_writer
from builder.tables.authors import authors_of, sum_names
from builder.tables.changes import WATCHED, id_changes
from builder.tables.figures import IdChanges
from builder.tables.issues import issue_rows, numbered
from builder.tables.tally import Tally

_SUMMED_AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class Assembled:
    """The keys of all shards, the rows of all tables, the figures."""

    keys: tuple[str, ...]
    rows: Mapping[str, int]
    tally: Tally


def assemble_tables(ground: Ground, made: Making, keys: Iterator[str], folder: Path, tell: Tell) -> Assembled:
    """Write all tables: the large ones as the parts come, whose keys these are, in order."""
    tally, kept = Tally(), ground.kept
    found = issue_rows(ground.found.issues)
    tally.add_issues(found)
    with streamed(folder) as stream:
        write = _interleaved if ground.interleaved else _one_by_one
        told = followed(keys, ground.surveyed, tell, tally.issues.total)
        written = tuple(write(kept, told, stream, tally))
    give_back_memory()
    with stage("sum names"):
        authors = authors_of(sum_names(read_names(_few([kept.sums(key) for key in written], made.team))))
    issues = numbered([found, *read_issues(kept, written)])
    small = {"authors": _written(folder, "authors", [authors]), "issues": _written(folder, "issues", issues)}
    return Assembled(written, stream.rows | small, tally)


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
    kept.drop_excess(all_keys)
    yield from all_keys


def _written(folder: Path, name: str, pieces: Iterable[pa.Table]) -> int:
    """Write a whole table; how many rows it has."""
    with stage("write tables"), table_writer(folder, name) as writer:
        for rows in pieces:
            writer.write(rows)
    return writer.rows


def _few(files: Sequence[Path], team: Team) -> Sequence[Path]:
    """Files with the same sums of names, no more than are read at once: a tree whose nodes the team works out."""
    while len(files) > _SUMMED_AT_ONCE:
        starts = range(0, len(files), _SUMMED_AT_ONCE)
        files = list(team(sum_up, [files[start : start + _SUMMED_AT_ONCE] for start in starts]))
    return files
