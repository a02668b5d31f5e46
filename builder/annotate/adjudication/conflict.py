"""Answers that do not agree, as the plain text that an adjudicator reads: no names, in an order drawn by lot."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import sha256
from string import ascii_uppercase
from typing import Any

from builder.annotate.questionnaire.answers import is_asked
from builder.annotate.questionnaire.documents import Answered
from builder.annotate.questionnaire.questions import LabelConfig, Question

_IN_DISPUTE, _ALIKE, _OTHERWISE = "≠", "=", "·"
_BETWEEN = " | "
_LONGEST, _LONGEST_NOTE = 60, 240
_NONE, _NOT_ASKED = "–", "not asked"


def answers_text(
    config: LabelConfig, text: str, answers: Sequence[Answered], dispute: Collection[str]
) -> str:
    """The answers to a unit whose text is ``text``, a line a question, those in ``dispute`` first and marked.

    Annotators are letters, which say nothing beyond this one unit.
    """
    lot = sorted(answers, key=lambda one: sha256(f"{one.unit_id}\n{one.annotation_id}".encode()).digest())
    people = {_letter(place): one for place, one in enumerate(lot)}
    asked = [question for question in config.questions if any(question.name in one.answers for one in lot)]
    order = sorted(asked, key=lambda question: question.name not in dispute)
    return "\n".join(_line(question, people, text, question.name in dispute) for question in order)


def _line(question: Question, people: Mapping[str, Answered], text: str, disputed: bool) -> str:  # noqa: FBT001 - one of two marks
    said = {letter: _said(question, one, text) for letter, one in people.items()}
    if question.kind == "text":
        said = {letter: words for letter, words in said.items() if question.name in people[letter].answers}
    elif len(set(said.values())) == 1:
        return f"{_ALIKE} {question.name}: all {next(iter(said.values()))}"
    mark = _IN_DISPUTE if disputed else _OTHERWISE
    return f"{mark} {question.name}: {_BETWEEN.join(f'{letter} {words}' for letter, words in said.items())}"


def _said(question: Question, one: Answered, text: str) -> str:
    if question.name not in one.answers:
        return _NONE if is_asked(question, one.answers) else _NOT_ASKED
    value: Any = one.answers[question.name]
    words = {option.value: option.words for option in question.options}
    if question.kind == "spans":
        return ", ".join(_marked(words, value, text))
    if question.kind == "text":
        return " ".join(f"“{_short(line, _LONGEST_NOTE)}”" for line in value)
    if question.kind == "number":
        return f"{value:g}"
    chosen = value if isinstance(value, list) else [value]
    return ", ".join(str(words.get(each, each)) for each in chosen)


def _marked(words: Mapping[str, str], spans: Sequence[Mapping[str, object]], text: str) -> Iterator[str]:
    for span in spans:
        start, end, label = int(str(span["start"])), int(str(span["end"])), str(span["label"])
        yield f"{words.get(label, label)} “{_short(text[start:end])}” ({start}–{end})"


def _short(text: str, longest: int = _LONGEST) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= longest else f"{plain[: longest - 1]}…"


def _letter(place: int) -> str:
    return ascii_uppercase[place] if place < len(ascii_uppercase) else f"No. {place + 1}"
