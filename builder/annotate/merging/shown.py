"""What a task carried when it was pulled: proof of which text was shown to whom, or why it proves nothing."""

import re
from functools import cache, lru_cache
from hashlib import sha256
from operator import attrgetter
from typing import Any

from msgspec import Struct

from builder.annotate.merging.said import Data
from builder.annotate.questionnaire.questions import UnitType
from builder.annotate.tasks import KEPT, SHOWINGS, WITHDRAWN, task_key
from builder.contracts.catalogue import table


class Shown(Struct, frozen=True, gc=False):
    """The unseen entries of a task's data, each checked; ``raw_sha256`` is the hash of its article's capture.

    ``occurrence`` is no entry of its own: it follows from the key. Of a unit that was ``withdrawn`` the text is
    there no more.
    """

    occurrence: int
    withdrawn: bool
    raw_sha256: str | None
    round: str
    config: str
    config_sha256: str
    assignee: str
    unit_type: UnitType
    article_id: str
    task_key: str
    unit_id: str
    text_sha256: str

    def __hash__(self) -> int:
        """That of the key, which tells tasks apart but for those that were tampered with."""
        return hash(self.task_key)


_NEEDED = tuple(name for name in KEPT if name != "raw_sha256")
_OFTEN = ("round", "config", "config_sha256", "assignee", "unit_type", "article_id")
_often_of = attrgetter(*_OFTEN)
_MANY = 1024
_once = lru_cache(_MANY)(str)


def shown(data: Data | None) -> Shown | str:
    """What the data of a task proves; where it proves nothing, what is wrong with it.

    A key and a hash that are found again are sound.
    """
    if data is None:
        return "the task has no data"
    often, occurrence = _checked(_often_of(data)), None
    if often and _sound("unit_id", data.unit_id):
        occurrence = _occurrence(data)
    withdrawn = data.text == WITHDRAWN and _sound("text_sha256", data.text_sha256)
    if often is None or occurrence is None or not (withdrawn or _hash(data.text) == data.text_sha256):
        return _wrong(data)
    raw = None if data.raw_sha256 is None else _once(data.raw_sha256)
    own: tuple[Any, ...] = data.task_key, data.unit_id, data.text_sha256
    return Shown(occurrence, withdrawn, raw, *often, *own)


@lru_cache(_MANY)
def _checked(often: tuple[str | None, ...]) -> tuple[Any, ...] | None:
    """Entries that are the same in many tasks, if all are sound: looked at once, and in memory once."""
    return often if all(map(_sound, _OFTEN, often)) else None


def _wrong(data: Data) -> str:
    for name in _NEEDED:
        if not _sound(name, getattr(data, name)):
            return f"the task's data has no sound {name}"
    if _occurrence(data) is None:
        return "the task's key is not the one of its round, assignee and unit"
    return "the text that the task shows is not the one that it was made with"


def _sound(name: str, value: str | None) -> bool:
    """Whether a text obeys the schema of that column of ``tasks``."""
    return value is not None and _pattern(name).fullmatch(value) is not None


def _occurrence(data: Data) -> int | None:
    """Which showing of its unit a task is, by its key; none where it is the key of none."""
    of: Any = data
    for number in range(SHOWINGS):
        if task_key(of.round, of.assignee, of.unit_type, of.unit_id, number) == data.task_key:
            return number
    return None


def _hash(text: str | None) -> str | None:
    return None if text is None else sha256(text.encode(errors="surrogatepass")).hexdigest()


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """What a text of that column looks like."""
    column = table("tasks").column(name)
    if column.enum:
        return re.compile("|".join(column.enum))
    return re.compile(column.pattern[1:-1] if column.pattern else "[^\ud800-\udfff]+", re.DOTALL)
