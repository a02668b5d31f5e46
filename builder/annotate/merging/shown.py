"""What a task carried when it was pulled: proof of which text was shown to whom, or why it proves nothing."""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any, cast

from msgspec import Struct

from builder.annotate.merging.said import Data
from builder.annotate.questionnaire.questions import UnitType
from builder.annotate.tasks import SHOWINGS, WITHDRAWN, task_key
from builder.contracts.catalogue import table


class Shown(Struct, frozen=True, gc=False):
    """The unseen entries of a task's data, each checked; ``raw_sha256`` is the hash of its article's capture.

    ``occurrence`` is no entry of its own: it follows from the key. Of a unit that was ``withdrawn`` the text is
    there no more.
    """

    occurrence: int
    withdrawn: bool
    raw_sha256: str | None
    task_key: str
    round: str
    config: str
    config_sha256: str
    assignee: str
    unit_type: UnitType
    unit_id: str
    article_id: str
    text_sha256: str

    def __hash__(self) -> int:
        """That of the key, which tells tasks apart but for those that were tampered with."""
        return hash(self.task_key)


_NEEDED = Shown.__struct_fields__[3:]
_OFTEN = ("round", "config", "config_sha256", "assignee", "unit_type", "article_id")
"""Entries that are the same in many tasks: a text is looked at once, and is in memory once."""
_MANY = 1024
_once = lru_cache(_MANY)(str)


def shown(data: Data | None) -> Shown | str:
    """What the data of a task proves; where it proves nothing, what is wrong with it."""
    if data is None:
        return "the task has no data"
    entries = [
        rule(value) if isinstance(value := getattr(data, name), str) else None for name, rule in _rules()
    ]
    if None in entries:
        return f"the task's data has no sound {_NEEDED[entries.index(None)]}"
    occurrence = _occurrence(data)
    if occurrence is None:
        return "the task's key is not the one of its round, assignee and unit"
    withdrawn = data.text == WITHDRAWN
    if not isinstance(data.text, str) or not (withdrawn or _hash(data.text) == data.text_sha256):
        return "the text that the task shows is not the one that it was made with"
    raw = _once(data.raw_sha256) if isinstance(data.raw_sha256, str) else None
    return Shown(occurrence, withdrawn, raw, *cast("list[Any]", entries))


def _occurrence(data: Data) -> int | None:
    """Which showing of its unit a task is, by its key; none where it is the key of none."""
    for number in range(SHOWINGS):
        if task_key(data.round, data.assignee, data.unit_type, data.unit_id, number) == data.task_key:
            return number
    return None


def _hash(text: str) -> str:
    return sha256(text.encode(errors="surrogatepass")).hexdigest()


@cache
def _rules() -> tuple[tuple[str, Callable[[str], str | None]], ...]:
    """The entries that are needed, with what gives a text back that obeys the schema of ``tasks``, else nothing."""
    rules = {name: _rule(_pattern(name)) for name in _NEEDED}
    return tuple((name, lru_cache(_MANY)(rule) if name in _OFTEN else rule) for name, rule in rules.items())


def _rule(pattern: re.Pattern[str]) -> Callable[[str], str | None]:
    return lambda text: text if pattern.fullmatch(text) else None


def _pattern(name: str) -> re.Pattern[str]:
    """What a text of that column of ``tasks`` looks like."""
    column = table("tasks").column(name)
    if column.enum:
        return re.compile("|".join(column.enum))
    return re.compile(column.pattern[1:-1] if column.pattern else "[^\ud800-\udfff]+", re.DOTALL)
