"""The questions of the datasheet, from the one file that words them."""

import tomllib
from dataclasses import dataclass
from functools import cache

from builder.core.packaged import data_text

WHO = ("counted", "settings", "people")
"""Who answers a question: the tables, the dataset's settings, or people in answers.yaml."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its id for life, who answers it, what the builder tells, what is left to people."""

    id: str
    chapter: str
    title: str
    who: str
    say: str
    shown: tuple[str, ...] = ()


@cache
def questions() -> tuple[Question, ...]:
    """All questions in their order, chapter by chapter."""
    listed = tomllib.loads(data_text("release/documents", "questions.toml"))["question"]
    return tuple(Question(**{**each, "shown": tuple(each.get("shown", ()))}) for each in listed)
