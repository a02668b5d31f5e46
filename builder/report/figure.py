"""A figure of the page: a plot, what is to be seen in it in words, and its data as a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from builder.report.canvas import Canvas
from builder.report.markup import Content, Html, data_table, joined, paragraph, tag


@dataclass(frozen=True, slots=True)
class Table:
    """The data of a figure: column heads, and rows whose first cell names them."""

    head: tuple[str, ...]
    rows: tuple[tuple[Content, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A plot with its title, ``words`` that say what is to be seen, and its data.

    ``key`` is its id in the page. The words are shown to everybody, and are the plot's text for those who do
    not see it.
    """

    key: str
    title: str
    words: str
    canvas: Canvas
    table: Table


def figure_html(one: Figure) -> Html:
    """The figure as HTML; the table is there on demand."""
    title, words = f"{one.key}-title", f"{one.key}-words"
    return tag(
        "figure",
        tag("figcaption", tag("h3", one.title, id=title), tag("p", one.words, id=words)),
        one.canvas.svg(one.key, f"{title} {words}"),
        folded("Data as a table", data_table(one.title, one.table.head, one.table.rows), about=one.title),
        id=one.key,
    )


def figures_html(figures: Sequence[Figure]) -> Html:
    """Figures side by side, where there is room."""
    return tag("div", *map(figure_html, figures), class_="figures")


def folded(summary: str, *content: Content, about: str = "") -> Html:
    """Content that shows on demand; ``about`` is said to those only who hear the page."""
    more = tag("span", f" of: {about}", class_="heard") if about else ""
    return tag("details", tag("summary", summary, more), *content)


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter of the page: what it is called, and what is in it; ``missing`` where there is no data yet."""

    key: str
    title: str
    lead: Content
    parts: tuple[Html, ...] = ()
    missing: bool = False


def section_html(one: Section) -> Html:
    """The chapter as HTML."""
    lead = paragraph(one.lead, class_="missing" if one.missing else "lead")
    return tag("section", tag("h2", one.title, id=f"{one.key}-head"), lead, joined(one.parts), id=one.key)


def command(words: str) -> Html:
    """A command to be typed."""
    return tag("code", words, class_="command")


def to_come(key: str, title: str, what: str, *commands: str) -> Section:
    """A chapter without data: what is missing, and the commands that get it."""
    said = joined((what, " To get there: ", joined(map(command, commands), ", then "), "."))
    return Section(key, title, said, missing=True)
