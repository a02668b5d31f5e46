"""What the tables of the corpus say of the units that were labelled: their sources, the lengths of their texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from builder.core.tablefile import read_table
from builder.labels.arrays import Ints, ints
from builder.labels.sheets import Sheet

_TEXTS: Mapping[str, tuple[str, str]] = {
    "comment": ("comments", "comment_id"),
    "article": ("articles", "article_id"),
}


@dataclass(frozen=True, slots=True)
class LabelUnits:
    """The tables of the corpus in a folder, of which only what is asked for is read."""

    folder: Path

    def sources(self, unit_ids: pa.ChunkedArray) -> pa.ChunkedArray:
        """The source of each unit; null where the tables have no such unit any more."""
        articles = read_table(self.folder, "articles", ("article_id", "source"))
        comments = read_table(self.folder, "comments", ("comment_id", "article_id"))
        of_comment = _looked_up(unit_ids, comments["comment_id"], comments["article_id"])
        return _looked_up(pc.coalesce(of_comment, unit_ids), articles["article_id"], articles["source"])

    def lengths(self, sheet: Sheet) -> Ints:
        """The length of each unit's text in code points; 0 where the tables have no such unit any more."""
        units = pa.array(sheet.units, pa.string())
        if sheet.unit_type in _TEXTS:
            name, key = _TEXTS[sheet.unit_type]
            table = read_table(self.folder, name, (key, "text"))
            found = _looked_up(units, table[key], pc.utf8_length(table["text"]))
        else:
            ends = read_table(self.folder, "segments", ("article_id", "char_end"))
            last = ends.group_by("article_id", use_threads=False).aggregate([("char_end", "max")])
            found = _looked_up(units, last["article_id"], last["char_end_max"])
        return ints(pc.fill_null(found, 0))


def _looked_up(wanted: pa.Array, keys: pa.ChunkedArray, values: pa.ChunkedArray) -> pa.Array:
    return values.combine_chunks().take(pc.index_in(wanted, value_set=keys.combine_chunks()))
