"""A page read as a browser reads it: its elements, their texts, what is wrong with them."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "hr", "img", "input", "link", "col"}
INSIDE_SVG = {"path", "use", "rect", "clipPath"}


@dataclass
class Element:
    """An element with its attributes, the elements in it, and all text in it."""

    name: str
    attributes: dict[str, str | None]
    children: list["Element"] = field(default_factory=list)
    text: str = ""

    def all(self, name: str = "") -> list["Element"]:
        """The elements of that name below this one, or all of them, in order."""
        found = []
        for each in self.children:
            found += [each] if name in {"", each.name} else []
            found += each.all(name)
        return found

    def one(self, key: str) -> "Element":
        """The element with that id."""
        (found,) = [each for each in self.all() if each.attributes.get("id") == key]
        return found

    def rows(self) -> list[list[str]]:
        """The cells of the one table below this element."""
        (table,) = self.all("table")
        return [
            [cell.text.replace("\u00a0", " ") for cell in row.children if cell.name in {"th", "td"}]
            for row in table.all("tr")
        ]


class Reader(HTMLParser):
    """Builds the tree, and refuses what is not closed or closed twice."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("root", {})
        self.open = [self.root]
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element."""
        names = [name for name, _ in attrs]
        if len(set(names)) < len(names):
            self.faults.append(f"{tag} has an attribute twice")
        made = Element(tag, dict(attrs))
        self.open[-1].children.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element that closes itself, which only drawings may have."""
        if not any(each.name == "svg" for each in self.open):
            self.faults.append(f"{tag} closes itself")
        self.open[-1].children.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Close an element, which must be the last one that is open."""
        if self.open[-1].name == tag:
            self.open.pop()
        else:
            self.faults.append(f"{tag} closes {self.open[-1].name}")

    def handle_data(self, data: str) -> None:
        """Text belongs to everything that is open."""
        for each in self.open:
            each.text += data


def read(text: str) -> Element:
    """The root of a page or piece, which must be well-formed."""
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert not reader.faults, reader.faults
    assert reader.open == [reader.root], f"{reader.open[-1].name} is never closed"
    return reader.root


def faults_of(page: Element) -> list[str]:
    """What a browser or a screen reader would stumble over: ids, references, plots and tables without words."""
    ids = [str(each.attributes["id"]) for each in page.all() if "id" in each.attributes]
    found = [f"id {each} is there twice" for each in sorted({each for each in ids if ids.count(each) > 1})]
    for each in page.all():
        for name in ("aria-labelledby", "href", "xlink:href"):
            for key in re.findall(r"[^#\s]+", each.attributes.get(name) or ""):
                found += [] if key in ids else [f"{each.name} refers to {key}"]
        for key in re.findall(
            r"url\(#([^)]+)\)", f"{each.attributes.get('style')} {each.attributes.get('clip-path')}"
        ):
            found += [] if key in ids else [f"{each.name} is painted with {key}"]
    found += ["a plot is no image" for each in page.all("svg") if each.attributes.get("role") != "img"]
    found += ["a head has no scope" for each in page.all("th") if "scope" not in each.attributes]
    return found
