"""The short way for what nearly every annotation says: options of questions that are asked, and marks in the text."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

import msgspec
from msgspec import Raw, Struct

from builder.annotate.merging.results import TYPES, Reason
from builder.annotate.questionnaire.answers import is_asked
from builder.annotate.questionnaire.questions import Kind, Question

Answer = tuple[str, int, str | None, float | None, str | None]
"""Question, ordinal, option, number, text."""
Span = tuple[int, int, str, str, str]
"""Start, end, question, label, text."""


class Interpreted(Struct, frozen=True, gc=False):
    """The rows of a version, or the reasons why it has none."""

    answers: tuple[Answer, ...] = ()
    spans: tuple[Span, ...] = ()
    reasons: tuple[Reason, ...] = ()


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
_KEPT = 4096


_Chosen = tuple[str, tuple[str, ...]]
"""A question, and its chosen options in their order; a question that is answered by marks has none."""
_Meaning = tuple[_Chosen, tuple[str, ...]]
"""What an item says: what is chosen by it, and the labels of its mark."""


class Plain:
    """Reads results to the questions of one config; what many people say is thought about once."""

    def __init__(self, questions: Mapping[str, Question]) -> None:
        self._questions = {name: one for name, one in questions.items() if one.kind in _PLAIN}
        self._always = {one.name for one in questions.values() if one.required and not one.asked_when}
        self._sometimes = [one for one in questions.values() if one.asked_when]
        self._meaning = lru_cache(_KEPT)(self._look)
        self._answers = lru_cache(_KEPT)(self._in_turn)

    def rows(self, result: Raw, text: str) -> Interpreted | None:
        """The rows of a result in which all is plain and in order; none for any other, which says nothing of it."""
        try:
            return self._rows(_ITEMS.decode(result), text)
        except (msgspec.MsgspecError, UnicodeDecodeError):  # of another form
            return None

    def _rows(self, items: Iterable[_Item], text: str) -> Interpreted | None:
        chosen: dict[str, _Chosen] = {}
        spans: list[Span] = []
        for item in items:
            value = item.value
            means = self._meaning(item.from_name, item.to_name, item.type, value.choices, value.labels)
            if means is None:
                return None
            one, labels = means
            question = one[0]
            if labels:
                words = _marked(value, text)
                if words is None:
                    return None
                for label in labels:  # there is nearly always one
                    spans.append((value.start, value.end, question, label, words))  # noqa: PERF401
            elif question in chosen:
                return None
            chosen[question] = one
        answers = self._answers(tuple(chosen.values()))
        return None if answers is None else Interpreted(answers, tuple(sorted(spans)))

    def _look(
        self, name: str, about: str, kind: str, choices: tuple[str, ...], labels: tuple[str, ...]
    ) -> _Meaning | None:
        """What an item with these entries says; none where it does not answer a question as it is asked."""
        question = self._questions.get(name)
        if question is None or kind not in TYPES[question.kind] or about not in question.about.split(","):
            return None
        if question.kind == "spans":
            return ((name, ()), labels) if labels and {*labels} <= {*question.values} else None
        several = question.kind == "choices" and len({*choices}) == len(choices)
        if not {*choices} <= {*question.values} or not (len(choices) == 1 or (choices and several)):
            return None
        return (name, tuple(option for option in question.values if option in choices)), ()

    def _in_turn(self, chosen: tuple[_Chosen, ...]) -> tuple[Answer, ...] | None:
        """The rows of chosen options; none unless what must be answered is, and nothing that is not asked."""
        said = dict(chosen)
        if not said or not self._always <= said.keys():
            return None
        for question in self._sometimes:
            answered, asked = question.name in said, is_asked(question, said)
            if answered > asked or (question.required and asked > answered):
                return None
        return tuple(
            (name, number, option, None, None)
            for name, options in sorted(chosen)
            for number, option in enumerate(options)
        )


def _marked(value: _Value, text: str) -> str | None:
    """The text that a mark is over; none where it is not what the mark claims."""
    start, end, claimed = value.start, value.end, value.text
    words = text[start:end]
    if not 0 <= start < end <= len(text) or (claimed != words and claimed != as_shown(words)):
        return None
    return words


def as_shown(text: str) -> str:
    """A text as the server's page copies it: each line end becomes a backslash and a letter."""
    return text.replace("\r", "\\n").replace("\n", "\\n")
