"""The page as a whole: well-formed, quiet, safe, the same for the same data, and good without labels too."""

import itertools
import re
from html import unescape

import pytest

from builder.report.page import page, sections
from builder.report.study import Study
from tests.unit.report.reading import Element, faults_of, read
from tests.unit.report.studies import HARM, article, comment, labels, large, said, study

STUDIES = {
    "large": large(),
    "bare": study([article(0, n_comments=1)], [comment(0)]),
    "empty": study(),
    "one answer": study([article(0)], [comment(0)], labels=labels(said(0, 0, tone="civil"))),
    "none counts": study(
        [article(0)], [comment(0)], labels=labels(said(0, 0, tone="civil", _status="draft"))
    ),
    "one skipped": study([article(0)], [comment(0)], labels=labels(said(0, 0, _status="skipped"))),
}


PAGES = {name: page(of, sections(of)) for name, of in STUDIES.items()}
EVERY = pytest.mark.parametrize("name", STUDIES)


def tree(text: str) -> Element:
    """The page as elements."""
    return read(text.removeprefix("<!doctype html>"))


@EVERY
def test_the_page_is_sound(name: str) -> None:
    """Every element is closed, every id there once, every reference leads somewhere, every plot has its words."""
    text = PAGES[name]
    assert text.startswith('<!doctype html>\n<html lang="en">')
    assert not faults_of(tree(text))


@EVERY
def test_the_page_asks_for_nothing(name: str) -> None:
    """No script, no address, nothing to load, and a policy that forbids what might slip through."""
    root = tree(PAGES[name])
    assert not {each.name for each in root.all()} & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "form",
        "base",
        "image",
    }
    links = [each.attributes.get(name) for each in root.all() for name in ("href", "xlink:href", "src")]
    assert all(each.startswith("#") for each in links if each)
    assert not [name for each in root.all() for name in each.attributes if name.startswith("on")]
    assert not re.search(r"@import|url\((?!#)", root.all("style")[0].text)
    (policy,) = [
        each for each in root.all("meta") if each.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy.attributes["content"].startswith("default-src 'none'; style-src 'unsafe-inline';")


@EVERY
def test_headings_and_chapters(name: str) -> None:
    """There is one title; headings skip no level; every chapter has its link."""
    root = tree(PAGES[name])
    levels = [int(each.name[1]) for each in root.all() if re.fullmatch(r"h\d", each.name)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    linked = [each.attributes["href"] for each in root.all("nav")[0].all("a")]
    assert linked == [f"#{each.attributes['id']}" for each in root.all("section")[1:]]


@EVERY
def test_the_same_data_give_the_same_bytes(name: str) -> None:
    """Nothing of the time, the machine or the order of work is in the page."""
    assert page(STUDIES[name], sections(STUDIES[name])) == PAGES[name]


def test_every_plot_has_words_and_a_table() -> None:
    """Each figure has a title, a sentence with a number from the data, a plot described by both, and a table."""
    figures = tree(PAGES["large"]).all("figure")
    assert len(figures) > 30
    for each in figures:
        key = each.attributes["id"]
        (svg,) = each.all("svg")
        assert svg.attributes["aria-labelledby"] == f"{key}-title {key}-words"
        assert re.search(r"\d", each.one(f"{key}-words").text), key
        assert len(each.rows()) > 1, key


def test_what_is_missing_is_said() -> None:
    """A corpus without labels has its own chapter, and each other one says how to get there."""
    chapters = sections(STUDIES["bare"])
    assert [one.key for one in chapters if not one.missing] == ["corpus"]
    root = tree(PAGES["bare"])
    for one in chapters[1:]:
        assert root.one(one.key).all("code")[0].text.startswith("builder "), one.key


def test_names_and_texts_stay_text() -> None:
    """Markup in title, names, sources, captures and comments makes no element anywhere."""
    plain = PAGES["large"]
    of = STUDIES["large"]
    other = Study(HARM, HARM, {}, of.corpus, of.rounds, of.labels)
    hurt = page(other, sections(other))
    assert len(tree(hurt).all()) == len(tree(plain).all())
    assert HARM in unescape(tree(hurt).all("h1")[0].text)
    assert "<script" not in hurt


def test_what_stands_out() -> None:
    """The head of the page has the numbers and names the question that annotators agree on least."""
    root = tree(PAGES["large"])
    numbers = {each.all("dt")[0].text: each.all("dd")[0].text for each in root.one("first").all("div")}
    assert (numbers["articles"], numbers["comments"], numbers["annotators"]) == ("60", "400", "8")
    assert "Annotators agree least on " in root.one("first").text


def test_the_policy_is_not_weakened_by_styles() -> None:
    """The style sheet is for screens, dark screens, phones and paper, and respects who wants no motion."""
    style = tree(PAGES["empty"]).all("style")[0].text
    for wanted in ("prefers-color-scheme: dark", "@media print", "max-width", "prefers-reduced-motion"):
        assert wanted in style
