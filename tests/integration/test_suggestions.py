"""A model's suggestions on a real server: prefilled, taken, changed, told; and rounds that stay blind."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from builder.annotate.server.projects import projects_of
from tests.integration.studio import Studio
from tests.integration.study import give
from tests.integration.taught import CIVIL, RUDE, Taught, accept, taught_study

PUSH = ("push", "--config", "comment_hostility", "--sample", "10", "--annotators", "bo")


@pytest.fixture(scope="module")
def study(studio: Studio, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Taught]:
    """A study whose first round was answered and merged."""
    with taught_study(studio, tmp_path_factory.mktemp("suggestions")) as made:
        yield made


def model_shown(study: Taught, name: str) -> set[str]:
    """The models whose predictions the projects of a round show."""
    found = projects_of(study.studio.server(), study.root.name)
    return {one.record["model_version"] for one in found if one.marker.round == name}


def test_a_model_is_tried_before_it_is_used(study: Taught) -> None:
    """The trial tells accuracy and gain with intervals; a question with one answer alone is not learned."""
    report = study.told("suggest", "--config", "comment_hostility")
    (score,) = report["scores"]
    assert (score["question"], score["n"], score["better"]) == ("hostility", 100, True)
    assert score["majority"] < score["low"] <= score["accuracy"] <= score["high"]
    assert score["gain_low"] > 0
    assert "stance" in report["lacking"]
    assert report["model"].startswith("baseline-1-")
    assert "95 % interval" in study.say("suggest", "--config", "comment_hostility")


def test_what_becomes_of_suggestions_is_told(study: Taught) -> None:
    """Tasks of a round planned with suggestions come prefilled; taken and changed ones are told by annotator."""
    (project,) = study.told(*PUSH, "--round", "helped", "--suggest", "baseline")["projects"]
    predictions = study.predictions(project["project"])
    (model,) = model_shown(study, "helped")
    assert model.startswith("baseline-1-")
    assert {one["model_version"] for one in predictions.values()} == {model}
    assert len(predictions) == 10
    tasks, who = study.tasks(project["project"]), study.person("bo")
    for task in tasks[:6]:
        given = {**predictions[task["data"]["unit_id"]]}
        stance = {
            "from_name": "stance",
            "to_name": "comment",
            "type": "choices",
            "value": {"choices": ["favor"]},
        }
        rude = {
            "from_name": "target",
            "to_name": "comment",
            "type": "choices",
            "value": {"choices": ["person"]},
        }
        more = [stance, rude] if given["result"][0]["value"]["choices"] == ["rude"] else [stance]
        accept(who, task, {**given, "result": [*given["result"], *more]})
    for task in tasks[6:]:
        told = predictions[task["data"]["unit_id"]]["result"][0]["value"]["choices"]
        give(who, task, CIVIL if told == ["rude"] else RUDE)
    study.say("pull")
    study.say("merge")
    rows = study.frame("suggestions")
    assert Counter(rows["outcome"]) == {"accepted": 6, "changed": 4}
    assert set(rows["model"]) == {model}
    assert set(rows["question"]) == {"hostility"}
    mine = [one for one in study.told("quality", "--round", "helped") if one["suggested"]]
    (figures,) = mine
    (anchoring,) = figures["suggested"]
    assert (anchoring["n"], anchoring["accepted"]["value"], anchoring["changed"]) == (10, 0.6, 4)
    assert anchoring["model"]["value"] > 0.8
    assert "of the suggestions taken" in study.say("quality", "--round", "helped")


def test_a_blind_round_stays_blind(study: Taught) -> None:
    """Nothing is suggested unasked, and never once somebody has begun: not by push, not by suggest."""
    (project,) = study.told(*PUSH, "--round", "blind", "--seed", "3")["projects"]
    assert not study.predictions(project["project"])
    task = study.tasks(project["project"])[0]
    study.person("bo").post(f"api/tasks/{task['id']}/drafts", {"result": [], "lead_time": 1.0})
    assert "stays blind" in study.refused("suggest", "--round", "blind")
    assert "planned blind" in study.refused("push", "--round", "blind", "--suggest", "baseline")
    assert not study.predictions(project["project"])
    plans = {one["round"]: one["suggested"] for one in study.told("rounds", "list")}
    assert plans["blind"] is None


def test_a_round_that_nobody_began_can_be_given_suggestions(study: Taught) -> None:
    """Tasks that are on the server get their suggestions and show them; the same again sends nothing."""
    (project,) = study.told(*PUSH, "--round", "late", "--seed", "5")["projects"]
    report = study.told("suggest", "--round", "late")
    assert (report["units"], report["sent"]) == (10, 10)
    assert model_shown(study, "late") == {report["model"]}
    assert len(study.predictions(project["project"])) == 10
    assert study.told("suggest", "--round", "late")["sent"] == 0
    assert study.told("push", "--round", "late")["projects"][0]["sent"] == 0
    plans = {one["round"]: one["suggested"] for one in study.told("rounds", "list")}
    assert plans["late"] == report["model"]


def test_the_least_sure_come_first(study: Taught) -> None:
    """Units chosen by uncertainty are none that any round has asked about, the least sure of all."""
    asked: set[Any] = set()
    for name in ("first", "helped", "blind", "late"):
        if (study.root / "data" / "rounds" / name).exists():
            asked |= {task["unit_id"] for task in study.plan(name)}
    words = ("--config", "comment_hostility", "--sample", "3", "--annotators", "bo", "--choose", "uncertain")
    study.told("push", "--round", "unsure", *words)
    units = {task["unit_id"] for task in study.plan("unsure")}
    assert len(units) == 3
    assert not units & asked
