"""What a labelling config asks: its questions, their options, and when each is asked."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["choice", "choices", "spans", "text", "number"]
"""One option, any number of options, labelled spans of a text, lines of text, a number or rating."""

Scale = Literal["nominal", "ordinal", "interval"]
UnitType = Literal["comment", "article", "capture"]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose: the value that is stored, the words and the hint that people read, the key."""

    value: str
    words: str
    hint: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A question is asked when one of these options of another question is chosen."""

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its name (``from_name``), the text or texts it is about (``to_name``), how it is answered.

    ``options`` is empty for text and numbers; ``required`` holds only while the question is asked.
    The bounds are those of a number, both inclusive; ``whole`` numbers are the stars of a rating.
    """

    name: str
    kind: Kind
    about: str
    options: tuple[Option, ...] = ()
    required: bool = False
    asked_when: Condition | None = None
    scale: Scale = "nominal"
    description: str = ""
    minimum: float | None = None
    maximum: float | None = None
    whole: bool = False

    @property
    def values(self) -> tuple[str, ...]:
        """The values of the options, in their order."""
        return tuple(option.value for option in self.options)


@dataclass(frozen=True, slots=True)
class LabelConfig:
    """A labelling config: what is labelled, the XML as the server takes it and its hash, what it asks.

    ``fields`` are the entries of a task's data that the XML shows (``$text``); ``instructions`` is Markdown.
    """

    name: str
    title: str
    unit_type: UnitType
    xml: str
    sha256: str
    questions: tuple[Question, ...]
    fields: tuple[str, ...]
    instructions: str = ""

    def question(self, name: str) -> Question | None:
        """The question of that name; none where the config does not ask it."""
        return next((question for question in self.questions if question.name == name), None)
