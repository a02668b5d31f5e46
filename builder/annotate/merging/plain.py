"""The short way for what nearly every annotation says: options of questions that are asked, and marks in the text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import msgspec
from msgspec import Raw, Struct

from builder.annotate.merging.results import TYPES
from builder.annotate.questionnaire.answers import is_asked
from builder.annotate.questionnaire.questions import Kind, Question

Answer = tuple[str, int, str | None, float | None, str | None]
"""Question, ordinal, option, number, text."""
Span = tuple[int, int, str, str, str]
"""Start, end, question, label, text."""

Rows = tuple[tuple[Answer, ...], tuple[Span, ...]]

_PLAIN: tuple[Kind, ...] = ("choice", "choices", "spans")


class _Value(Struct, gc=False):
    """What an item holds: options, or a mark."""

    choices: tuple[str, ...] = ()
    start: int = -1
    end: int = -1
    text: str | None = None
    labels: tuple[str, ...] = ()


class _Item(Struct, gc=False):
    """An item of a result, as the page writes it for the kinds of question that are plain."""

    from_name: str
    to_name: str
    type: str
    value: _Value


_ITEMS = msgspec.json.Decoder(list[_Item])


@dataclass(frozen=True, slots=True)
class _Control:
    """A question, made ready: its name and kind, what its items are like, its options with their places."""

    name: str
    kind: Kind
    type: str
    about: frozenset[str]
    options: Mapping[str, tuple[int, str]]

    def chosen(self, chosen: tuple[str, ...]) -> tuple[str, ...] | None:
        """Chosen options in their order; none where they are not options, each once, as many as may be."""
        if len(chosen) == 1:
            return (self.options[chosen[0]][1],)
        found = sorted(self.options[each] for each in chosen)
        several = found and self.kind == "choices" and len(set(found)) == len(found)
        return tuple(option for _, option in found) if several else None

    def marked(self, value: _Value, text: str) -> list[Span] | None:
        """The spans of a mark; none where it does not mark what it claims to, or not with labels."""
        start, end, claimed = value.start, value.end, value.text
        words = text[start:end]
        if not 0 <= start < end <= len(text) or (claimed != words and claimed != as_shown(words)):
            return None
        return [(start, end, self.name, self.options[label][1], words) for label in value.labels]


class Plain:
    """Reads results to the questions of one config."""

    def __init__(self, questions: Mapping[str, Question]) -> None:
        self._controls = {one.name: _control(one) for one in questions.values() if one.kind in _PLAIN}
        self._always = {one.name for one in questions.values() if one.required and not one.asked_when}
        self._sometimes = [one for one in questions.values() if one.asked_when]

    def rows(self, result: Raw, text: str) -> Rows | None:
        """The rows of a result in which all is plain and in order; none for any other, which says nothing of it."""
        try:
            return self._rows(_ITEMS.decode(result), text)
        except (msgspec.MsgspecError, UnicodeDecodeError, KeyError):  # of another form, or no option
            return None

    def _rows(self, items: Iterable[_Item], text: str) -> Rows | None:
        chosen: dict[str, tuple[str, ...]] = {}
        spans: list[Span] = []
        for item in items:
            control = self._controls[item.from_name]
            if item.type != control.type or item.to_name not in control.about:
                return None
            if control.kind == "spans":
                found = control.marked(item.value, text)
                if not found:
                    return None
                spans += found
                chosen[control.name] = ()
            else:
                options = control.chosen(item.value.choices)
                if options is None or control.name in chosen:
                    return None
                chosen[control.name] = options
        if not chosen or not self._in_turn(chosen):
            return None
        return _answers(tuple(chosen.items())), tuple(sorted(spans))

    def _in_turn(self, chosen: Mapping[str, tuple[str, ...]]) -> bool:
        """Whether what must be answered is, and nothing that is not asked."""
        if not self._always <= chosen.keys():
            return False
        for question in self._sometimes:
            answered, asked = question.name in chosen, is_asked(question, chosen)
            if answered > asked or (question.required and asked > answered):
                return False
        return True


@lru_cache(maxsize=4096)
def _answers(chosen: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[Answer, ...]:
    """The rows of chosen options; what many people say is made once, and is in memory once."""
    rows = [
        (name, number, option) for name, options in sorted(chosen) for number, option in enumerate(options)
    ]
    return tuple([(*row, None, None) for row in rows])


def as_shown(text: str) -> str:
    """A text as the server's page copies it: each line end becomes a backslash and a letter."""
    return text.replace("\r", "\\n").replace("\n", "\\n")


def _control(one: Question) -> _Control:
    options = {option: (place, option) for place, option in enumerate(one.values)}
    return _Control(one.name, one.kind, TYPES[one.kind][0], frozenset(one.about.split(",")), options)
