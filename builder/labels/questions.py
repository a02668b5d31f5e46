"""What labels need to know of a labelling config: its questions, their options, scales and conditions."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["choice", "choices", "spans", "text", "number"]
Scale = Literal["nominal", "ordinal", "interval"]


@dataclass(frozen=True, slots=True)
class Condition:
    """A question is asked when one of these options of another question is chosen."""

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question: options are stored values in their order; ``required`` holds only while it is asked."""

    name: str
    kind: Kind
    options: tuple[str, ...] = ()
    scale: Scale = "nominal"
    required: bool = False
    asked_when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """The questions of one labelling config; ``title`` tells it from another of the same name."""

    name: str
    title: str
    sha256: str
    questions: tuple[Question, ...]

    def question(self, name: str) -> Question | None:
        """The question of that name; none where the config does not ask it."""
        return next((question for question in self.questions if question.name == name), None)
