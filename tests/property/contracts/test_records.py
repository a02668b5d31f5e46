"""The fast path of records accepts nothing that jsonschema refuses, and next to all that it accepts."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from builder.contracts import authority, catalogue
from builder.contracts.entries import surely_accepted
from builder.contracts.records import record_faults

URLS = st.from_regex(r"https?://[a-z]{1,5}(/[a-z é\n]{0,3})?", fullmatch=True)
MOMENTS = st.datetimes().map(lambda moment: f"{moment.isoformat()}Z") | st.just("2031-03-14")
LANGUAGES = st.sampled_from(["en", "pt-BR", "EN", "en\n", "x", "zh-Hans-CN"])
VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=3) | URLS | MOMENTS | LANGUAGES
NAMES = st.sampled_from([*catalogue.table("capture_meta").names, "titel"])
RECORDS = st.dictionaries(NAMES, VALUES, max_size=4) | VALUES | st.lists(VALUES, max_size=2)


@given(RECORDS)
def test_both_paths_agree(values: Any) -> None:
    """Any JSON value is a good side file for both or for neither."""
    refused = [error.message for error in authority.errors_of(catalogue.schema("capture_meta"), values)]
    assert surely_accepted(catalogue.table("capture_meta"), values) is not bool(refused)
    assert len(record_faults("capture_meta", values)) == len(refused)
