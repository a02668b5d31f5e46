"""One version of an annotation becomes rows of answers and spans, or the reasons why it does not."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec import Raw

from builder.annotate.archive.lines import json_of
from builder.annotate.merging.plain import Answer, Interpreted, Plain, Span, as_shown
from builder.annotate.merging.results import Document, Reason, document, escaped, foreign, malformed
from builder.annotate.questionnaire.answers import is_asked
from builder.annotate.questionnaire.questions import Question
from builder.contracts.faults import shortened

_Placed = tuple[str, Reason]
"""A reason with the place in the document that it is about."""
_HALF = re.compile("[\ud800-\udfff]")
_LARGEST = 2**53


@dataclass(frozen=True, slots=True)
class Asked:
    """What a labelling config asks: its questions by name, and how a document of answers is judged.

    ``plain`` reads what most people say in a moment, ``accepts`` says whether a document is in order,
    ``faults`` where it is not, by JSON pointer, and why.
    """

    questions: Mapping[str, Question]
    plain: Plain
    accepts: Callable[[Mapping[str, Any]], bool]
    faults: Callable[[Mapping[str, Any]], Iterable[tuple[str, str]]]


def interpret(result: Raw, asked: Asked | None, text: str | None) -> Interpreted:
    """The rows of a result, given as JSON; without what was asked, or without the text, only reasons can come of it.

    ``text`` is that of the unit; offsets count its code points.
    """
    if asked and text is not None:
        rows = asked.plain.rows(result, text)
        if rows:
            return rows
    return _with_care(json_of(bytes(result)), asked, text)


def _with_care(result: object, asked: Asked | None, text: str | None) -> Interpreted:
    reasons = tuple(malformed(result))
    if reasons or not isinstance(result, list):
        return Interpreted(reasons=reasons)
    if not result:
        return Interpreted(reasons=(Reason("empty", "/result", "nothing was answered"),))
    if asked is None:
        return Interpreted()
    reasons = tuple(foreign(result, asked.questions))
    if reasons:
        return Interpreted(reasons=reasons)
    made = document(result, asked.questions)
    reasons = (*_judged(made, asked), *(_offsets(made, text) if text is not None else ()))
    if reasons or text is None:
        return Interpreted(reasons=reasons)
    return Interpreted(tuple(_answers(made, asked)), tuple(_spans(made, asked, text)))


def _judged(made: Document, asked: Asked) -> Iterator[Reason]:
    """What the config has against a document; of several faults in one place the first."""
    if not made.answers:
        yield Reason("empty", "/result", "nothing was answered")
    elif not asked.accepts(made.answers):
        faults = [
            (path, Reason("schema", made.pointer(path), said)) for path, said in asked.faults(made.answers)
        ]
        if not faults:
            raise AssertionError(f"refused without a reason: {made.answers}")
        found: dict[str, Reason] = {}
        for path, one in list(_own_faults(made, asked, faults)) or faults:
            found.setdefault(path, one)
        yield from found.values()
    yield from _unwritable(made, asked)


def _own_faults(made: Document, asked: Asked, faults: Sequence[_Placed]) -> Iterator[_Placed]:
    """Faults that do not follow from others, by place: first what was not answered, and what was not asked.

    Where the answer that decides whether a question is asked is wrong itself, that is told and no more.
    """
    turns = {name: _out_of_turn(one, made) for name, one in asked.questions.items()}
    wrong = {f"/{path.split('/')[1]}" for path, _ in faults if path}
    wrong |= {f"/{escaped(name)}" for name, one in turns.items() if one}
    told = {""}
    for name, one in turns.items():
        condition = asked.questions[name].asked_when
        follows = condition is not None and f"/{escaped(condition.question)}" in wrong
        if one or follows:
            told.add(f"/{escaped(name)}")
        if one and not follows:
            yield f"/{escaped(name)}", one
    yield from (fault for fault in faults if fault[0] not in told)


def _out_of_turn(question: Question, made: Document) -> Reason | None:
    """What is wrong with a question that was answered and not asked, or asked and not answered."""
    answered, wanted = question.name in made.answers, is_asked(question, made.answers)
    if answered and not wanted:
        said = f"{question.name} was answered, though it is not asked after these answers"
        return Reason("schema", made.pointer(f"/{escaped(question.name)}"), said)
    if question.required and wanted and not answered:
        return Reason("missing_answer", "/result", f"{question.name} was asked and not answered")
    return None


def _unwritable(made: Document, asked: Asked) -> Iterator[Reason]:
    """Answers that a schema allows and no table can hold."""
    for name, value in made.answers.items():
        at = f"/{escaped(name)}"
        if asked.questions[name].kind == "text":
            for number, line in enumerate(value):
                if isinstance(line, str) and _HALF.search(line):
                    yield Reason("malformed", made.pointer(f"{at}/{number}"), "half a character")
        elif isinstance(value, int) and abs(value) > _LARGEST:
            yield Reason("malformed", made.pointer(at), "a number beyond all bounds")


def _offsets(made: Document, text: str) -> Iterator[Reason]:
    """Spans that do not mark what they claim to mark."""
    for pointer, value in made.claims:
        start, end, claimed = (value.get(name) for name in ("start", "end", "text"))
        if not (type(start) is int and type(end) is int):
            yield Reason("offsets", pointer, "start and end are no whole numbers")
        elif not 0 <= start < end <= len(text):
            said = f"{start} to {end} is no stretch of a text of {len(text)} characters"
            yield Reason("offsets", pointer, said)
        elif claimed not in (text[start:end], as_shown(text[start:end])):
            said = f"the text from {start} to {end} is {shortened(text[start:end])}, not {shortened(claimed)}"
            yield Reason("offsets", f"{pointer}/text" if "text" in value else pointer, said)


def _answers(made: Document, asked: Asked) -> Iterator[Answer]:
    for name in sorted(made.answers):
        question, value = asked.questions[name], made.answers[name]
        if question.kind == "choice":
            yield name, 0, value, None, None
        elif question.kind == "choices":
            places = {option: place for place, option in enumerate(question.values)}
            for number, option in enumerate(sorted(value, key=places.__getitem__)):
                yield name, number, option, None, None
        elif question.kind == "number":
            yield name, 0, None, float(value), None
        elif question.kind == "text":
            for number, line in enumerate(value):
                yield name, number, None, None, line


def _spans(made: Document, asked: Asked, text: str) -> Iterator[Span]:
    found = [
        (span["start"], span["end"], name, span["label"], text[span["start"] : span["end"]])
        for name, value in made.answers.items()
        if asked.questions[name].kind == "spans"
        for span in value
    ]
    yield from sorted(found)
