"""How far the labelling is, told without a server."""

import os
from pathlib import Path

import pytest

from builder.core.settings import Settings
from builder.run.annotation.labelling import annotations_stage, tasks_stage
from builder.run.annotation.merging import merge_archive
from tests.unit.annotate.pulled import BOB, PEOPLE, Pulled, choice, data, well
from tests.unit.run.archived import archived, keep


@pytest.fixture
def pulled() -> Pulled:
    """Two tasks in a pool: both answered by Ann, one of them rejected; Bob skipped one, has a draft of another."""
    made = Pulled()
    one, other = made.task(), made.task(data=data(well(0)))
    made.annotation(one)
    made.annotation(other, (choice("tone", "mad"),))
    made.annotation(one, who=BOB, was_cancelled=True)
    made.draft(other, user="bob@annotators.example")
    return made


@pytest.fixture
def settings(tmp_path: Path, pulled: Pulled) -> Settings:
    """A dataset with that archive."""
    return archived(tmp_path, pulled)


def test_progress_by_annotator(settings: Settings) -> None:
    """Each annotator's share of each project is told: done, rejected, skipped, in draft."""
    merge_archive(settings)
    stage = annotations_stage(settings)
    assert (stage.state, stage.todo) == ("ready", "")
    assert stage.facts[0] == "4 versions pulled: 1 merged, 1 rejected"
    assert set(stage.facts[1:3]) == {
        "round pilot, ann@annotators.example: 1 of 2 done, 1 rejected",
        "round pilot, bob@annotators.example: 0 of 2 done, 1 skipped, 1 in draft",
    }


def test_who_has_done_nothing_is_told_too(tmp_path: Path) -> None:
    """Somebody for whom tasks were made and who did none is in the list, without those that were deleted."""
    pulled = Pulled()
    pulled.task(assignee=PEOPLE.of("ann"))
    gone = pulled.task(data=data(well(0), assignee=PEOPLE.of("ann")))
    pulled.delete("task", gone)
    settings = archived(tmp_path, pulled)
    merge_archive(settings)
    assert f"round pilot, {PEOPLE.of('ann')}: 0 of 1 done" in annotations_stage(settings).facts


def test_what_is_to_be_done_is_told(settings: Settings, pulled: Pulled) -> None:
    """Before the first pull and merge, after another pull, after another build: the next command is named."""
    bare = annotations_stage(Settings(settings.root / "none"))
    assert (bare.state, bare.todo) == ("not yet", "builder pull")
    assert (annotations_stage(settings).state, annotations_stage(settings).todo) == (
        "missing",
        "builder merge",
    )
    merge_archive(settings)
    keep(settings, pulled)
    pulled_since = annotations_stage(settings)
    assert (pulled_since.state, pulled_since.todo) == ("stale", "builder merge")
    assert "1 pull since then" in pulled_since.facts
    merge_archive(settings)
    os.utime(settings.tables_dir / "build.json", (4e9, 4e9))
    assert "the tables were built since then" in annotations_stage(settings).facts


def test_a_damaged_record_is_told(settings: Settings) -> None:
    """Where the merged tables cannot be used the stage says so and how to make them anew."""
    merge_archive(settings)
    for content in ("{", '{"format": 0}', '{"format": 1, "summary": {}}'):
        (settings.merged_dir / "build.json").write_text(content, encoding="utf-8")
        stage = annotations_stage(settings)
        assert (stage.state, stage.todo) == ("missing", "builder merge")


def test_without_rounds_there_are_no_tasks(settings: Settings) -> None:
    """Where no round was planned the stage of tasks says how to plan one."""
    stage = tasks_stage(settings)
    assert (stage.state, stage.todo) == ("not yet", "builder push --help")
