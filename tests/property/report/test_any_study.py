"""Whatever was commented and answered, the page is sound and shows it as text."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.report.page import page, sections
from builder.report.study import Round, Study
from tests.unit.labels.merged import TARGET, TONE
from tests.unit.report.reading import faults_of, read
from tests.unit.report.studies import article, comment, labels, said, study

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    ["<script>", "</td>", "&amp;", '"', "]]>", "<!--", "</style>", "$x$", "\x00", "\u202e", "\\frac{1}{2}"]
)
ARTICLES = st.lists(
    st.fixed_dictionaries(
        {
            "source": TEXT,
            "capture": TEXT,
            "headline": st.none() | TEXT,
            "n_comments": st.integers(0, 10**6),
            "lang": st.none() | TEXT,
            "parse_confidence": st.floats(0, 1, width=32),
        }
    ),
    max_size=4,
)
COMMENTS = st.lists(
    st.fixed_dictionaries(
        {"text": TEXT, "lang": st.none() | TEXT, "attribution": st.sampled_from(["named", "lost"])}
    ),
    max_size=4,
)
ANSWER = st.fixed_dictionaries(
    {"unit": st.integers(0, 3), "annotator": st.integers(0, 3), "tone": st.sampled_from(TONE.options)},
    optional={
        "target": st.lists(st.sampled_from(TARGET.options), unique=True),
        "stars": st.floats(-1e6, 1e6),
        "span": st.just([(0, 3, "slur")]),
        "_status": st.sampled_from(["merged", "rejected", "skipped", "draft"]),
        "_round": TEXT,
        "_minute": st.integers(0, 10**6),
    },
)
SECONDS = st.none() | st.floats(0, 1e6)


@st.composite
def studies(draw: st.DrawFn) -> Study:
    """Studies of any size and any texts, with labels or without."""
    articles = [article(number, **row) for number, row in enumerate(draw(ARTICLES))]
    rows = draw(COMMENTS) if articles else []
    comments = [comment(number, number % len(articles), **row) for number, row in enumerate(rows)]
    told: list[dict[str, Any]] = draw(st.lists(ANSWER, max_size=6))
    spoken = [said(one.pop("unit"), one.pop("annotator"), **one) for one in map(dict, told)]
    times = draw(st.lists(SECONDS, min_size=len(spoken), max_size=len(spoken)))
    made = labels(*spoken, seconds=times, draws=5) if spoken else None
    rounds = (
        (Round(draw(TEXT), draw(TEXT), "comment", draw(st.booleans()), 1, 1, 1),)
        if draw(st.booleans())
        else ()
    )
    return study(articles, comments, labels=made, rounds=rounds)


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(studies())
def test_any_study_makes_a_sound_page(of: Study) -> None:
    """Any tables give well-formed HTML in which no text became markup, and the same bytes each time."""
    text = page(of, sections(of))
    root = read(text.removeprefix("<!doctype html>"))
    assert not faults_of(root)
    assert not {each.name for each in root.all()} & {"script", "td>", "img", "iframe", "b"}
    assert text == page(of, sections(of))
