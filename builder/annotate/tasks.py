"""A task: which unit is shown to whom, under a key that is the same whenever it is made again."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType
from typing import Any, Literal

from builder.annotate.questionnaire.questions import UnitType

POOL = "pool"
"""The assignee of a task that anybody may take."""
Origin = Literal["gold", "adjudication"]
"""What the plan of a round knows about the answers to a task, where those are not ordinary ones."""

SHOWN: Mapping[UnitType, tuple[str, ...]] = MappingProxyType(
    {
        "comment": ("article_title", "article_text", "thread_label", "thread_text", "author_label", "text"),
        "article": ("article_title", "text"),
        "capture": ("capture_name", "text"),
    }
)
"""The entries of a task's data that a config may show; ``text`` is what is labelled, to the character."""
ANSWERS = "answers_text"
"""The entry that a task of an adjudication shows beside those: the answers that do not agree."""

WITHDRAWN = "(withdrawn)"
"""What stands in the place of a text that was withdrawn: in the archive, and beside what is labelled."""

KEPT = (
    "task_key",
    "round",
    "config",
    "config_sha256",
    "assignee",
    "unit_type",
    "unit_id",
    "article_id",
    "text_sha256",
    "raw_sha256",
)
"""The entries that travel with a task unseen, and prove on the way back what was shown to whom.

An annotator may look them up, so none tells that a unit comes again or that its right answer is known: the
showing is in the key alone, the rest in the plan of the round.
"""
SHOWINGS = 16
"""A unit is shown to one assignee fewer times than this in a round."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What is labelled: its id, its article, the hash of that one's raw capture, its text, what is shown beside."""

    unit_type: UnitType
    unit_id: str
    article_id: str
    raw_sha256: str
    text: str
    beside: Mapping[str, str]

    @property
    def text_sha256(self) -> str:
        """SHA-256 of the text in UTF-8, in hexadecimal."""
        return sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """A task before it is made: for whom, which unit, which showing of it; whether the right answer is known."""

    assignee: str
    unit_id: str
    article_id: str
    occurrence: int = 0
    gold: bool = False

    @property
    def ordinary(self) -> bool:
        """Whether it is there for its answer, and not to see how its annotator works."""
        return not (self.gold or self.occurrence)


def task_key(round_name: str, assignee: str, unit_type: UnitType, unit_id: str, occurrence: int = 0) -> str:
    """The key of a task for life: the letter t and 20 hexadecimal digits, from round, assignee and unit.

    ``assignee`` is an annotator's pseudonym or ``POOL``; ``occurrence`` counts repeated showings, from 0.
    """
    parts = "\n".join((round_name, assignee, unit_type, unit_id, str(occurrence)))
    return "t" + sha256(parts.encode()).hexdigest()[:20]


def task_data(unit: Unit, kept: Mapping[str, Any]) -> dict[str, Any]:
    """The data of a task: what is shown, and what travels unseen (``KEPT``)."""
    return {**kept, **unit.beside, "text": unit.text}
