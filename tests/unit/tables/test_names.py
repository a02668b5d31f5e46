"""Names: who signs, under which id, and how often."""

from collections import Counter

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from builder.contracts.arrow import arrow_schema
from builder.core.ids import author_id, name_key
from builder.tables.authors import authors_of, sum_names
from builder.tables.names import Signed, sign

NAMES = ["Ann", "ANN", "ann", "Bob", "Straße", "STRASSE", "Ａｎｎ", "Ann  Lee", "ann lee", "中"]
SIGNED = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(NAMES)), max_size=20).map(
    lambda rows: sorted(rows, key=lambda row: row[0])
)
SOURCES = ["herald", "gazette", "herald", "mirror"]


def signatures(rows: list[tuple[int, str]], sources: list[str] = SOURCES) -> Signed:
    """The names of comments in texts of these sources."""
    text = np.array([each for each, _ in rows], dtype=np.int64)
    return sign(pa.array([name for _, name in rows], pa.string()), text, sources)


@given(SIGNED)
def test_each_name_has_its_id(rows: list[tuple[int, str]]) -> None:
    """A name's id is that of its source and its folded form."""
    wanted = [author_id(SOURCES[text], name_key(name)) for text, name in rows]
    assert signatures(rows).author_id.to_pylist() == wanted


@given(SIGNED)
def test_counts_are_those_of_the_rows(rows: list[tuple[int, str]]) -> None:
    """Each spelling has its comments, and its articles where it is the author's first spelling; sums are true."""
    names = signatures(rows).names
    assert names.schema == arrow_schema("authors").remove_metadata()
    comments = Counter((SOURCES[text], name) for text, name in rows)
    first: dict[tuple[int, str], str] = {}
    for text, name in rows:
        first.setdefault((text, name_key(name)), name)
    articles = Counter((SOURCES[text], name) for (text, _), name in first.items())
    found = {
        (row["source"], row["name"]): (row["n_comments"], row["n_articles"]) for row in names.to_pylist()
    }
    assert found == {key: (count, articles[key]) for key, count in comments.items()}
    for row in authors_of(sum_names([names])).to_pylist():
        own = [
            text for text, name in rows if (SOURCES[text], name_key(name)) == (row["source"], row["name_key"])
        ]
        assert (row["n_comments"], row["n_articles"]) == (len(own), len(set(own)))


def test_the_same_name_at_another_source_is_another_author() -> None:
    """Equal names at two sources have two ids, and at one source, however they are spelt, one."""
    found = signatures([(0, "Ann"), (1, "Ann"), (2, "ANN")]).author_id.to_pylist()
    assert found[0] == found[2] != found[1]


def test_nobody_signs_nothing() -> None:
    """Without a named comment there are no ids and no rows, with the columns all the same."""
    for sources in (SOURCES, []):
        found = signatures([], sources)
        assert len(found.author_id) == 0
        assert found.author_id.type == pa.string()
        assert found.names == arrow_schema("authors").remove_metadata().empty_table()
