"""A capture for review: its text, and what the builder took each stretch of it for as marks to be corrected."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from builder.annotate.questionnaire.questions import LabelConfig, Question
from builder.annotate.tasks import Unit
from builder.core.errors import UsageError

MODEL = "builder"
"""Whose suggestions the marks are, in the words of Label Studio: a model version."""
_BLANK = "blank"
_FIRST, _FURTHER, _ELSE = "comment", "continuation", "other"


def capture_unit(article: Mapping[str, Any], text: str) -> Unit:
    """The unit of a whole capture, from the row of its article and its canonical text."""
    name = article["article_id"]
    return Unit("capture", name, name, article["raw_sha256"], text, {"capture_name": article["capture"]})


def suggestion(config: LabelConfig, text: str, segments: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The segments of a capture, in their order, as a prediction that prefills the config's span question.

    Offsets are code points. Raises ``UsageError`` where the config has no span question.
    """
    question = _marks(config)
    marks = [
        {
            "id": f"s{number}",
            "from_name": question.name,
            "to_name": question.about,
            "type": "labels",
            "value": {"start": start, "end": end, "text": text[start:end], "labels": [label]},
        }
        for number, (label, start, end) in enumerate(_labelled(segments, question.values))
    ]
    return {"model_version": MODEL, "result": marks}


def _marks(config: LabelConfig) -> Question:
    found = next((question for question in config.questions if question.kind == "spans"), None)
    if found is None:
        raise UsageError(f"{config.name} has no labels to mark lines with, so no capture can be reviewed.")
    return found


def _labelled(
    segments: Iterable[Mapping[str, Any]], known: tuple[str, ...]
) -> Iterator[tuple[str, int, int]]:
    """Label and place of each segment but the blank ones; a comment's later paragraphs are continuations."""
    last = None
    for segment in segments:
        kind, comment = segment["kind"], segment["comment_id"]
        if kind == _BLANK:
            continue
        if kind == _FIRST:
            kind, last = (_FURTHER if comment == last else _FIRST), comment
        yield (kind if kind in known else _ELSE), segment["char_start"], segment["char_end"]
