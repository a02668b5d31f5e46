"""A lean process: it builds without loading pandas."""

import subprocess
import sys

LEAN = """
import sys
from builder.core.lean import leave_pandas_out
leave_pandas_out()
import numpy, pyarrow, pyarrow.compute, pyarrow.parquet
pyarrow.array(["a", None]), pyarrow.array(numpy.arange(3)), pyarrow.table({"a": [1]})
print("pandas" in sys.modules)
import pandas
print(pandas.DataFrame({"a": [1]}).shape)
"""


def test_arrow_leaves_pandas_alone() -> None:
    """After that no column of Python values loads pandas, while whoever asks for it still gets it."""
    done = subprocess.run([sys.executable, "-c", LEAN], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n(1, 1)\n"


def test_frames_stay_where_they_are_used() -> None:
    """In a process that has loaded pandas, tables still become frames."""
    code = f"import pandas\n{LEAN}\nprint(pyarrow.table({{'a': [1]}}).to_pandas().shape)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n(1, 1)\n(1, 1)\n"
