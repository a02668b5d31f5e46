"""The JSON Schema of the answers to a labelling config: one document an annotation, one entry a question."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from builder.annotate.questionnaire.questions import LabelConfig, Question
from builder.core.storage import read_text, replace

# Not `false`, of which jsonschema does not say where in a document it was met.
_NOTHING: Mapping[str, Any] = MappingProxyType({"not": {}})
_MEASURED = ("choice", "choices", "number")
_ABOUT = (
    "The answers of one annotation, by question. A question that was not answered is absent, and so must one "
    "be that was not asked. That a span ends behind its start and lies within the text is shown elsewhere."
)


def answer_schema(questions: Sequence[Question]) -> dict[str, Any]:
    """The schema of a document of answers to these questions, as JSON Schema 2020-12."""
    rules = [_only_when_asked(question, questions) for question in questions if question.asked_when]
    return {
        "type": "object",
        "properties": {question.name: _answer(question) for question in questions},
        "required": [each.name for each in questions if each.required and not each.asked_when],
        "additionalProperties": False,
        **({"allOf": rules} if rules else {}),
    }


def config_schema(config: LabelConfig) -> dict[str, Any]:
    """The schema of a config: that of its questions, under its name, words and hash."""
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:newsthreads:schema:annotations:{config.name}",
        "title": config.name,
        "description": f"{config.title}. {_ABOUT}",
        "x-config-sha256": config.sha256,
        "x-unit-type": config.unit_type,
    }
    return {**head, **answer_schema(config.questions)}


def schema_text(config: LabelConfig) -> str:
    """The schema of a config as it stands in its file."""
    return json.dumps(config_schema(config), indent=2, ensure_ascii=False) + "\n"


def schema_file(root: Path, name: str) -> Path:
    """Where the schema of a dataset's config lies."""
    return root / "schemas" / "annotations" / f"{name}.schema.json"


def is_current(root: Path, config: LabelConfig) -> bool:
    """Whether the schema in its file is the one that follows from the config."""
    return read_text(schema_file(root, config.name)) == schema_text(config)


def write_schema(root: Path, config: LabelConfig) -> None:
    """Write the schema to its file; raises ``OutputError`` where that cannot be."""
    replace(schema_file(root, config.name), schema_text(config).encode())


def _answer(question: Question) -> dict[str, Any]:
    words = {"description": question.description} if question.description else {}
    scale = {"x-scale": question.scale} if question.kind in _MEASURED else {}
    return {**words, **scale, **_shape(question)}


def _shape(question: Question) -> dict[str, Any]:
    if question.kind == "choice":
        return _option(question)
    if question.kind == "choices":
        return {"type": "array", "items": _option(question), "minItems": 1, "uniqueItems": True}
    if question.kind == "text":
        return {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1}
    if question.kind == "spans":
        return {"type": "array", "items": _span(question), "minItems": 1}
    return {"type": "integer" if question.whole else "number", **dict(_bounds(question))}


def _option(question: Question) -> dict[str, Any]:
    words = {
        option.value: f"{option.words}: {option.hint}" if option.hint else option.words
        for option in question.options
    }
    return {"type": "string", "enum": list(question.values), "x-values": words}


def _span(question: Question) -> dict[str, Any]:
    offset = {"type": "integer", "minimum": 0}
    return {
        "type": "object",
        "properties": {
            "start": {"description": "First character, in code points from 0.", **offset},
            "end": {"description": "Behind the last character, in code points.", **offset},
            "label": _option(question),
        },
        "required": ["start", "end", "label"],
        "additionalProperties": False,
    }


def _bounds(question: Question) -> Iterator[tuple[str, float]]:
    for keyword, bound in (("minimum", question.minimum), ("maximum", question.maximum)):
        if bound is not None:
            yield keyword, int(bound) if bound == int(bound) else bound


def _only_when_asked(question: Question, questions: Sequence[Question]) -> dict[str, Any]:
    """The rule of a question that is asked sometimes: then it may (or must) be answered, else not."""
    return {
        "if": _asked(question, questions),
        "then": {"required": [question.name] if question.required else []},
        "else": {"properties": {question.name: dict(_NOTHING)}},
    }


def _asked(question: Question, questions: Sequence[Question]) -> dict[str, Any]:
    if question.asked_when is None:
        return {}
    decides, options = question.asked_when.question, {"enum": list(question.asked_when.options)}
    single = any(each.name == decides and each.kind == "choice" for each in questions)
    chosen = options if single else {"type": "array", "contains": options}
    return {"properties": {decides: chosen}, "required": [decides]}
