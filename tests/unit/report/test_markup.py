"""HTML whose text is text, whatever it says."""

from builder.report.markup import Html, data_table, escaped, facts, joined, tag
from tests.unit.report.reading import read
from tests.unit.report.studies import HARM


def test_text_stays_text() -> None:
    """Markup in a value is shown, in content and in attributes, and makes no element."""
    made = read(tag("p", HARM, title=HARM))
    (paragraph,) = made.children
    assert (paragraph.text, paragraph.attributes, paragraph.children) == (HARM, {"title": HARM}, [])


def test_what_is_html_stays_html() -> None:
    """A piece that was written here is not escaped again, a plain string beside it is."""
    assert joined((tag("b", "x"), "<b>")) == "<b>x</b>&lt;b&gt;"
    assert isinstance(escaped("<"), Html)


def test_controls_are_shown() -> None:
    """Characters that no browser shows appear as signs; tabs and line ends stay."""
    assert escaped("a\x00\x07\x7f\x85\t\n") == "a␀␇␡\ufffd\t\n"


def test_attributes() -> None:
    """An attribute without a value is left out; names are written as HTML writes them."""
    assert tag("p", class_="x", aria_label="y", lang=None) == '<p class="x" aria-label="y"></p>'
    assert tag("meta", name="referrer") == '<meta name="referrer">'


def test_a_table_says_what_it_is() -> None:
    """A table has a caption, heads for columns and rows, and a dash where a value is missing."""
    made = read(data_table("Rounds", ("Round", "Units"), [("pilot", None), ("main", 3)]))
    assert made.rows() == [["Round", "Units"], ["pilot", "–"], ["main", "3"]]
    assert [each.attributes["scope"] for each in made.all("th")] == ["col", "col", "row", "row"]
    assert made.all("caption")[0].text == "Rounds"
    assert made.children[0].attributes["tabindex"] == "0", "it scrolls by keyboard"
    assert [each.attributes.get("class") for each in made.all("td")] == ["number", "number"]


def test_facts() -> None:
    """Terms and what is said of them are a description list."""
    (made,) = read(facts([("Done", 3)])).children
    assert [(each.name, each.text) for each in made.all()] == [("div", "Done3"), ("dt", "Done"), ("dd", "3")]
