"""Whatever captures say and annotators answer, a release of it is whole, and so is the next one."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.core.tablefile import read_table
from builder.run.releasing.verifying import verify_release
from tests.unit.labels.merged import Said, said
from tests.unit.run.releasing.labelled_pages import cut_one, label, put_pages
from tests.unit.tables.corpus import Comment, Page

LINE = st.text(st.sampled_from('abcz .,"\\é中🐘\x01\u2028'), min_size=1, max_size=8).map(
    lambda said: f"x{said}x"
)
NAME = st.sampled_from(["Ann Lee", " ann lee", "Bob Oak ", "Ｂｏｂ Oak", "👩 Zoe Pine"])
COMMENT = st.builds(Comment, st.none() | NAME, st.lists(LINE, min_size=1, max_size=2))
TIERS = st.sampled_from(["open", "research", "private"])


def page(name: str) -> st.SearchStrategy[Page]:
    """A page of that name with arbitrary text."""
    comments = st.lists(COMMENT, max_size=3)
    return st.builds(
        Page,
        st.just(f"herald/{name}.txt"),
        st.none() | LINE,
        st.none() | LINE,
        st.lists(LINE, max_size=2),
        comments,
    )


PAGES = st.lists(st.sampled_from("abcde"), unique=True, min_size=1, max_size=3).flatmap(
    lambda names: st.tuples(*map(page, names))
)


@st.composite
def answered(draw: st.DrawFn, units: list[str]) -> list[Said]:
    """What two annotators say of some comments, with a mark in each."""
    chosen = draw(st.lists(st.sampled_from(units), max_size=2, unique=True)) if units else []
    tones = st.sampled_from(["civil", "rude", "hate"])
    ends = st.integers(1, 3)
    return [
        said(unit, who, tone=draw(tones), span=[(0, draw(ends), "slur")]) for unit in chosen for who in (1, 2)
    ]


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(PAGES, PAGES, TIERS, st.data())
def test_a_release_of_anything_is_whole(
    first: tuple[Page, ...], second: tuple[Page, ...], tier: str, data: st.DataObject
) -> None:
    """A release that was cut verifies, and so does the one after it, whatever became of the dataset."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "dataset")
        root.mkdir()
        for pages in (first, second):
            put_pages(root, pages)
            units = read_table(root / "data/tables", "comments")["comment_id"].to_pylist()
            home = label(root, *data.draw(answered(units)))
            made = cut_one(home, tier=tier)
            found = verify_release(made.folder)
            assert found.faults == ()
        assert (found.previous is not None) == made.new
