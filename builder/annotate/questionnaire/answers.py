"""Whether a document of answers is one that its config allows, and in plain words why not."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from builder.annotate.questionnaire.questions import Kind, Question

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

_SPAN = frozenset({"start", "end", "label"})


def accepts(questions: Sequence[Question], document: object) -> bool:
    """Whether the schema of the questions accepts a document, decided in microseconds.

    The same as ``not faults(schema, document)``; the document is any JSON value.
    """
    if not isinstance(document, dict):
        return False
    known = 0
    for question in questions:
        if question.name not in document:
            if question.required and is_asked(question, document):
                return False
            continue
        known += 1
        if not (_GOOD[question.kind](question, document[question.name]) and is_asked(question, document)):
            return False
    return known == len(document)


def is_asked(question: Question, document: Mapping[str, Any]) -> bool:
    """Whether a question is asked of somebody who gave these answers."""
    if question.asked_when is None:
        return True
    chosen = document.get(question.asked_when.question)
    return any(value in question.asked_when.options for value in _listed(chosen))


def faults(schema: Mapping[str, Any], document: object) -> list[tuple[str, str]]:
    """What is wrong with a document: JSON pointers with words, sorted; empty if nothing is.

    A pointer leads to what is wrong, so for something missing to the object that lacks it. That an answer was
    not asked for is told only where the answer that decides about it is sound.
    """
    from builder.contracts.authority import errors_of  # noqa: PLC0415 - slow to import, and seldom needed

    errors = list(errors_of(schema, document))
    broken = {error.absolute_path[0] for error in errors if error.absolute_path and error.validator != "not"}
    told = (error for error in errors if _decider(schema, error) not in broken)
    return sorted({fault for error in told for fault in _worded(error)})


def _decider(schema: Mapping[str, Any], error: "ValidationError") -> str | None:
    """The question whose answer decides whether the one at fault is asked; none for other faults."""
    if error.validator != "not":
        return None
    rule = schema["allOf"][error.absolute_schema_path[1]]
    return str(rule["if"]["required"][0])


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else (value,)


def _is_choice(question: Question, value: object) -> bool:
    return isinstance(value, str) and value in question.values


def _are_choices(question: Question, value: object) -> bool:
    if not isinstance(value, list) or not value:
        return False
    return all(_is_choice(question, each) for each in value) and len(set(value)) == len(value)


def _are_spans(question: Question, value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(_is_span(question, each) for each in value)


def _is_span(question: Question, value: object) -> bool:
    if not isinstance(value, dict) or value.keys() != _SPAN:
        return False
    offsets = all(_is_whole(value[end]) and value[end] >= 0 for end in ("start", "end"))
    return offsets and _is_choice(question, value["label"])


def _are_texts(_question: Question, value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, str) and each for each in value)


def _is_number(question: Question, value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    if question.whole and not _is_whole(value):
        return False
    low, high = question.minimum, question.maximum
    finite = value - value == 0
    return finite and (low is None or value >= low) and (high is None or value <= high)


def _is_whole(value: object) -> bool:
    if isinstance(value, float):
        return value.is_integer()
    return isinstance(value, int) and not isinstance(value, bool)


_GOOD: Mapping[Kind, Callable[[Question, object], bool]] = MappingProxyType(
    {
        "choice": _is_choice,
        "choices": _are_choices,
        "spans": _are_spans,
        "text": _are_texts,
        "number": _is_number,
    }
)


def _worded(error: "ValidationError") -> Iterator[tuple[str, str]]:
    """An error of jsonschema, with the pointer of what is wrong and words for a person."""
    at, value = _pointer(error.absolute_path), cast("Any", error.instance)
    rule = cast("Any", error.validator_value)
    if error.validator == "required":
        missing = [name for name in rule if name not in value]
        yield from ((at, f"'{name}' is wanted and missing") for name in missing)
    elif error.validator == "additionalProperties":
        more = set(value) - set(cast("Any", error.schema)["properties"])
        yield from ((f"{at}/{_escaped(name)}", "nothing of that name is asked") for name in more)
    elif error.validator == "not":
        yield at, "was not asked after these answers, so it cannot be answered"
    elif error.validator == "enum":
        if isinstance(value, str):  # else its type is the fault
            yield at, f"{value!r} is no option; the options are: {', '.join(rule)}"
    else:
        yield at, error.message


def _pointer(path: Sequence[str | int]) -> str:
    return "".join(f"/{_escaped(str(part))}" for part in path)


def _escaped(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")
