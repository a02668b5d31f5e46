"""Whether a release follows the one before it as its version, its changes and its rows say."""

from collections.abc import Iterable, Iterator
from hashlib import sha256

import pyarrow as pa

from builder.contracts.faults import Fault, shortened
from builder.core.errors import DataError
from builder.core.tablefile import table_in
from builder.release.changes import changes
from builder.release.contents import FACTS, MANIFEST, Contents, entry
from builder.release.diff import diff
from builder.release.difference import Difference, keys_of
from builder.release.faults import fault, of_rows
from builder.release.since import with_since
from builder.release.tiers import SINCE
from builder.release.version import Bump, Version, bump_of
from builder.release.withdrawal.purge import PURGED
from builder.tables.check_buffer import unequal


def bump_between(old: Contents, new: Contents, difference: Difference) -> Bump:
    """The bump that the way from one release to the other demands."""
    same = all(old.digest(name) == new.digest(name) for name in {*old.schemas, *new.schemas})
    keys = [entry(one.told, "privacy").get("key_id") for one in (old, new)]
    return bump_of(difference, same=same, rotated=keys[0] != keys[1])


def version_faults(old: Contents, new: Contents) -> Iterator[Fault]:
    """A version that is too small for what has changed, changes that are told wrongly, rows of the wrong age.

    Nothing is said where one of the two was purged after it was cut: they differ by that too.
    """
    if any(entry(one.told, PURGED) for one in (old, new)):
        return
    told = entry(new.told, "previous")
    if told.get("version") != old.release.get("version"):
        said = f"it follows {told.get('version') or 'no other'}, not {old.release.get('version')}"
        yield fault(FACTS, "previous", said)
        return
    digest = sha256(old.tree.files.get(MANIFEST, b"")).hexdigest()
    if told.get("manifest_sha256") != digest:
        said = (
            f"the version before has a manifest with the SHA-256 {digest}, not {told.get('manifest_sha256')}"
        )
        yield fault(FACTS, "previous", said)
    difference = diff(old.side, new.side)
    yield from _version(old, new, difference)
    yield from _counts(new, difference)
    yield from _changes(new, difference)
    yield from _ages(new, difference)


def _version(old: Contents, new: Contents, difference: Difference) -> Iterator[Fault]:
    before, after = (Version.parse(str(one.release["version"])) for one in (old, new))
    bump = bump_between(old, new, difference)
    if after < bump.least(before):
        said = f"{after} is too small a step from {before}; {bump.least(before)} is the least: {bump.why(before)}"
        yield fault(FACTS, "version", said)


def _counts(new: Contents, difference: Difference) -> Iterator[Fault]:
    told = entry(new.release, "rows_changed")
    for name, counts in difference.counts().items():
        if told.get(name) != counts:
            said = f"{name}: it says {shortened(told.get(name))}, but the two versions differ by {counts}"
            yield fault(FACTS, "changes", said)


def _changes(new: Contents, difference: Difference) -> Iterator[Fault]:
    """Tables of changes that say something else than the two versions do."""
    reason = new.told.get("reason")
    strange = {path for path in new.tree.files if path.startswith("changes/")}
    for name, due in changes(difference, reason if isinstance(reason, str) else None):
        path = f"changes/{name}.parquet"
        if path not in strange:
            yield fault(path, "changes", "the file is missing")
        elif not _alike(_table_in(new, path), due):
            yield fault(path, "changes", "it does not list what the two versions differ by")
        strange.discard(path)
    for path in sorted(strange):
        yield fault(path, "changes", "the file is there, but nothing changed in this table")


def _alike(stored: pa.Table | None, due: Iterable[pa.Table]) -> bool:
    """Whether a table has the columns and values that are due, however its file declares them."""
    first = 0
    if stored is None:
        return False
    for piece in due:
        some = stored.slice(first, piece.num_rows)
        if some.columns != piece.columns or some.column_names != piece.column_names:
            return False
        first += piece.num_rows
    return bool(first == stored.num_rows)


def _table_in(release: Contents, path: str) -> pa.Table | None:
    try:
        return table_in(release.tree.files[path], path)
    except DataError:
        return None


def _ages(new: Contents, difference: Difference) -> Iterator[Fault]:
    """Rows that are said to be older or newer than they are."""
    for name, table in new.tables.items():
        due = with_since({name: table.drop_columns([SINCE])}, difference, str(new.release["version"]))
        rows = unequal(table[SINCE].combine_chunks(), due[name][SINCE].combine_chunks())
        keys = keys_of(table, new.contracts[name].key, rows)
        yield from of_rows((name, SINCE), "since", keys, "the row is not as old as it says")
