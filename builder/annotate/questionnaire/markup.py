"""The XML of a labelling config as a flat list of tags, each with its line and the tags around it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.common import DefusedXmlException
from defusedxml.sax import parseString

from builder.core.errors import DataError


@dataclass(frozen=True, slots=True, eq=False)
class Tag:
    """One tag: its name and attributes as written, its line (from 1), the tags around it, outermost first.

    Two tags are equal only if they are one and the same, so ``tag in other.above`` asks for this very tag.
    """

    name: str
    attributes: Mapping[str, str]
    line: int
    above: tuple["Tag", ...]

    def get(self, attribute: str) -> str:
        """An attribute's value; empty where it is not given."""
        return self.attributes.get(attribute, "")


@dataclass(frozen=True, slots=True)
class Words:
    """Text between tags that is not blank: its line and the tags around it, outermost first."""

    text: str
    line: int
    above: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class Markup:
    """The tags and the texts of a labelling config, in the order in which they stand."""

    tags: tuple[Tag, ...]
    words: tuple[Words, ...]

    def named(self, *names: str) -> Iterator[Tag]:
        """The tags of these names."""
        return (tag for tag in self.tags if tag.name in names)

    def within(self, outer: Tag, name: str) -> tuple[Tag, ...]:
        """The tags of a name inside another tag, at any depth."""
        return tuple(tag for tag in self.named(name) if outer in tag.above)


def read_markup(xml: str, file: str = "labelling config") -> Markup:
    """The tags of an XML text; ``file`` is what messages call it.

    Raises ``DataError`` where it is no well-formed XML, or declares a document type or entities.
    """
    reader = _Reader()
    try:
        parseString(xml.encode(), reader, forbid_dtd=True)
    except SAXParseException as error:
        place = f"{file}, line {error.getLineNumber()}"
        raise DataError(
            f"{place}: this is no well-formed XML: {error.getMessage()}. Mend it there."
        ) from error
    except DefusedXmlException as error:
        said = "a document type or an entity is declared, which a labelling config may not"
        raise DataError(f"{file}: {said}. Take the declaration out.") from error
    return Markup(tuple(reader.tags), tuple(reader.words))


class _Reader(ContentHandler):
    """Collects tags and texts while the parser reads."""

    def __init__(self) -> None:
        super().__init__()
        self.tags = list[Tag]()
        self.words = list[Words]()
        self._open: tuple[Tag, ...] = ()
        self._said = list[str]()
        self._said_at = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - the parser's name for it
        self._end_words()
        tag = Tag(name, dict(attrs.items()), self._line(), self._open)
        self.tags.append(tag)
        self._open = (*self._open, tag)

    def endElement(self, name: str) -> None:  # noqa: ARG002, N802 - the parser's name for it
        self._end_words()
        self._open = self._open[:-1]

    def characters(self, content: str) -> None:
        self._said_at = self._said_at if self._said else self._line()
        self._said.append(content)

    def _end_words(self) -> None:
        text = "".join(self._said)
        if text.strip():
            self.words.append(Words(text, self._said_at, self._open))
        self._said.clear()

    def _line(self) -> int:
        return self._locator.getLineNumber() or 0  # type: ignore[attr-defined] # the parser sets it
