"""A finding about a labelling config: where, what, and what to do about it."""

from dataclasses import dataclass
from typing import Literal

from builder.annotate.questionnaire.markup import Tag

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong; ``line`` counts from 1 (0: the file as a whole), ``place`` says which tag."""

    file: str
    line: int
    place: str
    what: str
    cure: str
    severity: Severity = "error"

    def __str__(self) -> str:
        """The finding as one sentence after its place."""
        at = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{at}: {self.place}: {self.what}. {self.cure}."


def about(tag: Tag, file: str, what: str, cure: str, severity: Severity = "error") -> Finding:
    """A finding about a tag."""
    return Finding(file, tag.line, place_of(tag), what, cure, severity)


def place_of(tag: Tag) -> str:
    """A tag as a person would find it: its name, and what names or shows it."""
    said = tag.get("name") or tag.get("alias") or tag.get("value") or tag.get("className")
    return f'{tag.name} "{said}"' if said else tag.name
