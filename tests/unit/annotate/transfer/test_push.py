"""How tasks are divided into requests, and how projects are known again."""

from builder.annotate.server.projects import Marker, describe, read_marker
from builder.annotate.tasks import task_key
from builder.annotate.transfer.push import CHUNK, CHUNK_CHARACTERS, chunks

MARKER = Marker("town-threads", "pilot", "mood", "0" * 64, "pool")


def test_no_request_is_too_large() -> None:
    """A request holds at most so many tasks and so much text, all tasks in their order."""
    small = [{"data": {"text": str(number)}} for number in range(2 * CHUNK + 1)]
    assert [len(chunk) for chunk in chunks(small)] == [CHUNK, CHUNK, 1]
    assert [task for chunk in chunks(small) for task in chunk] == small
    large = [{"data": {"text": "x" * (CHUNK_CHARACTERS // 2 + 1)}}] * 3
    assert [len(chunk) for chunk in chunks(large)] == [1, 1, 1]


def test_nothing_is_sent_in_no_request() -> None:
    """Without tasks there is no request."""
    assert not list(chunks([]))


def test_a_mark_is_found_again() -> None:
    """A project is known by its description, whatever people add around it."""
    assert read_marker(describe(MARKER)) == MARKER
    assert read_marker(f"our first try\r\n{describe(MARKER)}\r\nbe kind") == MARKER


def test_other_projects_are_not_ours() -> None:
    """A description without a mark, or with a damaged one, is somebody else's."""
    assert read_marker(None) is None
    assert read_marker("cats and dogs") is None
    assert read_marker('newsthreads: {"round": 1}') is None
    assert read_marker("newsthreads: {broken}") is None


def test_a_task_key_is_for_life() -> None:
    """The key of a task does not change between versions of the builder."""
    assert task_key("pilot", "pool", "comment", "c0", 0) == "t088d2dcb2860831766ec"
    assert task_key("pilot", "pool", "comment", "c0", 1) != task_key("pilot", "pool", "comment", "c0", 0)
