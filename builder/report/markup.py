"""HTML is written here, and whatever is not HTML already is escaped."""

import html
import re
from collections.abc import Iterable, Sequence

_SHOWN = (
    {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n"}
    | {0x7F: 0x2421}
    | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
)
"""Control characters, which no browser shows, as signs for them."""
_VOID = {"meta"}
_NUMBER = re.compile(r"[\u2212\d.,]*\s?(?:%|s|min|h)?|not defined|–|None")


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


Content = object
"""A piece of HTML, which stays as it is, or anything else, which becomes text."""


def escaped(value: Content) -> Html:
    """A value as HTML: markup in it becomes text, control characters become visible."""
    if isinstance(value, Html):
        return value
    return Html(html.escape(str(value).translate(_SHOWN)))


def tag(name: str, /, *children: Content, **attributes: Content) -> Html:
    """An element; an attribute's ``_`` is a hyphen, one that is None is left out, ``class_`` is ``class``."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escaped(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Html(f"<{name}{said}>")
    return Html(f"<{name}{said}>{joined(children)}</{name}>")


def joined(children: Iterable[Content], between: str = "") -> Html:
    """Pieces one after the other, escaped where they are no HTML."""
    return Html(between.join(map(escaped, children)))


def paragraph(*children: Content, class_: str | None = None) -> Html:
    """A paragraph."""
    return tag("p", *children, class_=class_)


def listed(items: Iterable[Content], class_: str | None = None) -> Html:
    """A list of pieces."""
    return tag("ul", *(tag("li", item) for item in items), class_=class_)


def facts(pairs: Iterable[tuple[Content, Content]], class_: str = "facts") -> Html:
    """Terms with what is to be said of each."""
    return tag("dl", *(tag("div", tag("dt", term), tag("dd", said)) for term, said in pairs), class_=class_)


def data_table(caption: Content, head: Sequence[Content], rows: Iterable[Sequence[Content]]) -> Html:
    """A table whose first column names the rows; it scrolls by itself where it is too wide."""
    listed = list(rows)
    styles = [_style([row[place] for row in listed]) for place in range(len(head))]
    body = [
        tag(
            "tr",
            tag("th", row[0], scope="row"),
            *(
                tag("td", "–" if cell is None else cell, class_=style)
                for cell, style in zip(row[1:], styles[1:], strict=True)
            ),
        )
        for row in listed
    ]
    heads = [tag("th", cell, scope="col", class_=style) for cell, style in zip(head, styles, strict=True)]
    table = tag("table", tag("caption", caption), tag("thead", tag("tr", *heads)), tag("tbody", *body))
    return tag("div", table, class_="scroll", tabindex=0, role="region", aria_label=caption)


def _style(column: Sequence[Content]) -> str | None:
    """Numbers are aligned at the right, so that they can be compared."""
    return "number" if column and all(_NUMBER.fullmatch(str(cell)) for cell in column) else None
