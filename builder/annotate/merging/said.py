"""Lines about annotations and drafts, read as far as a merge looks at them."""

import json
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Raw, Struct

from builder.annotate.archive.lines import Kind, line_of

WORK: tuple[Kind, ...] = ("annotation", "draft")
"""The kinds of line that are read so."""
_NOTHING = Raw(b"null")


class Record(Struct, gc=False):
    """What the record of either says. Nobody has looked at it yet: each entry may be any JSON value."""

    id: Any
    task: Any
    created_at: Any
    updated_at: Any


class AnnotationRecord(Record, gc=False):
    """What the record of an annotation says; ``result`` and ``prediction`` stay JSON until somebody asks."""

    unique_id: Any = None
    completed_by: Any = None
    updated_by: Any = None
    was_cancelled: Any = None
    lead_time: Any = None
    parent_prediction: Any = None
    result: Raw = _NOTHING
    prediction: Raw = _NOTHING


class DraftRecord(Record, gc=False, kw_only=True):
    """What the record of a draft says; ``user`` is an address."""

    user: Any
    lead_time: Any = None


class Said(Struct, gc=False, tag_field="kind", forbid_unknown_fields=True):
    """A line: the server's name, the project, the time of the pull, the key that the task carries if any."""

    server: str
    project: int | None
    pulled_at: str
    task_key: str | None


class Annotation(Said, gc=False, tag="annotation"):
    """A version of an annotation."""

    record: AnnotationRecord


class Draft(Said, gc=False, tag="draft"):
    """A version of a draft."""

    record: DraftRecord


_QUICK: msgspec.json.Decoder[Annotation | Draft] = msgspec.json.Decoder(Annotation | Draft)
_RAW = ("result", "prediction")


def said_in(text: bytes) -> Annotation | Draft:
    """A line as it is stored, read; ``ValueError`` or ``TypeError`` says why it is none."""
    try:
        return _QUICK.decode(text)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return _with_care(text)


def _with_care(text: bytes) -> Annotation | Draft:
    """The same of a line that is none, which raises, or in which somebody wrote half a character."""
    line = line_of(text)
    around = (line.server, line.project, line.pulled_at, line.task_key)
    if line.kind == "draft":
        return Draft(*around, DraftRecord(**_entries(DraftRecord, line.record)))
    return Annotation(*around, AnnotationRecord(**_entries(AnnotationRecord, line.record)))


def _entries(form: type[Record], record: Mapping[str, Any]) -> dict[str, Any]:
    there = {name: record[name] for name in form.__struct_fields__ if name in record}
    return {name: _raw(value) if name in _RAW else value for name, value in there.items()}


def _raw(value: object) -> Raw:
    return Raw(json.dumps(value, ensure_ascii=False).encode(errors="surrogatepass"))
