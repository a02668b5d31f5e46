"""What was withdrawn is taken out of tasks and of what people made of them; the record stays, so counts do."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from builder.annotate.archive.lines import Line
from builder.annotate.tasks import KEPT, WITHDRAWN

_ENTRY = "thread_text"
_SAYING = ("result", "prediction", "predictions", "meta")
_TEXT = "text"


@dataclass(slots=True)
class Redactor:
    """Takes out what was withdrawn.

    ``units`` are ids of comments and articles, ``touched`` those of articles that lose comments (their captures
    hold them), ``texts`` what withdrawn comments say, by article, ``keys`` the keys of tasks about any of it. What
    tasks tell of that is learnt as they pass, so lines must come in their order.
    """

    units: frozenset[str]
    touched: set[str] = field(default_factory=set)
    texts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    keys: set[str] = field(default_factory=set)

    def learn(self, data: Mapping[str, Any]) -> None:
        """Know what the data of a task about a withdrawn unit tells: its key, its article, its text."""
        article, key, text = (str(data.get(name) or "") for name in ("article_id", "task_key", _TEXT))
        self.keys.add(key)
        if data.get("unit_type") == "comment":
            self.touched.add(article)
            self.texts[article] |= {text} - {"", WITHDRAWN}

    def is_target(self, data: Mapping[str, Any]) -> bool:
        """Whether the data of a task shows what was withdrawn as that which is labelled."""
        unit, article = data.get("unit_id"), data.get("article_id")
        whole = data.get("unit_type") == "capture" and article in self.touched
        return whole or unit in self.units or article in self.units

    def data(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The data of a task as it may stay.

        Of one that is about what was withdrawn nothing that is read remains; of one that shows it beside, its
        entry in the thread goes, and with it the name above it.
        """
        if self.is_target(data):
            return {name: value if name in KEPT else _blank(value) for name, value in data.items()}
        said = data.get(_ENTRY)
        if not isinstance(said, str):
            return dict(data)
        for text in sorted(self.texts.get(str(data.get("article_id")), ())):
            said = _entry_of(text).sub(rf"\1{WITHDRAWN}", said)
        return {**data, _ENTRY: said}

    def line(self, line: Line) -> Line:
        """A line of the archive as it may stay."""
        record = line.record
        if line.kind == "task" and isinstance(record["data"], dict):
            mine = self.is_target(record["data"])
            if mine:
                self.learn(record["data"])
            changed = {**record, "data": self.data(record["data"])}
            return line._replace(record=_without_words(changed) if mine else changed)
        if line.kind in {"annotation", "draft"} and line.task_key in self.keys:
            return line._replace(record=_without_words(record))
        return line


def _without_words(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record without the words that it quotes and the notes that somebody wrote; what was chosen stays."""
    return {name: _wordless(value) if name in _SAYING else value for name, value in record.items()}


def _wordless(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return {name: _blank(each) if name == _TEXT else _wordless(each) for name, each in value.items()}
    return [_wordless(each) for each in value] if isinstance(value, list) else value


def _blank(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return {name: _blank(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_blank(each) for each in value]
    return WITHDRAWN if isinstance(value, str) and value else value


def _entry_of(text: str) -> re.Pattern[str]:
    """What finds a comment among those before the one that is labelled: a name, a colon and the whole text."""
    return re.compile(rf"(\A|\n\n)[^\n]*: {re.escape(text)}(?=\n\n|\Z)")
