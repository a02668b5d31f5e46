"""What a merge reads of a line, and what it says of one that is none."""

from typing import Any

import pytest
from msgspec import Raw

from builder.annotate.archive.lines import Line, json_of
from builder.annotate.merging.said import Annotation, Data, Draft, Task, context_in, work_in
from tests.unit.annotate.pulled import CIVIL, data

AT = "2031-04-05T00:00:00Z"
RECORD = {"id": 1, "task": 2, "created_at": AT, "updated_at": AT}
HALF = "\ud83d"


def line(kind: Any, **record: Any) -> bytes:
    """A line as it is stored."""
    return Line(kind, "studio", 7, AT, None, {**RECORD, **record}).as_bytes()


@pytest.mark.parametrize("odd", [{}, {"unique_id": HALF}, {"lead_time": float("inf")}, {"more": [HALF]}])
def test_an_annotation_is_read(odd: dict[str, Any]) -> None:
    """What is looked at is there, the result as JSON, whatever else is in the record."""
    found = work_in(line("annotation", result=[*CIVIL], completed_by=3, **odd))
    assert isinstance(found, Annotation)
    assert (found.server, found.record.task, found.record.completed_by) == ("studio", 2, 3)
    assert isinstance(found.record.result, Raw)
    assert json_of(bytes(found.record.result)) == [*CIVIL]


def test_what_is_missing_is_none() -> None:
    """An entry that a record does not have is as one that says nothing."""
    found = work_in(line("annotation"))
    assert isinstance(found, Annotation)
    assert (found.record.completed_by, bytes(found.record.result)) == (None, b"null")


@pytest.mark.parametrize("odd", [{}, {"meta": HALF}])
def test_a_task_is_read(odd: dict[str, Any]) -> None:
    """The data of a task are the entries that prove what it showed; data that are no object are none."""
    sound, broken = context_in(line("task", data=data(), **odd)), context_in(line("task", data=[1], **odd))
    assert isinstance(sound, Task)
    assert isinstance(broken, Task)
    assert sound.record.data is not None
    assert sound.record.data.text == data()["text"]
    assert broken.record.data is None


@pytest.mark.parametrize("odd", [{}, {"meta": HALF}])
def test_what_is_no_text_is_none(odd: dict[str, Any]) -> None:
    """An entry of a task's data that is no text is as one that is missing, and all may be missing."""
    for entries in ({}, {"round": 7, "text": ["here"]}):
        found = context_in(line("task", data=entries, **odd))
        assert isinstance(found, Task)
        assert found.record.data == Data()


def test_a_draft_has_a_user() -> None:
    """A draft is read with the address of its user, and one without is no line."""
    found = work_in(line("draft", user="ann@annotators.example"))
    assert isinstance(found, Draft)
    assert found.record.user == "ann@annotators.example"
    with pytest.raises(ValueError, match="the record has no user"):
        work_in(line("draft"))


def test_a_line_begins_with_its_kind() -> None:
    """A line that does not say at its beginning what it holds is not taken for another."""
    moved = b"{" + b", ".join(
        [line("draft", user="a").removeprefix(b'{"kind": "draft", ')[:-1], b'"kind": "draft"}']
    )
    with pytest.raises(ValueError, match="has to begin with that"):
        context_in(moved)


@pytest.mark.parametrize("where", ["result", "more"])
def test_a_line_that_is_no_text_is_refused(where: str) -> None:
    """Bytes that are no UTF-8 are found wherever they stand, also where nobody looks."""
    spoilt = line("annotation", **{where: ["here"]}).replace(b"here", b"\xff\xfe")
    with pytest.raises(ValueError, match="utf-8"):
        work_in(spoilt)
