"""The merged tables and every label set held against their schemas."""

from builder.contracts.catalogue import ANNOTATION, LABELS
from builder.core.settings import Settings
from builder.core.staging import MARK
from builder.run.corpus.soundness import verified
from builder.run.corpus.verify import Verdict
from builder.run.labels.label_set_record import label_set_names


def verify_annotation(settings: Settings) -> tuple[Verdict, ...]:
    """What a check finds in the merged tables and in each label set, as far as there are any.

    Raises ``DataError`` where a table is missing or cannot be read.
    """
    merged, sets = settings.merged_dir, settings.label_sets_dir
    found = [verified(merged, ANNOTATION)] if (merged / MARK).is_file() else []
    return (*found, *(verified(sets / name, LABELS) for name in label_set_names(sets)))
