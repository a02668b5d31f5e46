"""Which releases hold what was withdrawn since they were cut."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from builder.core.errors import DataError, UsageError
from builder.core.settings import Settings
from builder.core.tablefile import read_table
from builder.release.privacy.keyed import released_id
from builder.release.withdrawal.tombstones import WITHDRAWN
from builder.run.corpus.withdrawn import leaving
from builder.run.releasing.keys import older_keys, read_key
from builder.run.releasing.places import Listed


def holders(settings: Settings, home: Path) -> Callable[[Listed], bool]:
    """Tells of a release whose folder is in ``home`` whether it holds anything that was withdrawn.

    Of one that is elsewhere nothing is known, so that it does not count as one that does.
    """
    away = frozenset(_withdrawn_ids(settings))
    ids = pa.array(sorted(away), pa.string())
    return lambda one: bool(away) and _holds(home / one.folder / "data", ids)


def _withdrawn_ids(settings: Settings) -> Iterator[str]:
    """The ids of all that was withdrawn, at home and under each key that releases were cut with."""
    keys = _secrets(settings)
    for one in leaving(settings).withdrawals:
        yield one.unit_id
        yield from (released_id(key, one.unit_id) for key in keys)


def _secrets(settings: Settings) -> list[bytes]:
    try:
        key = read_key(settings)
    except (UsageError, DataError):  # whoever has no key cuts for the house alone
        return []
    return [key.secret, *(read_key(settings, file).secret for file in older_keys(key))]


def _holds(data: Path, ids: pa.Array) -> bool:
    try:
        comments = read_table(data, "comments", ("comment_id", "attribution"))
        others = [read_table(data, f"{kind}s", (f"{kind}_id",)) for kind in ("article", "author")]
    except DataError:
        return False
    standing = comments.filter(pc.not_equal(comments["attribution"], WITHDRAWN))
    return any(pc.any(pc.is_in(table[0], value_set=ids)).as_py() for table in (standing, *others))
