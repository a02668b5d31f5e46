"""What a task carried when it was pulled: proof of which text was shown to whom, or why it proves nothing."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from hashlib import sha256
from typing import Any

from builder.annotate.tasks import SHOWINGS, WITHDRAWN, task_key
from builder.contracts.catalogue import table

RAW = "raw_sha256"
"""The entry of a task's data with the hash of the capture that its article came from; it may be missing."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The unseen entries of a task's data, each checked; ``raw_sha256`` is the hash of its article's capture.

    ``occurrence`` is no entry of its own: it follows from the key. Of a unit that was ``withdrawn`` the text is
    there no more.
    """

    task_key: str
    round: str
    config: str
    config_sha256: str
    assignee: str
    unit_type: str
    unit_id: str
    article_id: str
    occurrence: int
    text_sha256: str
    raw_sha256: str | None = None
    withdrawn: bool = False

    def __hash__(self) -> int:
        """That of the key, which tells tasks apart but for those that were tampered with."""
        return hash(self.task_key)


_NEEDED = tuple(field.name for field in fields(Shown) if field.name not in (RAW, "occurrence", "withdrawn"))


def shown(data: object) -> Shown | str:
    """What the data of a task proves; where it proves nothing, what is wrong with it."""
    if not isinstance(data, dict):
        return "the task has no data"
    wrong = [
        name for name, obeys in _rules() if not (isinstance(value := data.get(name), str) and obeys(value))
    ]
    if wrong:
        return f"the task's data has no sound {wrong[0]}"
    occurrence = _occurrence(data)
    if occurrence is None:
        return "the task's key is not the one of its round, assignee and unit"
    text = data.get("text")
    withdrawn = text == WITHDRAWN
    if not isinstance(text, str) or not (withdrawn or _hash(text) == data["text_sha256"]):
        return "the text that the task shows is not the one that it was made with"
    known = {name: data[name] for name in _NEEDED}
    raw = _hash_or_none(data.get(RAW))
    return Shown(**known, occurrence=occurrence, raw_sha256=raw, withdrawn=withdrawn)


def _occurrence(data: Mapping[str, Any]) -> int | None:
    """Which showing of its unit a task is, by its key; none where it is the key of none."""
    of = data["round"], data["assignee"], data["unit_type"], data["unit_id"]
    for number in range(SHOWINGS):
        if task_key(*of, number) == data["task_key"]:
            return number
    return None


def _hash(text: str) -> str:
    return sha256(text.encode(errors="surrogatepass")).hexdigest()


def _hash_or_none(value: object) -> str | None:
    return value if isinstance(value, str) else None


@cache
def _rules() -> tuple[tuple[str, Callable[[str], object]], ...]:
    """The entries that are needed, with what finds that a text obeys the schema of ``tasks``."""
    return tuple((name, _pattern(name).fullmatch) for name in _NEEDED)


def _pattern(name: str) -> re.Pattern[str]:
    """What a text of that column of ``tasks`` looks like."""
    column = table("tasks").column(name)
    if column.enum:
        return re.compile("|".join(column.enum))
    return re.compile(column.pattern[1:-1] if column.pattern else "[^\ud800-\udfff]+", re.DOTALL)
