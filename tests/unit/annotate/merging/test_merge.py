"""Each rule of the merge by its name: what counts, what was superseded, what is rejected and why."""

from typing import Any

import pytest

from builder.annotate.merging.merge import Summary
from builder.contracts.catalogue import ANNOTATION
from builder.contracts.columns import check_columns
from tests.unit.annotate.pulled import (
    ANN,
    BOB,
    CIVIL,
    PEOPLE,
    TANKS,
    USERS,
    Pulled,
    at,
    choice,
    data,
    merged,
    span,
)


@pytest.fixture
def pulled() -> Pulled:
    """An archive with a project and two users."""
    return Pulled()


def test_an_answer_is_merged(pulled: Pulled) -> None:
    """A sound answer becomes rows under the names of its questions, its unit and the annotator's pseudonym."""
    note = {"from_name": "note", "to_name": "comment", "type": "textarea", "value": {"text": ["", "hm"]}}
    stars = {"from_name": "stars", "to_name": "comment", "type": "rating", "value": {"rating": 3}}
    result = (choice("tone", "rude"), choice("target", "group", "person"), note, stars)
    pulled.annotation(pulled.task(), (*result, span(9, 14, "tanks", "slur", "threat")))
    rows = pulled.rows()
    (one,) = rows["annotations"]
    assert (one["status"], one["origin"], one["unit_id"], one["version"]) == (
        "merged",
        "human",
        TANKS["comment_id"],
        1,
    )
    assert one["annotator_id"] == PEOPLE.of(USERS[ANN])
    assert not one["edited_by_other"]
    answers = [tuple(row.values())[2:] for row in rows["answers"]]
    assert answers == [
        ("note", 0, None, None, "hm"),
        ("stars", 0, None, 3.0, None),
        ("target", 0, "person", None, None),
        ("target", 1, "group", None, None),
        ("tone", 0, "rude", None, None),
    ]
    assert [tuple(row.values())[2:] for row in rows["spans"]] == [
        (0, "span", "slur", 9, 14, "tanks"),
        (1, "span", "threat", 9, 14, "tanks"),
    ]
    assert rows["rejects"] == []


def test_the_tables_obey_their_schemas(pulled: Pulled) -> None:
    """Whatever is in the archive, each table obeys its schema, and an empty archive makes empty tables."""
    empty = pulled.merged().tables
    pulled.annotation(pulled.task(), (choice("tone", "mad"),))
    pulled.annotation(pulled.task(task_key="t"), who=None)
    for tables in (empty, pulled.merged().tables):
        assert [check_columns(tables[name], name) for name in ANNOTATION] == [()] * len(ANNOTATION)
    assert all(table.num_rows == 0 for table in empty.values())


def test_an_older_version_is_superseded(pulled: Pulled) -> None:
    """Of an edited annotation the last version counts, and both are numbered by the time of saving."""
    pulled.edit(pulled.annotation(pulled.task(), (choice("tone", "mad"),)), result=[choice("tone", "civil")])
    rows = pulled.rows()
    assert [(row["version"], row["status"]) for row in rows["annotations"]] == [
        (1, "superseded"),
        (2, "merged"),
    ]
    assert rows["rejects"] == []


def test_the_latest_of_one_person_counts(pulled: Pulled) -> None:
    """The same person twice on one task: the later answer counts, though it is wrong and the earlier was right."""
    task = pulled.task()
    pulled.annotation(task, minute=10)
    pulled.annotation(task, (choice("tone", "mad"),), minute=11)
    pulled.annotation(task, who=BOB, minute=12)
    assert pulled.statuses() == ["superseded", "rejected", "merged"]


def test_copies_of_a_task_are_one(pulled: Pulled) -> None:
    """The same person on two tasks of one key answered one task twice."""
    pulled.annotation(pulled.task(), minute=10)
    pulled.annotation(pulled.task(), minute=11)
    assert pulled.statuses() == ["superseded", "merged"]
    assert len(pulled.rows()["tasks"]) == 1


def test_a_skip_counts_as_the_latest(pulled: Pulled) -> None:
    """A skip after an answer supersedes it, an answer after a skip supersedes that."""
    one, other = pulled.task(), pulled.task(data=data(assignee=PEOPLE.of("ann")))
    pulled.annotation(one, minute=10)
    pulled.annotation(one, (), minute=11, was_cancelled=True)
    pulled.annotation(other, (), minute=12, was_cancelled=True)
    pulled.annotation(other, minute=13)
    assert pulled.statuses() == ["superseded", "skipped", "superseded", "merged"]


