"""The tables on disk held against their schemas, against each other, and against the raw captures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from builder.contracts.catalogue import CORPUS
from builder.contracts.faults import Fault, merged
from builder.core.captures import read_captures
from builder.core.errors import UsageError
from builder.core.memory import keep_freed_memory
from builder.core.packed.names import parted
from builder.core.places import Place
from builder.core.tablefile import read_table, table_file
from builder.core.tablepieces import TablePieces
from builder.run.corpus.record import raw_of, read_record
from builder.tables.check import UNSOUND, check_tables
from builder.tables.check_copies import unmarked_copies
from builder.tables.check_keys import in_order
from builder.tables.check_passing import CODED, check_in_passing
from builder.tables.check_raw import Read, check_against_raw

Tell = Callable[[int, int], None]
"""Is told how many captures have been read again, of how many."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found: rows by table, faults, and where the raw captures were read again, if they were."""

    tables: Place
    rows: dict[str, int]
    faults: tuple[Fault, ...]
    raw: Place | None
    raw_missing: Place | None

    def as_json(self) -> dict[str, Any]:
        """The verdict as values that ``json.dumps`` takes."""
        return {
            "tables": str(self.tables),
            "rows": self.rows,
            "raw": None if self.raw is None else str(self.raw),
            "faults": [fault.as_json() for fault in self.faults],
            "ok": not self.faults,
        }


def verify(folder: Path, raw: Place | None = None, tell: Tell | None = None) -> Verdict:
    """Check the tables in a folder, against ``raw`` or the captures they were built from, if those are there.

    Raises ``DataError`` where there are no tables, ``UsageError`` where ``raw`` is given and not there.
    """
    if raw is not None and not raw.exists():
        raise UsageError(f"{raw} is not there. Name the raw captures: --raw DIR_OR_URL")
    keep_freed_memory()
    built_from = raw or raw_of(folder, read_record(folder))
    there = [name for name in CORPUS if table_file(folder, name).exists()]
    pieces = {name: TablePieces(folder, name, CODED.get(name, ())) for name in there}
    read = partial(read_captures, built_from) if built_from.exists() else None
    rows = {name: table.rows for name, table in pieces.items()}
    faults, compared = _faults(folder, pieces, read, _steps(rows.get("articles", 0), tell) if tell else None)
    places = (built_from, None) if read else (None, built_from)
    return Verdict(folder, rows, faults, *(places if compared else (None, None)))


def _faults(
    folder: Path, pieces: Mapping[str, TablePieces], read: Read | None, step: Callable[[int], None] | None
) -> tuple[tuple[Fault, ...], bool]:
    """All faults, and whether the tables could be read, so that they were compared with whatever there is.

    While tables pass by, their captures are read in the order of articles. Packed files are read from the beginning
    to the end and in their own order, for which all tables must be there; as they must to say what is wrong in them.
    """
    packed = read is not None and _any_packed(pieces.get("articles"))
    faults = None
    if len(pieces) == len(CORPUS):
        faults = check_in_passing(pieces, None if packed else read, step)
    if faults is not None and not packed:
        return faults, True
    tables = {name: read_table(folder, name) for name in pieces}
    if faults is None:
        faults = check_tables(tables)
        if any(fault.check in UNSOUND for fault in faults):
            return faults, False
        faults = (*faults, *merged(unmarked_copies(in_order(tables))))
    against = check_against_raw(tables, read, step) if read else ()
    return (*faults, *merged(against)), True


def _any_packed(articles: TablePieces | None) -> bool:
    """Whether any capture lies in a file with others."""
    if articles is None or not articles.has("capture", pa.string()):
        return False
    names = chain.from_iterable(
        some.to_pylist() for some in articles.some("capture", np.arange(articles.rows))
    )
    return any(parted(name) for name in names if name)


def _steps(total: int, tell: Tell) -> Callable[[int], None]:
    done = 0

    def step(captures: int) -> None:
        nonlocal done
        done += captures
        tell(done, total)

    return step
