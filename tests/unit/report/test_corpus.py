"""The chapter about the corpus: every number is that of the tables, and is said in words."""

from collections import Counter

import pytest

from builder.report.corpus import corpus_section
from builder.report.figure import section_html
from builder.report.study import Study
from tests.unit.report.reading import Element, read
from tests.unit.report.studies import SOURCES, article, comment, large, study


def chapter(of: Study) -> Element:
    """The chapter as elements."""
    return read(section_html(corpus_section(of)))


def words(page: Element, key: str) -> str:
    """What is said of a figure."""
    return page.one(f"{key}-words").text.replace("\u00a0", " ")


@pytest.fixture(scope="module")
def whole() -> Study:
    """A large study."""
    return large()


def test_comments_per_article() -> None:
    """Articles are counted by their comments, in even steps; median, most and none are said."""
    counts = [0, 0, 3, 5, 14, 29]
    page = chapter(study([article(n, n_comments=count) for n, count in enumerate(counts)]))
    assert page.one("comments-per-article").rows()[1:4] == [
        ["0 to below 5", "3"],
        ["5 to below 10", "1"],
        ["10 to below 15", "1"],
    ]
    assert (
        words(page, "comments-per-article")
        == "The median is 4 comments an article, the most is 29. 2 articles have none."
    )


def test_lengths_of_comments() -> None:
    """Lengths are those of the texts in characters; the longest is said and counted."""
    texts = ["a" * 19, "b" * 20, "🐘" * 49, "d" * 7000]
    page = chapter(study([article(0)], [comment(n, text=text) for n, text in enumerate(texts)]))
    rows = page.one("comment-lengths").rows()
    assert [rows[1], rows[2], rows[-1]] == [
        ["0 to below 20", "1"],
        ["20 to below 50", "2"],
        ["5,000 or more", "1"],
    ]
    assert words(page, "comment-lengths").endswith("the longest has 7,000.")


def test_counts_add_up(whole: Study) -> None:
    """In every figure of a large corpus the counts of the table add up to the rows of the tables."""
    page, tables = chapter(whole), whole.corpus
    for key, column, total in (
        ("comments-per-article", 1, tables["articles"].num_rows),
        ("comment-lengths", 1, tables["comments"].num_rows),
        ("languages", 1, tables["comments"].num_rows),
        ("authors", 2, tables["articles"].num_rows),
        ("parse-confidence", 1, tables["articles"].num_rows),
        ("issues", 2, tables["issues"].num_rows),
    ):
        assert sum(int(row[column].replace(",", "")) for row in page.one(key).rows()[1:]) == total, key


def test_languages(whole: Study) -> None:
    """Languages are those of the comments, null is not determined; of the articles where no comment has one."""
    counts = Counter(whole.corpus["comments"]["lang"].to_pylist())
    rows = {row[0]: int(row[1]) for row in chapter(whole).one("languages").rows()[1:]}
    assert rows == {one or "not determined": many for one, many in counts.items()}
    bare = chapter(study([article(0, lang="de")], [comment(0, lang=None)]))
    assert (
        words(bare, "languages")
        == "Languages of the articles: de (100 %). Those of the comments were not determined."
    )


def test_authors(whole: Study) -> None:
    """Named and lost authors are told source by source, with what each source is."""
    rows = chapter(whole).one("authors").rows()
    sources = dict(
        zip(*(whole.corpus["articles"][name].to_pylist() for name in ("article_id", "source")), strict=True)
    )
    lost = Counter(
        sources[row["article_id"]]
        for row in whole.corpus["comments"].to_pylist()
        if row["attribution"] == "lost"
    )
    assert {row[0]: int(row[4]) for row in rows[1:]} == {one: lost[one] for one in SOURCES}
    assert {row[0]: row[1] for row in rows[1:]}[SOURCES[0]] == "A daily"
    assert f"of {sum(lost.values())} the author is lost" in words(chapter(whole), "authors")


def test_confidence() -> None:
    """How many articles were cut in doubt is said, and which is the least sure."""
    page = chapter(study([article(0, parse_confidence=0.61), article(1, parse_confidence=0.99), article(2)]))
    said = "How sure the parser is that it cut articles and comments apart rightly. "
    said += "Of 3 articles 1 is below 0.8; the least sure is marlsund-herald/0.txt (0.61)."
    assert words(page, "parse-confidence") == said


def test_issues() -> None:
    """Issues are counted by code, the most severe first, each with its meaning."""
    codes = [("recoded", "info")] * 3 + [("unreadable", "error")]
    page = chapter(study([article(0)], issues=[{"code": code, "severity": of} for code, of in codes]))
    rows = page.one("issues").rows()
    assert [row[:3] for row in rows[1:]] == [["unreadable", "error", "1"], ["recoded", "info", "3"]]
    assert all(row[3] for row in rows)
    assert (
        words(page, "issues")
        == "What was odd about captures: 1 of severity error and 3 of severity info. The most frequent is recoded."
    )


def test_a_corpus_of_nothing() -> None:
    """Without articles the chapter says so; without comments it shows what there is."""
    assert "0 articles" in chapter(study()).text.replace("\u00a0", " ")
    assert len(chapter(study([article(0)])).all("figure")) == 2