def test_a_draft_is_a_draft(pulled: Pulled) -> None:
    """Each version of a draft is one row, whatever else its author did, and supersedes nothing."""
    task = pulled.task()
    pulled.annotation(task, minute=10)
    pulled.draft(task, minute=5)
    pulled.draft(task, minute=15)
    assert pulled.statuses() == ["draft", "merged", "draft"]
    assert {row["annotator_id"] for row in pulled.rows()["annotations"]} == {PEOPLE.of("ann")}


def test_a_deleted_annotation_is_rejected(pulled: Pulled) -> None:
    """What was deleted does not count, and what its author had answered before counts again."""
    task = pulled.task()
    pulled.annotation(task, minute=10)
    gone = pulled.annotation(task, minute=11)
    pulled.delete("annotation", gone)
    assert pulled.statuses() == ["merged", "rejected"]
    assert pulled.reasons() == [("annotation_deleted", "")]


def test_what_is_back_counts_again(pulled: Pulled) -> None:
    """An annotation that a server got back from a backup is merged."""
    gone = pulled.annotation(pulled.task())
    pulled.delete("annotation", gone)
    pulled.delete("annotation", gone, deleted=False)
    assert pulled.statuses() == ["merged"]


def test_the_annotations_of_a_deleted_task_are_rejected(pulled: Pulled) -> None:
    """A task that is gone takes its annotations with it; a later task of its number has its own."""
    task = pulled.task()
    gone = pulled.annotation(task, minute=10)
    pulled.delete("task", task)
    pulled.delete("annotation", gone)
    again = {**task, "created_at": at(30), "updated_at": at(30)}
    pulled.add("task", again, task["data"]["task_key"])
    pulled.annotation(again, minute=40)
    assert pulled.statuses() == ["rejected", "merged"]
    assert pulled.reasons() == [("task_deleted", "")]
    (row,) = pulled.rows()["tasks"]
    assert (row["deleted"], row["pushed_at"].hour * 60 + row["pushed_at"].minute) == (False, 30)


def test_an_imported_annotation_is_rejected(pulled: Pulled) -> None:
    """What no user saved was imported: it is nobody's answer, and supersedes none."""
    task = pulled.task()
    pulled.annotation(task, minute=10)
    pulled.annotation(task, minute=11, updated_by=None, lead_time=None)
    assert pulled.statuses() == ["merged", "rejected"]
    assert pulled.reasons() == [("imported", "/updated_by")]


def test_an_imported_annotation_that_was_edited_is_human(pulled: Pulled) -> None:
    """Whoever edits an import answers for it, and is flagged if it was made in another's name."""
    imported = pulled.annotation(pulled.task(), updated_by=None, lead_time=None)
    pulled.edit(imported, updated_by=BOB)
    (first, second) = pulled.rows()["annotations"]
    assert (first["status"], second["status"]) == ("superseded", "merged")
    assert second["edited_by_other"]


@pytest.mark.parametrize(
    ("assignee", "changed"), [("pool", {"updated_by": BOB}), (PEOPLE.of("bob"), {}), ("w" + "0" * 10, {})]
)
def test_the_hand_of_another_is_flagged(pulled: Pulled, assignee: str, changed: dict[str, Any]) -> None:
    """Saved by another user than it is said to be of, or of a task for somebody else: merged, and flagged."""
    pulled.annotation(pulled.task(assignee=assignee), **changed)
    (row,) = pulled.rows()["annotations"]
    assert (row["status"], row["edited_by_other"]) == ("merged", True)


def test_an_own_task_is_not_flagged(pulled: Pulled) -> None:
    """Whoever answers the task that was made for them is not flagged."""
    pulled.annotation(pulled.task(assignee=PEOPLE.of("ann")))
    assert not pulled.rows()["annotations"][0]["edited_by_other"]


def test_an_unchanged_suggestion_is_one(pulled: Pulled) -> None:
    """What a model suggested and a person submitted as it was is no answer of a person's own."""
    task, bob = pulled.task(), {"who": BOB, "parent_prediction": 5}
    suggested = ({**CIVIL[0], "origin": "prediction"},)
    pulled.annotation(task, suggested, parent_prediction=5)
    pulled.annotation(task, ({**CIVIL[0], "origin": "prediction-changed"},), minute=11, **bob)
    rows = sorted(pulled.rows()["annotations"], key=lambda row: row["created_at"])
    assert [(row["status"], row["origin"]) for row in rows] == [("merged", "suggestion"), ("merged", "human")]


