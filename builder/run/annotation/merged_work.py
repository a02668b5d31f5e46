"""The merged tables that tell what people did and what a model had suggested to them."""

import pyarrow as pa

from builder.core.errors import DataError
from builder.core.settings import Settings
from builder.core.tablefile import read_table
from builder.run.annotation.merge_record import read_merge_record

_READ = ("tasks", "annotations", "answers", "spans", "suggestions")


def work_tables(settings: Settings) -> dict[str, pa.Table]:
    """The tables by name; ``DataError`` where nothing was merged, or by a builder without some of them."""
    record = read_merge_record(settings.merged_dir)
    if not set(_READ) <= set(record.schemas):
        raise DataError(f"{settings.merged_dir} was merged by an older builder. Merge again: builder merge")
    return {name: read_table(settings.merged_dir, name) for name in _READ}
