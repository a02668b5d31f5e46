"""The merged tables that tell what people did and what a model had suggested to them."""

from collections.abc import Mapping, Sequence

import pyarrow as pa

from builder.core.errors import DataError
from builder.core.settings import Settings
from builder.core.tablefile import read_table
from builder.run.annotation.merge_record import read_merge_record

_READ = ("tasks", "annotations", "answers", "spans", "suggestions")


def work_tables(
    settings: Settings, columns: Mapping[str, Sequence[str]] | None = None
) -> dict[str, pa.Table]:
    """The tables by name, with these of their columns or with all.

    Raises ``DataError`` where nothing was merged, or by a builder without some of them.
    """
    record = read_merge_record(settings.merged_dir)
    if not set(_READ) <= set(record.schemas):
        raise DataError(f"{settings.merged_dir} was merged by an older builder. Merge again: builder merge")
    wanted = columns or dict.fromkeys(_READ)
    return {name: read_table(settings.merged_dir, name, wanted[name]) for name in _READ}