@pytest.mark.parametrize("who", [None, 99])
def test_an_unknown_annotator_is_rejected(pulled: Pulled, who: int | None) -> None:
    """Without a user who answered there is no label; two of these are not taken for one person."""
    task = pulled.task()
    pulled.annotation(task, who=who, updated_by=ANN)
    pulled.annotation(task, who=who, updated_by=ANN)
    assert pulled.statuses() == ["rejected", "rejected"]
    assert pulled.reasons() == [("annotator_unknown", "/completed_by")] * 2


def test_an_account_that_is_new_is_known_from_the_next_pull_on(pulled: Pulled) -> None:
    """Whoever got an account while a pull was at work is somebody once a later pull has told who."""
    pulled.annotation(pulled.task(), who=5)
    assert pulled.statuses() == ["rejected"]
    pulled.minute += 1
    pulled.add("user", {"id": 5, "email": "eve@annotators.example"}, project=None)
    assert pulled.statuses() == ["merged"]


@pytest.mark.parametrize(
    "changed",
    [
        {"task_key": None},
        {"task_key": "t" + "0" * 20},
        {"text": "Add more tanks"},
        {"text": None},
        {"unit_type": "thread"},
        {"unit_id": "c" + "0" * 20},
        {"round": "main"},
        {"assignee": "W-1"},
        {"config_sha256": "0"},
        {"text_sha256": "0" * 64},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_task_that_proves_nothing_is_unknown(pulled: Pulled, changed: dict[str, Any]) -> None:
    """A task that was changed, or is none of ours, proves nothing about what was shown."""
    pulled.annotation(pulled.task(**changed))
    assert pulled.statuses() == ["rejected"]
    assert pulled.reasons() == [("task_unknown", "")]
    rows = pulled.rows()
    assert rows["tasks"] == []
    assert (rows["annotations"][0]["task_key"], rows["annotations"][0]["unit_id"]) == (None, None)


def test_a_task_is_read_as_it_was_pulled(pulled: Pulled) -> None:
    """What was answered before a task was changed keeps its proof; what came with the change has none."""
    task = pulled.task()
    first = pulled.annotation(task, minute=10)
    pulled.minute += 1
    pulled.add("task", {**task, "data": {**task["data"], "text": "Add less tanks"}}, task["data"]["task_key"])
    pulled.edit(first, minute=20, completed_by=BOB, updated_by=BOB)
    pulled.annotation(task, minute=30)
    assert pulled.statuses() == ["superseded", "rejected", "rejected"]


def test_an_unknown_config_is_told(pulled: Pulled) -> None:
    """A config that neither project nor round has any more cannot be read; beside a round it can."""
    other = "<View><Text name='comment' value='$text'/><Rating name='stars' toName='comment'/></View>"
    from builder.annotate.questionnaire.config import xml_sha256

    stars = {"from_name": "stars", "to_name": "comment", "type": "rating", "value": {"rating": 3}}
    pulled.annotation(pulled.task(config_sha256=xml_sha256(other)), (stars,))
    assert pulled.reasons() == [("config_unknown", "")]
    assert pulled.merged(configs=[f"{other}\n"]).summary.merged == 1


def test_the_order_of_lines_does_not_matter(pulled: Pulled) -> None:
    """Lines backwards give the same tables, and lines that are there twice count once."""
    task = pulled.task()
    pulled.edit(pulled.annotation(task), result=[choice("tone", "mad")])
    pulled.annotation(task, minute=10)
    pulled.draft(task)
    backwards = merged([*pulled.lines[::-1], *pulled.lines])
    assert backwards == pulled.merged()
    assert backwards.summary == Summary(4, 0, 1, 2, 1, 0)


def test_annotators_are_pseudonyms(pulled: Pulled) -> None:
    """Nobody's address is in any table; the list of who is who comes beside them."""
    task = pulled.task()
    pulled.annotation(task)
    pulled.annotation(task, who=BOB, minute=30)
    pulled.draft(task, minute=2)
    result = pulled.merged()
    assert dict(result.people.known) == {email: PEOPLE.of(email) for email in USERS.values()}
    assert "annotators.example" not in str([table.to_pylist() for table in result.tables.values()])
    rows = {row["annotator_id"]: row for row in result.tables["annotators"].to_pylist()}
    assert {person: row["n_annotations"] for person, row in rows.items()} == {
        PEOPLE.of("ann"): 1,
        PEOPLE.of("bob"): 1,
    }
    assert rows[PEOPLE.of("ann")]["first_at"].minute == 2
