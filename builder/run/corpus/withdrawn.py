"""The ledger of withdrawals on disk, and what it takes away from the dataset as it is now."""

from collections.abc import Collection, Iterable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from builder.annotate.tasks import WITHDRAWN
from builder.core.settings import Settings
from builder.core.storage import append, read_text
from builder.core.tablefile import read_table
from builder.release.withdrawal.ledger import Entry, Ledger, as_line, ledger_of
from builder.release.withdrawal.units import Gone, gone

_COLUMNS = ("comment_id", "article_id", "author_id", "text", "text_sha256")
_SAID = ("headline", "caption", "text")
_NOTHING = Gone(frozenset(), frozenset(), frozenset(), (), frozenset())


def read_ledger(settings: Settings) -> Ledger:
    """What was withdrawn from a dataset; nothing where there is no ledger. ``DataError`` where it is damaged."""
    return ledger_of(read_text(settings.withdrawals_file) or "", settings.withdrawals)


def add_to_ledger(settings: Settings, entries: Iterable[Entry]) -> None:
    """Write entries at the end of the ledger."""
    append(settings.withdrawals_file, "".join(map(as_line, entries)).encode())


def leaving(settings: Settings, ledger: Ledger | None = None) -> Gone:
    """What the ledger (or another one) takes away from the built tables; read only where anything was withdrawn."""
    known = read_ledger(settings) if ledger is None else ledger
    if not known.withdrawals:
        return _NOTHING
    return gone({"comments": _comments(settings)}, known)


def unsaid(settings: Settings, tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """Articles and comments to be shown to people, with a word in the place of what was withdrawn."""
    away = leaving(settings)
    gone_ids = {"articles": away.articles, "comments": away.comments}
    return {
        name: _unsaid(table, gone_ids[name]) if gone_ids[name] else table for name, table in tables.items()
    }


def _unsaid(table: pa.Table, ids: Collection[str]) -> pa.Table:
    mine = pc.is_in(table[table.column_names[0]], value_set=pa.array(sorted(ids), pa.string()))
    for name in _SAID:
        if name in table.column_names:
            values = pc.if_else(mine, WITHDRAWN, table[name])
            table = table.set_column(table.column_names.index(name), name, values)
    return table


def _comments(settings: Settings) -> pa.Table:
    return read_table(settings.tables_dir, "comments", _COLUMNS)
