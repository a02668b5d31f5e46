"""Which label sets there are, and whether any is made of the answers as they are now."""

from collections.abc import Sequence

from builder.core.errors import DataError
from builder.core.plural import number
from builder.core.settings import Settings
from builder.core.staging import MARK
from builder.core.storage import written_at
from builder.run.corpus.stage import LATER, MISSING, READY, STALE, Stage
from builder.run.labels.label_set_record import (
    LabelSetRecord,
    label_set_names,
    merged_sha256,
    read_label_set_record,
)

_MAKE = "builder aggregate"


def labels_stage(settings: Settings) -> Stage:
    """The label sets of a dataset; stale where none is made of the answers as they are merged now."""
    home = settings.label_sets_dir
    names = label_set_names(home)
    if not names:
        return Stage("labels", LATER, settings.label_sets, ("no label set yet",), _MAKE)
    try:
        records = [read_label_set_record(home / name) for name in names]
    except DataError as error:
        return Stage("labels", MISSING, settings.label_sets, (str(error),), "")
    facts = [
        f"{one.label_set}: {number(one.rows['labels'], 'label')}, {one.how['method']}" for one in records
    ]
    if _behind(settings, records):
        change = "answers were merged since then"
        return Stage("labels", STALE, settings.label_sets, (*facts, change), _MAKE, (change,))
    return Stage("labels", READY, settings.label_sets, tuple(facts), "")


def _behind(settings: Settings, records: Sequence[LabelSetRecord]) -> bool:
    """Whether answers were merged after every label set, and are others than any of them was made of."""
    home = settings.label_sets_dir
    made = max(written_at(home / one.label_set / MARK) for one in records)
    if written_at(settings.merged_dir / MARK) <= made:
        return False
    return merged_sha256(settings.merged_dir) not in {one.merged_sha256 for one in records}
