"""A withdrawal reaches a real server: no task there says the text any more, and nothing pulled or pushed after does."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from builder.annotate.archive.lines import read_archive
from builder.annotate.server.projects import projects_of
from builder.annotate.transfer.export import export_all
from builder.annotate.transfer.push import listed
from builder.core.settings_file import find_settings
from builder.run.corpus.withdrawn import read_ledger
from tests.integration.command import run
from tests.integration.studio import Studio
from tests.integration.study import CIVIL, Study, give, study_in

PUSH = (
    "push",
    "--config",
    "comment_hostility",
    "--round",
    "main",
    "--annotators",
    "ana,bo",
    "--overlap",
    "2",
)
REVIEW = ("push", "--config", "segmentation_review", "--round", "review")


@pytest.fixture(scope="module")
def study(studio: Studio, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """A study whose every comment was labelled by two people, and every capture sent for review."""
    with study_in(studio, tmp_path_factory.mktemp("withdrawals")) as made:
        report = made.told(*PUSH)
        made.label(report, lambda _name, _unit: CIVIL)
        made.told(*REVIEW)
        made.say("pull")
        made.say("merge")
        yield made


def comments(study: Study) -> list[dict[str, Any]]:
    """The comments in the order of their pages."""
    rows = study.frame("comments")
    found: list[dict[str, Any]] = rows.sort_values(["article_id", "position"]).to_dict("records")
    return found


def on_the_server(study: Study) -> list[dict[str, Any]]:
    """Everything that the server has of the dataset's tasks: data, annotations, drafts, predictions."""
    server = study.studio.server()
    return [
        dict(task)
        for project in projects_of(server, study.root.name)
        for task in (*export_all(server, project.id), *listed(server, project.id, "id,data,predictions"))
    ]


def says(what: Any, text: str) -> bool:
    """Whether a text is anywhere in a value, to the letter."""
    return json.dumps(text, ensure_ascii=False)[1:-1] in json.dumps(what, ensure_ascii=False)


def archive(study: Study) -> list[dict[str, Any]]:
    """The lines of the archive."""
    return [line._asdict() for line in read_archive(find_settings(study.root).archive_dir)]


def test_no_withdrawn_text_is_left_on_the_server(study: Study) -> None:
    """Tasks about it are deleted, tasks that show it beside another comment lose it; a dry run changes nothing."""
    target = comments(study)[1]
    text, unit = target["text"], target["comment_id"]
    before = on_the_server(study)
    assert says(before, text)
    dry = study.told("withdraw", unit, "--reason", "person-asked", "--dry-run")
    # Two annotators and one review of the capture; two comments after it, for two annotators each.
    assert dry["server"] == {"deleted": 3, "changed": 4}
    assert on_the_server(study) == before
    done = study.told("withdraw", unit, "--reason", "person-asked")
    assert done["server"] == dry["server"]
    assert [entry["unit_id"] for entry in done["entries"]] == [unit]
    left = on_the_server(study)
    assert not says(left, text)
    assert len({task["id"] for task in before}) - len({task["id"] for task in left}) == 3
    assert study.told("withdraw")["server"] == {"deleted": 0, "changed": 0}


def test_nothing_that_comes_later_has_it(study: Study) -> None:
    """Pulls and merges after a withdrawal keep all other answers, and no push brings the text back."""
    target = comments(study)[5]
    text, unit = target["text"], target["comment_id"]
    was = set(study.frame("annotations").query("status == 'merged'")["unit_id"])
    assert unit in was
    assert says(archive(study), text)
    study.told("withdraw", unit, "--reason", "person-asked")
    assert not says(archive(study), text)
    study.say("pull")
    assert not says(archive(study), text)
    study.say("merge")
    kept = study.frame("annotations").query("status == 'merged'")
    assert was - set(kept["unit_id"]) == {each for each in was if each in withdrawn(study)}
    assert set(study.frame("rejects")["reason"]) == {"withdrawn"}

    pushed = study.told("push", "--round", "main")
    assert {(one["sent"], one["gone"]) for one in pushed["projects"]} == {(0, len(withdrawn(study)))}
    again = study.told("push", "--config", "comment_hostility", "--round", "second")
    assert sum(one["sent"] for one in again["projects"]) == 40 - len(withdrawn(study))
    assert not says(on_the_server(study), text)
    study.say("pull")
    assert not says(archive(study), text)


def withdrawn(study: Study) -> set[str]:
    """The comments that were withdrawn so far."""
    return set(read_ledger(find_settings(study.root)).ids("comment"))


def test_a_server_that_is_down_is_caught_up_with(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the server is not reached the rest is done, the exit code says so, and the same again does the server."""
    target = comments(study)[9]
    with monkeypatch.context() as patch:
        patch.setenv("LABEL_STUDIO_URL", "http://localhost:9/")
        done = run("withdraw", target["comment_id"], "--reason", "court", cwd=study.root)
    assert done.returncode == 1
    assert "The server still has it" in done.stderr
    assert not says(archive(study), target["text"])
    assert says(on_the_server(study), target["text"])
    study.say("pull")
    assert not says(archive(study), target["text"])
    assert study.told("withdraw")["server"]["deleted"] >= 3
    assert not says(on_the_server(study), target["text"])


def test_drafts_and_notes_go_too(study: Study) -> None:
    """What somebody has begun to write about it is deleted with its task, and overwritten in the archive."""
    target = comments(study)[13]
    who = study.person("ana")
    (task,) = [
        task
        for project in projects_of(study.studio.server(), study.root.name)
        for task in study.tasks(project.id)
        if task["data"]["unit_id"] == target["comment_id"] and project.title.endswith("ana")
    ]
    mark = {"start": 0, "end": len(target["text"]), "text": target["text"], "labels": ["slur"]}
    begun = [{"from_name": "span", "to_name": "comment", "type": "labels", "value": mark}]
    who.post(f"api/tasks/{task['id']}/drafts", {"result": begun, "lead_time": 1.0})
    give(who, task, CIVIL)
    study.say("pull")
    assert says([line for line in archive(study) if line["kind"] == "draft"], target["text"])
    study.told("withdraw", target["comment_id"], "--reason", "error")
    assert not says(archive(study), target["text"])
    assert not says(on_the_server(study), target["text"])
