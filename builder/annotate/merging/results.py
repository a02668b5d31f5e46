"""The result of an annotation as a document of answers, with the way back from each answer to its record."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from builder.annotate.questionnaire.questions import Kind, Question

TYPES: Mapping[Kind, tuple[str, ...]] = {
    "choice": ("choices",),
    "choices": ("choices",),
    "spans": ("labels",),
    "text": ("textarea",),
    "number": ("rating", "number"),
}
"""How the server calls the results of each kind of question."""
_VALUES = {
    "choices": "choices",
    "labels": "labels",
    "textarea": "text",
    "rating": "rating",
    "number": "number",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a version is not merged: a word of the closed list, a JSON pointer into its record, what is wrong."""

    reason: str
    pointer: str
    detail: str


@dataclass(slots=True)
class Document:
    """The answers by question, in the form that a config's schema describes; pointers from there to the record."""

    answers: dict[str, Any] = field(default_factory=dict)
    pointers: dict[str, str] = field(default_factory=dict)
    claims: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)

    def pointer(self, pointer: str) -> str:
        """The place in the record that a place in the document came from, or the nearest above it."""
        while pointer and pointer not in self.pointers:
            pointer = pointer.rpartition("/")[0]
        return self.pointers.get(pointer, "/result")


def malformed(result: object) -> Iterator[Reason]:
    """Where a result is not formed as the server forms results."""
    if not isinstance(result, list):
        yield Reason("malformed", "/result", "the result is no list")
        return
    for number, item in enumerate(result):
        if not isinstance(item, dict):
            yield Reason("malformed", f"/result/{number}", "this is no object")
        elif "from_name" in item and not isinstance(item.get("value"), dict):
            yield Reason("malformed", f"/result/{number}/value", "there is no value")


def foreign(result: Sequence[Mapping[str, Any]], questions: Mapping[str, Question]) -> Iterator[Reason]:
    """Items that answer what is not asked, or in another way than it is asked."""
    for number, item in enumerate(result):
        name = item.get("from_name")
        question = questions.get(name) if isinstance(name, str) else None
        at = f"/result/{number}"
        if question is None:
            where = f"{at}/from_name" if "from_name" in item else at
            what = repr(name) if "from_name" in item else f"a {item.get('type')}"
            yield Reason("unknown_question", where, f"the config asks nothing called {what}")
        elif item.get("type") not in TYPES[question.kind]:
            yield Reason("schema", f"{at}/type", f"{question.name} is not answered by {item.get('type')!r}")
        elif item.get("to_name") not in question.about.split(","):
            yield Reason("schema", f"{at}/to_name", f"{question.name} is not about {item.get('to_name')!r}")


def document(result: Sequence[Mapping[str, Any]], questions: Mapping[str, Question]) -> Document:
    """The document of a result in which nothing is malformed or foreign."""
    made = Document()
    for number, item in enumerate(result):
        question = questions[item["from_name"]]
        values = item["value"].get(_VALUES[item["type"]])
        place = f"/result/{number}/value"
        if question.kind == "spans":
            _add_spans(made, question.name, item["value"], place)
        elif isinstance(values, list):
            for at, value in enumerate(values):
                _add(made, question, value, f"{place}/{_VALUES[item['type']]}/{at}")
        elif values is not None:
            _add(made, question, values, f"{place}/{_VALUES[item['type']]}")
    return made


def escaped(name: str) -> str:
    """A name as a part of a JSON pointer."""
    return name.replace("~", "~0").replace("/", "~1")


def _add(made: Document, question: Question, value: object, pointer: str) -> None:
    if value == "" and question.kind == "text":
        return  # an empty line is nothing written
    name = question.name
    path = f"/{escaped(name)}"
    several = made.answers.get(name)
    if question.kind in ("choice", "number"):
        # A second answer to a question for one becomes a list, which its schema refuses.
        made.answers[name] = value if name not in made.answers else [several, value]
        made.pointers[path] = pointer
        return
    listed = made.answers.setdefault(name, [])
    made.pointers.setdefault(path, pointer.rpartition("/")[0] if pointer[-1].isdigit() else pointer)
    made.pointers[f"{path}/{len(listed)}"] = pointer
    listed.append(value)


def _add_spans(made: Document, name: str, value: Mapping[str, Any], pointer: str) -> None:
    path = f"/{escaped(name)}"
    labels = value.get("labels")
    listed = made.answers.setdefault(name, [])
    made.pointers.setdefault(path, "/result")
    made.claims.append((pointer, value))
    for at, label in enumerate(labels if isinstance(labels, list) and labels else [None]):
        here = f"{path}/{len(listed)}"
        span = {edge: value[edge] for edge in ("start", "end") if edge in value}
        made.pointers[here] = pointer
        made.pointers[f"{here}/label"] = f"{pointer}/labels/{at}" if label is not None else pointer
        made.pointers.update({f"{here}/{edge}": f"{pointer}/{edge}" for edge in span})
        listed.append({**span, "label": label} if label is not None else span)
