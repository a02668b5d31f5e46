"""What is slow to import is imported only when it is needed."""

import subprocess
import sys

import pyarrow as pa

from builder.contracts.arrow import arrow_schema

CHECK = """
import sys
import pyarrow as pa
from builder.contracts.columns import check_columns
from builder.contracts.records import read_record
assert not check_columns(pa.ipc.open_stream(sys.stdin.buffer.read()).read_all(), "segments")
assert not read_record("capture_meta", b'{"language": "en"}').faults
print(sorted({"jsonschema", "hypothesis", "pandas"} & set(sys.modules)))
"""


ROW = {
    "article_id": f"a{0:020x}",
    "ordinal": 0,
    "kind": "comment",
    "char_start": 0,
    "char_end": 5,
    "comment_id": f"c{0:020x}",
    "probability": 0.5,
}


def test_good_data_needs_nothing_slow() -> None:
    """A table and a side file without a fault are checked without jsonschema, hypothesis and pandas."""
    table = pa.Table.from_pylist([ROW], schema=arrow_schema("segments"))
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    command = [sys.executable, "-c", CHECK]
    done = subprocess.run(command, input=sink.getvalue().to_pybytes(), capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"
