"""A study lead plans a round, pushes it, pushes it again, widens it and closes it, on a real server."""

import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from builder.annotate.server.projects import Project, projects_of
from builder.annotate.transfer.push import listed
from tests.integration.command import call, captures, run
from tests.integration.studio import Studio

NAMES = ("ana", "bo", "chi")
PILOT = ("push", "--config", "comment_hostility", "--round", "pilot", "--sample", "24")
PERSONAL = (*PILOT, "--annotators", ",".join(NAMES), "--overlap", "2")

Builder = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def dataset(studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A dataset of forty comments with its tables, whose commands find the server; its projects are gone after."""
    for name, value in studio.environ.items():
        monkeypatch.setenv(name, value)
    settings = f'[tool.builder]\nname = "{tmp_path.name}"\n'
    (tmp_path / "pyproject.toml").write_text(settings, encoding="utf-8")
    captures(tmp_path / "data" / "raw", 10)
    assert run("build", cwd=tmp_path).returncode == 0
    yield tmp_path
    for project in projects_of(studio.server(), tmp_path.name):
        studio.server().delete(f"api/projects/{project.id}/")


@pytest.fixture
def builder(dataset: Path) -> Builder:
    """Run a command in the dataset."""
    return lambda *words: run(*words, cwd=dataset)


def done(answer: subprocess.CompletedProcess[str]) -> Any:
    """What a command that must go well printed as JSON."""
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


def projects(studio: Studio, dataset: Path) -> list[Project]:
    """The projects of the dataset on the server."""
    return list(projects_of(studio.server(), dataset.name))


def units(studio: Studio, project: Project) -> list[str]:
    """The units of a project's tasks."""
    return [task["data"]["unit_id"] for task in listed(studio.server(), project.id, "id,data")]


def test_double_coding_is_exact(studio: Studio, dataset: Path, builder: Builder) -> None:
    """Each unit is in the projects of exactly two annotators, and each pair shares as many."""
    report = done(builder(*PERSONAL, "--json"))
    assert [one["sent"] for one in report["projects"]] == [16, 16, 16]
    own = [set(units(studio, project)) for project in projects(studio, dataset)]
    assert set(Counter(unit for each in own for unit in each).values()) == {2}
    assert [len(one & other) for one, other in combinations(own, 2)] == [8, 8, 8]


def test_a_second_push_sends_nothing(studio: Studio, dataset: Path, builder: Builder) -> None:
    """The same command again, and the short form of it, find everything there."""
    done(builder(*PERSONAL, "--json"))
    for words in (PERSONAL, ("push", "--round", "pilot")):
        report = done(builder(*words, "--json"))
        assert [(one["sent"], one["there"]) for one in report["projects"]] == [(0, 16)] * 3
    assert len(projects(studio, dataset)) == 3


def test_two_pushes_at_once(studio: Studio, dataset: Path) -> None:
    """Of two pushes at once one goes first, the other is refused or comes later, and nothing is doubled."""
    both = [
        subprocess.Popen(call(*PERSONAL), cwd=dataset, stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    said = [one.communicate(timeout=120)[1] for one in both]
    assert 0 in {one.returncode for one in both}
    assert all(
        "rounds is being written" in text for one, text in zip(both, said, strict=True) if one.returncode
    )
    assert [project.n_tasks for project in projects(studio, dataset)] == [16, 16, 16]


def test_annotators_see_no_names(studio: Studio, dataset: Path, builder: Builder) -> None:
    """No task tells who wrote a comment, and each proves what it shows."""
    done(builder(*PERSONAL, "--json"))
    for project in projects(studio, dataset):
        for task in listed(studio.server(), project.id, "id,data"):
            assert "Harbour Ann" not in json.dumps(task["data"])
            assert task["data"]["author_label"].startswith("Commenter ")
            assert task["data"]["raw_sha256"]


def test_a_dry_run_changes_nothing(studio: Studio, dataset: Path, builder: Builder) -> None:
    """What would happen is told with one whole task; neither the server nor the folder is touched."""
    before = sorted(dataset.rglob("*"))
    said = done(builder(*PERSONAL, "--dry-run", "--json"))
    assert said["tasks"] == dict.fromkeys(NAMES, 16)
    assert set(said["first_task"]["data"]) >= {"task_key", "text", "thread_text", "article_text"}
    assert sorted(dataset.rglob("*")) == before
    assert not projects(studio, dataset)


def test_a_pool_asks_for_as_many_answers(studio: Studio, dataset: Path, builder: Builder) -> None:
    """In a pool there is one project, and the server asks for as many answers a task as the overlap."""
    done(builder(*PILOT, "--overlap", "3", "--json"))
    (pool,) = projects(studio, dataset)
    assert (pool.n_tasks, pool.record["maximum_annotations"]) == (24, 3)
    assert pool.record["show_instruction"]
    assert "<p>" in pool.record["expert_instruction"]


def test_a_round_keeps_its_terms(builder: Builder) -> None:
    """Asked for otherwise than planned, a round says what was planned and stays as it is."""
    done(builder(*PERSONAL, "--json"))
    other = builder("push", "--round", "pilot", "--sample", "30", "--overlap", "3")
    assert other.returncode == 2
    assert "--sample was 24" in other.stderr
    assert "--overlap was 2" in other.stderr


def test_a_changed_config_needs_a_new_round(dataset: Path, builder: Builder) -> None:
    """Once a round is planned, a config that changed is refused for it, and taken for a new one."""
    done(builder(*PERSONAL, "--json"))
    shutil.copytree(Path(__file__).parents[2] / "annotation_configs", dataset / "annotation_configs")
    file = dataset / "annotation_configs" / "comment_hostility.xml"
    file.write_text(
        file.read_text(encoding="utf-8").replace('value="Hate"', 'value="Hatred"'), encoding="utf-8"
    )
    refused = builder("push", "--round", "pilot")
    assert refused.returncode == 2
    assert "never mixed" in refused.stderr
    assert builder("push", "--config", "comment_hostility", "--round", "pilot-2").returncode == 0


def test_a_config_changed_on_the_server_is_noticed(studio: Studio, dataset: Path, builder: Builder) -> None:
    """A project whose config somebody changed on the server gets no more tasks."""
    done(builder(*PILOT, "--json"))
    (pool,) = projects(studio, dataset)
    xml = pool.label_config.replace("Rude", "Impolite")
    studio.server().patch(f"api/projects/{pool.id}/", {"label_config": xml})
    refused = builder("push", "--round", "pilot")
    assert refused.returncode == 1
    assert "was changed there" in refused.stderr


def test_a_broken_config_sends_nothing(studio: Studio, dataset: Path, builder: Builder) -> None:
    """A config that asks for a field no task has is refused before anything is planned or made."""
    shutil.copytree(Path(__file__).parents[2] / "annotation_configs", dataset / "annotation_configs")
    file = dataset / "annotation_configs" / "comment_hostility.xml"
    file.write_text(file.read_text(encoding="utf-8").replace("$author_label", "$author"), encoding="utf-8")
    refused = builder(*PILOT)
    assert refused.returncode == 1
    assert "$author" in refused.stderr
    assert not projects(studio, dataset)
    assert not (dataset / "data" / "rounds").exists()


def test_a_late_annotator_gets_a_share(builder: Builder) -> None:
    """Somebody added to a round gets a project with as many tasks as the others, after the next push."""
    done(builder(*PERSONAL, "--json"))
    assert builder("rounds", "add-annotator", "pilot", "dora").returncode == 0
    report = done(builder("push", "--round", "pilot", "--json"))
    assert [one["sent"] for one in report["projects"]] == [0, 0, 0, 16]
    assert report["projects"][-1]["name"] == "dora"
    (listed_round,) = done(builder("rounds", "list", "--json"))
    assert sorted(listed_round["tasks"].values()) == [16, 16, 16, 16]


def test_another_round_goes_to_others(builder: Builder) -> None:
    """A new round goes to who did not have its units; where that cannot be, the push says of how many units."""
    done(builder(*PERSONAL, "--json"))
    another = ("push", "--config", "comment_hostility", "--sample", "24", "--annotators", ",".join(NAMES))
    assert done(builder(*another, "--round", "more", "--json"))["met_before"] == 0
    told = builder(*another, "--round", "again", "--overlap", "2", "--dry-run").stdout
    assert "24 of 24 units go to somebody who was asked about them before." in told
    assert "config_sha256" not in told
    assert "article_title" in told
    assert "met_before" not in done(builder("push", "--round", "more", "--json"))


def test_a_round_is_listed_within_80_columns(builder: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a narrow screen no word of a round's line is broken."""
    monkeypatch.setenv("COLUMNS", "80")
    done(builder(*PERSONAL, "--repeat", "2", "--json"))
    said = builder("rounds", "list").stdout
    for words in (
        "pilot  open",
        "comment_hostility, of 24 units",
        "6 shown a second time",
        "2, personal",
        "ana, bo, chi",
    ):
        assert words in said
    assert max(map(len, said.splitlines())) <= 80


def test_a_closed_round_is_over(builder: Builder) -> None:
    """Of a closed round nothing is pushed any more."""
    done(builder(*PERSONAL, "--json"))
    assert builder("rounds", "close", "pilot").returncode == 0
    refused = builder("push", "--round", "pilot")
    assert (refused.returncode, "is closed" in refused.stderr) == (2, True)
    assert "closed" in builder("rounds", "list").stdout


def test_people_without_accounts_are_named(studio: Studio, builder: Builder) -> None:
    """After a push it is told who cannot log in yet, with the command that changes it."""
    studio.annotator("ana")
    said = builder(*PERSONAL).stdout
    assert "builder studio annotators add bo chi" in said or "Without an account" not in said
    assert "projects/" in said


def test_captures_come_with_marks(studio: Studio, dataset: Path, builder: Builder) -> None:
    """For review, the least sure captures are sent with the builder's own cuts marked in them."""
    report = done(
        builder("push", "--config", "segmentation_review", "--round", "parser", "--sample", "3", "--json")
    )
    assert report["tasks"] == 3
    (project,) = projects(studio, dataset)
    tasks = studio.server().get(
        f"api/projects/{project.id}/export", exportType="JSON", download_all_tasks="true"
    )
    for task in tasks:
        text = task["data"]["text"]
        prediction = studio.server().get(f"api/predictions/{task['predictions'][0]}/")
        marks = [mark["value"] for mark in prediction["result"]]
        assert marks
        assert all(text[mark["start"] : mark["end"]] == mark["text"] for mark in marks)


def test_an_unknown_round_needs_a_config(builder: Builder) -> None:
    """A new name without a config is a wrong call that says what is missing."""
    refused = builder("push", "--round", "new")
    assert (refused.returncode, "--config NAME" in refused.stderr) == (2, True)
