"""The checks raise no false alarm, and let no cell of theirs be changed unnoticed."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.contracts import catalogue
from builder.contracts.strategies import valid_values
from builder.tables.check import check_tables
from builder.tables.check_raw import check_against_raw
from tests.unit.tables.corpus import PAGES, Comment, Dataset, Page, dataset

LINE = st.text(st.sampled_from("abcz .,é中🐘"), min_size=1, max_size=8)
NAME = st.sampled_from(["Ann", " ann", "Bob ", "Ｂｏｂ", "👩 Zoe"])
COMMENT = st.builds(Comment, st.none() | NAME, st.lists(LINE, min_size=1, max_size=3))
CAPTURES = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=4)
# Columns that neither rows nor captures can contradict, in all cells or in some.
FREE = {
    "articles": "source layout url published_at licence lang lang_score parse_confidence",
    "comments": "parent_id depth posted_at gap_before lang lang_score parse_confidence",
    "authors": "name",
    "segments": "kind probability",
    "issues": "capture char_start char_end code message",
}


def page(name: str) -> st.SearchStrategy[Page]:
    """A page of that name with arbitrary text."""
    paragraphs, comments = st.lists(LINE, max_size=2), st.lists(COMMENT, max_size=4)
    return st.builds(
        Page, st.just(f"herald/{name}.txt"), st.none() | LINE, st.none() | LINE, paragraphs, comments
    )


def faults(made: Dataset) -> list[str]:
    """What both checks say."""
    found = (*check_tables(made.tables), *check_against_raw(made.tables, made.read))
    return [fault.message for fault in found]


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(CAPTURES.flatmap(lambda names: st.tuples(*map(page, names))))
def test_what_is_true_passes(pages: tuple[Page, ...]) -> None:
    """Tables that were made of their captures have no faults, whatever the captures say."""
    assert faults(dataset(pages)) == []


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(catalogue.CORPUS), st.data())
def test_no_cell_changes_unnoticed(name: str, data: st.DataObject) -> None:
    """Another valid value in any one cell is found."""
    good = dataset(PAGES)
    row = data.draw(st.integers(0, good.tables[name].num_rows - 1))
    columns = [column for column in catalogue.table(name).columns if column.name not in FREE[name].split()]
    column = data.draw(st.sampled_from(columns))
    present = good.tables[name][column.name][row].as_py()
    other = data.draw(valid_values(column).filter(lambda value: value != present))
    assert faults(good.with_cell(name, row, column.name, other)) != []
