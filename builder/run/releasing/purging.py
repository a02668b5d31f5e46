"""An older release is purged: what was withdrawn after it is taken out, and everything about it is made anew."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from builder.contracts.columns import check_columns
from builder.core.errors import DataError, UsageError
from builder.core.immutable import replaced_once, written_once
from builder.core.lock import locked
from builder.core.storage import read_bytes
from builder.core.tablefile import table_in
from builder.core.tarball import write_tar
from builder.core.tree import read_tree
from builder.release.contents import MANIFEST, Contents, contents, entry, sound
from builder.release.documents.rendering import render
from builder.release.manifest import manifest
from builder.release.withdrawal.ledger import KINDS, ledger_of_rows
from builder.release.withdrawal.purge import (
    PURGED,
    STATUS,
    lost_ids,
    purged_changes,
    purged_facts,
    purged_tables,
)
from builder.run.releasing.clock import Clock
from builder.run.releasing.facts import with_counts
from builder.run.releasing.places import list_anew, listed, listed_as
from builder.run.releasing.verifying import STAGES, faults_of
from builder.run.releasing.writing import write_changes, write_files, write_sums, write_tables


@dataclass(frozen=True, slots=True)
class Purge:
    """What a purge did: where the purged release is, how many units of each type left, labels and texts with them.

    ``rows`` says for each table how many rows it had and has.
    """

    folder: Path
    version: str
    units: Mapping[str, int]
    rows: Mapping[str, tuple[int, int]]

    def as_json(self) -> dict[str, Any]:
        """The report as values that ``json.dumps`` takes."""
        return {**asdict(self), "folder": str(self.folder)}


@dataclass(frozen=True, slots=True)
class _Made:
    """A purged release before it is written."""

    old: Contents
    tables: Mapping[str, pa.Table]
    lost: frozenset[str]
    units: Mapping[str, int]


def purge(release: Path, withdrawn: Path, out: Path | None = None) -> Purge:
    """Make a purged copy of a release (folder or tar) in a new folder, or, without ``out``, purge the folder itself.

    ``withdrawn`` is the table of that name of a later release. A release purged in place gets its tar beside it
    and its entry in releases.json anew, where they are there. Raises ``UsageError`` where there is nothing to
    take out, ``DataError`` where release or table cannot be read, or what was made would not verify.
    """
    made = _made(sound(contents(read_tree(release))), _withdrawn(withdrawn), release)
    place = (out or release).resolve()
    with locked(place), written_once(place) if out else replaced_once(place) as folder:
        _write(folder, made)
        _refuse_faults(folder)
    if out is None:
        _renew_beside(place, contents(read_tree(place)))
    counts = {name: (table.num_rows, made.tables[name].num_rows) for name, table in made.old.tables.items()}
    return Purge(place, str(made.old.release["version"]), made.units, counts)


def _withdrawn(file: Path) -> pa.Table:
    """The rows of a table ``withdrawn``; ``DataError`` where the file is none."""
    try:
        rows = table_in(read_bytes(str(file)), str(file))
    except OSError as error:
        raise DataError(
            f"{file} cannot be read: {error.strerror}. It is data/withdrawn.parquet of a release."
        ) from error
    names = ("unit_type", "unit_id", "version", "reason_class", "withdrawn_on")
    faults = [] if set(names) <= set(rows.column_names) else [f"it has no column {names}"]
    faults += [str(one) for one in check_columns(rows.select(names), "withdrawn")] if not faults else []
    if faults:
        raise DataError(
            f"{file} is no table of withdrawals: {faults[0]}. It is data/withdrawn.parquet of a release."
        )
    return rows


def _made(old: Contents, told: pa.Table, release: Path) -> _Made:
    version = str(old.release["version"])
    tables = purged_tables(old.tables, old.contracts, ledger_of_rows(told.to_pylist()), told, version)
    lost = lost_ids(old.tables, tables) - lost_ids(old.tables, old.tables)
    if not lost:
        raise UsageError(
            f"{release} has nothing of what {told.num_rows:,} rows say was withdrawn: no need to purge it. "
            "Ids are made with a key: does the table come from a release with the same key_id in its manifest.json?"
        )
    listed_now = tables["withdrawn"].filter(pc.is_in(tables["withdrawn"]["unit_id"], pa.array(sorted(lost))))
    gone = Counter(listed_now["unit_type"].to_pylist())
    before = entry(old.told, PURGED)
    units = {kind: int(before.get(kind, 0)) + gone[kind] for kind in KINDS.values()}
    return _Made(old, tables, lost, units)


def _write(folder: Path, made: _Made) -> None:
    """Write all files of the purged release."""
    old = made.old
    files = write_tables(folder, made.tables, old.contracts)
    changes = {
        path.removeprefix("changes/").removesuffix(".parquet"): [
            purged_changes(table_in(content, path), made.lost)
        ]
        for path, content in old.tree.files.items()
        if path.startswith("changes/")
    }
    others = write_changes(folder, changes.items())
    others |= write_files(folder, {path: old.tree.files[path] for path in _untouched(old)})
    facts = purged_facts(old.facts, files, others, made.units)
    whole = with_counts(facts, made.tables, old.schemas)
    documents = {**render(whole, old.schemas), MANIFEST: manifest(whole, old.schemas)}
    hashes = write_files(folder, documents)
    write_sums(folder, {**hashes, **others, **{one["path"]: one["sha256"] for one in files.values()}})


def _untouched(old: Contents) -> list[str]:
    """The files that hold nothing of units: what annotators were told."""
    return [path for path in entry(old.told, "other_files") if not path.startswith("changes/")]


def _refuse_faults(folder: Path) -> None:
    faults = list(faults_of(contents(read_tree(folder)), None, Clock(STAGES)))
    if faults:
        raise DataError(
            f"The purged release was not written, as it would not verify: {faults[0].place}: {faults[0].examples[0]}. "
            "Does the release itself verify? builder verify"
        )


def _renew_beside(place: Path, new: Contents) -> None:
    tar = place.with_name(f"{place.name}.tar")
    if tar.exists():
        write_tar(tar, place, place.name, date.fromisoformat(str(new.release["date"])))
    for one in listed(place.parent):
        if one.folder == place.name:
            entry = listed_as(place.parent, place.name, new.facts, one.made_of)
            list_anew(place.parent, replace(entry, status=STATUS))
