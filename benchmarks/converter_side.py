"""The SDK's own way from an export to a table: `python -m benchmarks.converter_side EXPORT.json FOLDER`."""

import sys
from typing import Any

from label_studio_sdk.converter import converter

from benchmarks.exported import XML

if __name__ == "__main__":
    untyped: Any = converter
    made = untyped.Converter(XML, project_dir=None, download_resources=False)
    made.convert(sys.argv[1], sys.argv[2], "CSV", is_dir=False)
