"""Tables as pandas frames whose types do not depend on what happens to be missing."""

from pathlib import Path

import pandas as pd
import pyarrow as pa

from builder.core.tablefile import read_table

_TYPES = {
    pa.string(): pd.StringDtype("pyarrow"),
    pa.int32(): pd.Int32Dtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.float32(): pd.Float32Dtype(),
    pa.float64(): pd.Float64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
}


def read_frame(folder: Path, name: str) -> pd.DataFrame:
    """A table as a frame with the types that ``builder.dataset.Dataset`` documents."""
    frame: pd.DataFrame = read_table(folder, name).to_pandas(types_mapper=_TYPES.get)
    return frame
