"""The merged annotations of a dataset, with what they say."""

from builder.annotate.questionnaire.documents import Answered, answered
from builder.annotate.questionnaire.questions import LabelConfig
from builder.core.settings import Settings
from builder.core.tablefile import read_table
from builder.run.annotation.merge_record import read_merge_record

_NEEDED = ("tasks", "annotations", "answers", "spans")


def merged_answers(settings: Settings, config: LabelConfig) -> tuple[Answered, ...]:
    """The merged annotations under a config; ``DataError`` where nothing was merged yet."""
    read_merge_record(settings.merged_dir)
    tables = {name: read_table(settings.merged_dir, name) for name in _NEEDED}
    return tuple(answered(tables, config.name, config.questions))
