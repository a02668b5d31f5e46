"""The units of a round as its tasks show them, from the built tables and, for captures, the raw files."""

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from builder.annotate.planning.review import capture_unit, suggestion
from builder.annotate.planning.units import NEEDED, text_units
from builder.annotate.questionnaire.questions import LabelConfig
from builder.annotate.tasks import Unit
from builder.core.settings import Settings
from builder.core.tablefile import read_table
from builder.run.corpus.record import read_record
from builder.run.corpus.source import canonical_text
from builder.run.corpus.withdrawn import leaving

Shown = tuple[Unit, dict[str, Any] | None]
"""A unit, and the prediction that prefills its task, if any."""


def shown(settings: Settings, config: LabelConfig, ids: Iterable[str]) -> Iterator[Shown]:
    """The units of these ids, those left out that are in the tables no more or were withdrawn.

    Raises ``DataError`` where a raw capture is not what it was when the tables were built.
    """
    away = leaving(settings)
    wanted = sorted(set(ids) - away.units(config.unit_type))
    if config.unit_type == "capture":
        yield from _captures(settings, config, wanted)
        return
    tables = {name: read_table(settings.tables_dir, name, columns) for name, columns in NEEDED.items()}
    named = settings.commenters == "named"
    units = text_units(config.unit_type, wanted, tables, named=named, withdrawn=away.comments)
    yield from ((unit, None) for unit in units)


def _captures(settings: Settings, config: LabelConfig, ids: list[str]) -> Iterator[Shown]:
    record = read_record(settings.tables_dir)
    articles = _of(read_table(settings.tables_dir, "articles", NEEDED["articles"]), ids)
    columns = ("article_id", "ordinal", "kind", "char_start", "char_end", "comment_id")
    segments = _of(read_table(settings.tables_dir, "segments", columns), ids)
    for row in articles.to_pylist():
        text = canonical_text(settings.tables_dir, record, row["capture"], row["raw_sha256"])
        yield (
            capture_unit(row, text),
            suggestion(config, text, _of(segments, [row["article_id"]]).to_pylist()),
        )


def _of(table: pa.Table, ids: list[str]) -> pa.Table:
    return table.filter(pc.is_in(table["article_id"], value_set=pa.array(ids, pa.string())))
