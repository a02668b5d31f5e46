"""Which label sets there are, and whether answers were merged since the last of them."""

from builder.core.errors import DataError
from builder.core.plural import number
from builder.core.settings import Settings
from builder.core.staging import MARK
from builder.core.storage import written_at
from builder.run.corpus.stage import LATER, MISSING, READY, STALE, Stage
from builder.run.labels.label_set_record import label_set_names, read_label_set_record

_MAKE = "builder aggregate"


def labels_stage(settings: Settings) -> Stage:
    """The label sets of a dataset; stale where answers were merged since the last of them was made."""
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
    made = max(written_at(home / name / MARK) for name in names)
    if written_at(settings.merged_dir / MARK) > made:
        return Stage("labels", STALE, settings.label_sets, (*facts, "answers were merged since then"), _MAKE)
    return Stage("labels", READY, settings.label_sets, tuple(facts), "")
