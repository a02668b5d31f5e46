"""Tables as windows of articles."""

import pyarrow as pa
import pytest

from builder.tables import check_windows
from builder.tables.check_keys import rising
from builder.tables.check_windows import WINDOWED, Window, windows
from tests.unit.tables.corpus import Dataset
from tests.unit.tables.passing import passing


def cut(made: Dataset, rows: int = 2) -> list[Window]:
    """The windows of a dataset that comes in pieces of so many rows."""
    pieces = passing(made, rows)
    return list(windows({name: pieces[name] for name in WINDOWED}))


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows that end as soon as they can."""
    monkeypatch.setattr(check_windows, "_BYTES", 1)


@pytest.mark.usefixtures("small")
def test_windows_are_the_tables(good: Dataset) -> None:
    """Put together again, windows are the tables, and each says where in them it begins."""
    found = cut(good)
    assert len(found) > 1
    for name in WINDOWED:
        column = good.tables[name]["article_id"].combine_chunks()
        assert (
            pa.concat_arrays(
                [one.tables[name]["article_id"].combine_chunks().cast("string") for one in found]
            )
            == column
        )
        assert [one.first[name] for one in found] == [
            sum(one.tables[name].num_rows for one in found[:place]) for place in range(len(found))
        ]


@pytest.mark.usefixtures("small")
def test_an_article_is_whole(good: Dataset) -> None:
    """All rows of an article are in one window, and windows know their bounds."""
    seen: set[str] = set()
    for window in cut(good):
        here = {one for table in window.tables.values() for one in table["article_id"].to_pylist()}
        assert not here & seen
        assert window.is_ordered()
        seen |= here


def test_little_is_one_window(good: Dataset) -> None:
    """What is small comes at once; and no rows are a window without any."""
    assert len(cut(good)) == 1
    (empty,) = cut(Dataset({name: table.slice(0, 0) for name, table in good.tables.items()}, {}))
    assert [table.num_rows for table in empty.tables.values()] == [0, 0, 0]


@pytest.mark.usefixtures("small")
def test_disorder_shows(good: Dataset) -> None:
    """Articles in another order make windows whose rows are not within their bounds, or not in order."""
    rows = good.tables["articles"].to_pylist()
    for turned in (rows[::-1], [rows[1], rows[0], *rows[2:]], [*rows[1:], rows[0]]):
        found = cut(good.with_rows("articles", turned), 1)
        ordered = [rising(window.tables["articles"], ("article_id",)).all() for window in found]
        assert not all(ordered) or not all(window.is_ordered() for window in found)
