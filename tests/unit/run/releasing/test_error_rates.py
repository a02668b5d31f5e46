"""The rates that datasheets quote are those that were measured."""

import json

from builder.core.packaged import data_text
from builder.run.releasing.error_rates import error_rates


def test_the_rates_are_those_of_the_benchmarks() -> None:
    """Each kind of planted copy has a row, and the languages' shares come to all texts."""
    rates = error_rates()
    measured = json.loads(data_text("_data/measured", "duplicates.json"))["kinds"]
    assert [row[:3] for row in rates["near_duplicates"]["rows"]] == [
        [kind, one["planted"], one["alike"]] for kind, one in measured.items()
    ]
    (row,) = rates["language"]["rows"]
    assert abs(sum(float(share.rstrip(" %")) for share in row[2:]) - 100) < 0.11
