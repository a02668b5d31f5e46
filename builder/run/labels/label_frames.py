"""The label sets of a dataset as pandas frames."""

from pathlib import Path

import pandas as pd

from builder.core.errors import DataError
from builder.run.annotation.merge_record import dataset_of
from builder.run.corpus.frames import read_frame
from builder.run.labels.label_set_record import label_set_names, read_label_set_record


def label_frame(tables: Path, name: str) -> pd.DataFrame:
    """A table of labels of all label sets that belong to a folder of tables, one set below the other.

    Raises ``DataError`` where there is no label set, or one was written by another version.
    """
    home = dataset_of(tables).label_sets_dir
    names = label_set_names(home)
    if not names:
        raise DataError(f"There are no label sets in {home}. Make one: builder aggregate")
    for each in names:
        read_label_set_record(home / each)
    return pd.concat([read_frame(home / each, name) for each in names], ignore_index=True)
