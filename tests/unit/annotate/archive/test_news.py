"""What a pull adds to the archive: all that is new, and nothing that is there already."""

import pytest

from builder.annotate.archive.known import known_of
from tests.unit.annotate.exports import Export
from tests.unit.annotate.pulled import PROJECT, SERVER, data


@pytest.fixture
def export() -> Export:
    """A project with two tasks, one of them answered, pulled once."""
    made = Export()
    made.annotate(made.add_task(data()), [])
    made.add_task(data(task_key=None))
    assert [line.kind for line in made.pull()] == ["project", "user", "user", "task", "annotation", "task"]
    return made


def kinds(export: Export) -> list[str]:
    """The kinds of line that a pull adds; a second one must add none."""
    added = [line.kind for line in export.pull()]
    assert export.pull() == []
    return added


def test_the_second_pull_brings_nothing(export: Export) -> None:
    """Where nothing changed nothing is added."""
    assert kinds(export) == []


def test_an_edit_is_a_version_more(export: Export) -> None:
    """Both versions of an edited annotation are in the archive."""
    task = export.tasks[1]
    export.edit(task, task["annotations"][0], result=[1])
    assert kinds(export) == ["seen", "annotation"]
    assert [line.record["result"] for line in export.lines if line.kind == "annotation"] == [[], [1]]


def test_a_draft_that_goes_on_is_kept_each_time(export: Export) -> None:
    """A draft comes without a change of its task, and again when it was saved again."""
    task = export.tasks[2]
    export.draft(task, [])
    assert kinds(export) == ["draft"]
    task["drafts"][0] = {**task["drafts"][0], "updated_at": export.now(), "created_ago": "now"}
    assert kinds(export) == ["draft"]


def test_a_deleted_annotation_is_noted_once(export: Export) -> None:
    """An annotation that an exported task has no more is deleted, and what takes its number is another."""
    task = export.tasks[1]
    (old,) = task["annotations"]
    task["annotations"] = []
    new = export.annotate(task, [])
    assert new["id"] == old["id"]
    assert kinds(export) == ["seen", "annotation", "deleted"]
    assert export.lines[-1].record == {"of": "annotation", "unique_id": "u1", "task": 1, "deleted": True}


def test_a_deleted_task_takes_its_annotations_along(export: Export) -> None:
    """A task that is gone is noted with its annotations."""
    gone = export.tasks.pop(1)
    assert kinds(export) == ["deleted", "deleted"]
    assert [line.record["of"] for line in export.lines[-2:]] == ["task", "annotation"]
    assert {line.task_key for line in export.lines[-2:]} == {gone["data"]["task_key"]}


def test_a_number_that_is_given_again_is_another_task(export: Export) -> None:
    """A new task under the number of a deleted one is new, and the deleted one is gone."""
    del export.tasks[2]
    export.add_task(data())
    assert kinds(export) == ["deleted", "task"]


def test_what_is_back_is_noted(export: Export) -> None:
    """Where a server got its backup back, what was noted as deleted is taken back, and nothing stored again."""
    task = export.tasks.pop(1)
    export.pull()
    export.tasks[1] = task
    assert kinds(export) == ["deleted", "deleted"]
    assert [line.record["deleted"] for line in export.lines[-2:]] == [False, False]


def test_an_annotation_that_was_moved_is_not_deleted(export: Export) -> None:
    """The server moves annotations to the copy of a task that it keeps; they are where they are now."""
    task = export.tasks.pop(1)
    (moved,) = task["annotations"]
    moved["task"] = 2
    export.tasks[2]["annotations"].append(moved)
    assert kinds(export) == ["deleted", "deleted"]
    records = {line.record["of"]: line.record["deleted"] for line in export.lines[-2:]}
    assert records == {"annotation": False, "task": True}


def test_what_the_archive_tells_is_what_the_pull_knew(export: Export) -> None:
    """A pull that begins with the archive knows what the pull before it knew at its end."""
    export.tasks.pop(1)
    export.draft(export.tasks[2], [])
    export.pull()
    assert known_of(export.lines, SERVER).projects[PROJECT] == export.known.projects[PROJECT]
    assert known_of(export.lines, "elsewhere").projects == {}
