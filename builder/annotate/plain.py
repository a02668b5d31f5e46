"""The short way for what nearly every annotation says: options of questions that are asked, and marks in the text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from builder.annotate.answers import is_asked
from builder.annotate.questions import Kind, Question
from builder.annotate.results import TYPES

Answer = tuple[str, int, str | None, float | None, str | None]
"""Question, ordinal, option, number, text."""
Span = tuple[int, int, str, str, str]
"""Start, end, question, label, text."""

_PLAIN: tuple[Kind, ...] = ("choice", "choices", "spans")


@dataclass(frozen=True, slots=True)
class _Control:
    """A question, made ready: the one type of its items, the texts it is about, the place of each option."""

    question: Question
    type: str
    about: frozenset[str]
    places: Mapping[str, int]

    def takes(self, item: Any) -> bool:  # noqa: ANN401 - what a server sent
        """Whether an item is of this question's type and about its text."""
        to_name = item.get("to_name")
        return item.get("type") == self.type and isinstance(to_name, str) and to_name in self.about

    def options(self, chosen: Any) -> Sequence[str] | None:  # noqa: ANN401 - what a server sent
        """Chosen options in their order; none where they are not options, each once, as many as may be."""
        if not isinstance(chosen, list) or not chosen or not all(map(self._has, chosen)):
            return None
        if len(chosen) == 1:
            return chosen
        several = self.question.kind == "choices" and len(set(chosen)) == len(chosen)
        return sorted(chosen, key=self.places.__getitem__) if several else None

    def _has(self, value: object) -> bool:
        return isinstance(value, str) and value in self.places

    def marks(self, value: Mapping[str, Any], text: str) -> list[Span] | None:
        """The spans of a mark; none where it does not mark what it claims to, or not with labels."""
        start, end, labels = value.get("start"), value.get("end"), value.get("labels")
        if not (type(start) is int and type(end) is int and 0 <= start < end <= len(text)):
            return None
        marked = text[start:end]
        if value.get("text") not in (marked, as_shown(marked)):
            return None
        if not isinstance(labels, list) or not labels or not all(map(self._has, labels)):
            return None
        return [(start, end, self.question.name, label, marked) for label in labels]


class Plain:
    """Reads results to the questions of one config."""

    def __init__(self, questions: Mapping[str, Question]) -> None:
        self._controls = {one.name: _control(one) for one in questions.values() if one.kind in _PLAIN}
        self._rules = [one for one in questions.values() if one.required or one.asked_when]

    def rows(self, result: Sequence[Any], text: str) -> tuple[tuple[Answer, ...], tuple[Span, ...]] | None:
        """The rows of a result in which all is plain and in order; none for any other, which says nothing of it."""
        chosen: dict[str, Any] = {}
        spans: list[Span] = []
        for item in result:
            control = self._controls.get(item.get("from_name")) if _is_formed(item) else None
            if control is None or not control.takes(item):
                return None
            name = control.question.name
            if control.type == "labels":
                found = control.marks(item["value"], text)
                spans += found or ()
            else:
                found = None if name in chosen else control.options(item["value"].get("choices"))
            if found is None:
                return None
            chosen[name] = found
        if not chosen or not self._in_turn(chosen):
            return None
        return tuple(self._answers(chosen)), tuple(sorted(spans))

    def _in_turn(self, chosen: Mapping[str, Any]) -> bool:
        """Whether what must be answered is, and nothing that is not asked."""
        for question in self._rules:
            answered, asked = question.name in chosen, is_asked(question, chosen)
            if answered > asked or (question.required and asked and not answered):
                return False
        return True

    def _answers(self, chosen: Mapping[str, Sequence[str]]) -> Iterator[Answer]:
        for name in sorted(chosen):
            if self._controls[name].type == "choices":
                for number, option in enumerate(chosen[name]):
                    yield name, number, option, None, None


def as_shown(text: str) -> str:
    """A text as the server's page copies it: each line end becomes a backslash and a letter."""
    return text.replace("\r", "\\n").replace("\n", "\\n")


def _control(one: Question) -> _Control:
    places = {option: place for place, option in enumerate(one.values)}
    return _Control(one, TYPES[one.kind][0], frozenset(one.about.split(",")), places)


def _is_formed(item: Any) -> bool:  # noqa: ANN401 - what a server sent
    return (
        isinstance(item, dict)
        and isinstance(item.get("from_name"), str)
        and isinstance(item.get("value"), dict)
    )
