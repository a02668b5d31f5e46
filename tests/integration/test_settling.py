"""Gold, repeats, daily limits and adjudication on a real server: pushed, answered by real users, settled."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.integration.studio import Studio
from tests.integration.study import CIVIL, GOLD, Answer, Study, give, study_in

NAMES = ("ana", "bo", "chi")
MAIN = ("push", "--config", "comment_hostility", "--round", "main", "--sample", "12")
PERSONAL = (*MAIN, "--annotators", ",".join(NAMES), "--overlap", "2")
HATE: Answer = {"hostility": "hate", "target": ["person"], "stance": "favor"}
RUDE: Answer = {"hostility": "rude", "target": ["person"], "stance": "favor"}


@pytest.fixture
def fresh(studio: Studio, tmp_path: Path) -> Iterator[Study]:
    """A study in which nothing was pushed."""
    with study_in(studio, tmp_path) as made:
        yield made


@dataclass
class Loop:
    """One whole way, and what was seen on it: the reports of commands, the merged tables on the way."""

    study: Study
    pushed: Any
    split: list[str]
    answered: pd.DataFrame
    dry: Any
    dry_left: bool
    settle: Any
    again: list[Any]
    tasks: list[dict[str, Any]]
    state: Any


@pytest.fixture(scope="module")
def loop(studio: Studio, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loop]:
    """Three annotators answer a round with gold and repeats, dispute three units, and lea settles two of them."""
    with study_in(studio, tmp_path_factory.mktemp("settling")) as study:
        pushed = study.told(*PERSONAL, "--gold", "2", "--repeat", "2")
        plan = study.plan("main")
        split = sorted({task["unit_id"] for task in plan if not task["gold"]})[:3]
        names = {one["assignee"]: one["name"] for one in pushed["projects"]}
        loud = {
            unit: min(names[task["assignee"]] for task in plan if task["unit_id"] == unit) for unit in split
        }
        study.label(pushed, lambda name, unit: HATE if loud.get(unit) == name else CIVIL)
        study.say("pull")
        study.say("merge")
        answered = study.frame("annotations").merge(study.frame("tasks"), on="task_key")
        dry = study.told("adjudicate", "push", "--annotators", "lea", "--dry-run")
        dry_left = (study.root / "data/rounds/main-adjudication").exists()
        settle = study.told("adjudicate", "push", "--annotators", "lea")
        again = [
            study.told(*words) for words in (("adjudicate", "push"), ("push", "--round", "main-adjudication"))
        ]
        tasks = study.tasks(settle["projects"][0]["project"])
        for task in tasks[:2]:
            give(study.person("lea"), task, RUDE)
        state = study.told("adjudicate", "pull")
        yield Loop(study, pushed, split, answered, dry, dry_left, settle, again, tasks, state)


def test_nothing_in_a_task_tells_gold_and_repeats(loop: Loop) -> None:
    """Gold and repeated tasks are among the others in the planned order, and no entry of theirs says what they are."""
    plan = loop.study.plan("main")
    kinds = Counter((task["gold"], task["occurrence"]) for task in plan)
    assert kinds == {(False, 0): 24, (True, 0): 6, (False, 1): 6}
    for one in loop.pushed["projects"]:
        tasks = loop.study.tasks(one["project"])
        mine = [task["unit_id"] for task in plan if task["assignee"] == one["assignee"]]
        assert [task["data"]["unit_id"] for task in tasks] == mine
        assert len({frozenset(task["data"]) for task in tasks}) == 1
        assert not [name for name in tasks[0]["data"] if "gold" in name or "occurrence" in name]


def test_the_lead_sees_what_is_mixed_in(loop: Loop) -> None:
    """The list of rounds, the dry run and the status count gold and repeats, and say what a round settles."""
    main, settles = loop.study.told("rounds", "list")
    assert (main["units"], main["gold"], main["repeats"]) == (12, 6, 6)
    assert (settles["round"], settles["adjudicates"], settles["units"]) == ("main-adjudication", "main", 3)
    assert "6 of known answer, 6 shown a second time" in loop.study.say(
        "push", "--round", "main", "--dry-run"
    )
    assert "settles main" in loop.study.say("rounds", "list")
    status = loop.study.say("status")
    assert "6 of known answer" in status
    assert "lea@annotators.example: 2 of 3 done" in status


def test_answers_to_gold_and_repeats_are_told_apart(loop: Loop) -> None:
    """Answers to gold have that origin, those to repeats the second occurrence; all others are what they were."""
    kinds = Counter(zip(loop.answered["origin"], loop.answered["occurrence"], strict=True))
    assert kinds == {("human", 0): 24, ("gold", 0): 6, ("human", 1): 6}
    ordinary = loop.answered[(loop.answered["origin"] == "human") & (loop.answered["occurrence"] == 0)]
    assert set(ordinary.groupby("unit_id_x")["annotator_id"].nunique()) == {2}


def test_a_dry_run_of_an_adjudication_changes_nothing(loop: Loop) -> None:
    """What is in dispute is told with the rules by which it is, and nothing is planned."""
    assert sorted(loop.dry["in_dispute"]) == loop.split
    assert loop.dry["reasons"] == {
        "hostility missing-majority": 3,
        "hostility severe-split": 3,
        "hostility tie": 3,
    }
    assert "answers_text" in loop.dry["first_task"]["data"]
    assert not loop.dry_left


def test_an_adjudicator_sees_answers_and_no_names(loop: Loop) -> None:
    """Each unit in dispute is one task that shows the answers as text, names nobody and fills nothing in."""
    assert sorted(task["data"]["unit_id"] for task in loop.tasks) == loop.split
    people = (*NAMES, *(one["assignee"] for one in loop.pushed["projects"]))
    for task in loop.tasks:
        first, *_ = task["data"]["answers_text"].split("\n")
        assert first in {"≠ hostility: A Civil | B Hate", "≠ hostility: A Hate | B Civil"}
        assert not [name for name in people if name in task["data"]["answers_text"]]
    (lea,) = loop.settle["projects"]
    export = f"api/projects/{lea['project']}/export"
    shown = loop.study.studio.server().get(export, exportType="JSON", download_all_tasks="true")
    assert not [task for task in shown if task["predictions"]]


def test_a_second_push_of_an_adjudication_sends_nothing(loop: Loop) -> None:
    """Asked for again, or gone on with as any round, an adjudication finds everything there."""
    assert [[one["sent"] for one in said["projects"]] for said in loop.again] == [[0], [0]]
    assert loop.again[0]["in_dispute"] == []


def test_what_was_settled_is_in_the_tables_for_what_it_is(loop: Loop) -> None:
    """An adjudicator's answers have that origin, whatever came before is as it was, and what is open is told."""
    (state,) = [{name: loop.state[0][name] for name in ("about", "units", "settled", "open")}]
    assert state == {"about": "main", "units": 3, "settled": 2, "open": 1}
    annotations = loop.study.frame("annotations")
    assert Counter(annotations["origin"]) == {"human": 30, "gold": 6, "adjudication": 2}
    assert set(annotations["status"]) == {"merged"}
    answers = loop.study.frame("answers").merge(annotations, on=["annotation_id", "version"])
    settled = answers[(answers["origin"] == "adjudication") & (answers["question"] == "hostility")]
    assert settled["option"].tolist() == ["rude", "rude"]
    assert "No disagreement was sent out yet" in loop.study.say("adjudicate", "pull", "--round", "other")


def test_what_was_settled_wins_in_a_label_set(loop: Loop) -> None:
    """Aggregated, the adjudicator's answers are the labels where there are any, and agreement does not know them."""
    loop.study.say("aggregate", "--adjudicated", "--label-set", "final")
    labels = loop.study.frame("labels")
    hostility = labels[labels["question"] == "hostility"].set_index("unit_id")
    settled = [task["data"]["unit_id"] for task in loop.tasks[:2]]
    assert hostility.loc[settled, "hard"].tolist() == ["rude", "rude"]
    assert hostility["adjudicated"].sum() == 2
    assert len(hostility) == 12
    assert set(hostility["n"]) == {2}
    (agreed,) = [
        one
        for one in loop.study.told("agreement")["questions"]
        if one["question"] == "hostility" and not one["option"]
    ]
    assert (agreed["n_units"], agreed["n_double"], agreed["n_annotators"]) == (12, 12, 3)


def test_gold_is_made_of_what_was_settled(loop: Loop) -> None:
    """Adjudicated units become gold at once, unanimous ones by name, and those in dispute do not."""
    add = ("gold", "add", "--config", "comment_hostility")
    assert loop.study.told(*add)["added"] == sorted(task["data"]["unit_id"] for task in loop.tasks[:2])
    ordinary = {task["unit_id"] for task in loop.study.plan("main") if not task["gold"]}
    alike = min(ordinary - set(loop.split))
    assert loop.study.told(*add, alike)["added"] == [alike]
    assert "leave a question open" in loop.study.refused(*add, loop.tasks[2]["data"]["unit_id"])
    assert (loop.study.root / GOLD).read_text(encoding="utf-8").count("\n") == 7
    assert "Nothing wrong" in loop.study.say("gold", "check")


def test_what_is_still_to_be_answered_waits(fresh: Study) -> None:
    """A unit in dispute is sent when all who were asked have answered it, or early if that is wished."""
    report = fresh.told(*MAIN, "--annotators", "ana,bo,chi", "--overlap", "3")
    units = sorted({task["unit_id"] for task in fresh.plan("main")})[:2]
    for one, answer in zip(report["projects"][:2], (CIVIL, {**CIVIL, "stance": "against"}), strict=True):
        for task in fresh.tasks(one["project"]):
            if task["data"]["unit_id"] in units:
                give(fresh.person(one["name"]), task, answer)
    fresh.say("pull")
    fresh.say("merge")
    waits = fresh.told("adjudicate", "push")
    assert (waits["in_dispute"], waits["waiting"], waits["round"]) == ([], 2, None)
    assert sorted(fresh.told("adjudicate", "push", "--early", "--dry-run")["in_dispute"]) == units


def test_a_day_brings_no_more_than_agreed(fresh: Study) -> None:
    """A push hands out a day's work, no more of it after a pull on the same day, says why, and keeps the order."""
    with (fresh.root / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("daily_tasks = 5\n")
    report = fresh.told(*PERSONAL)
    assert [(one["sent"], one["waiting"]) for one in report["projects"]] == [(5, 3)] * 3
    again = fresh.say("push", "--round", "main")
    assert "3 tasks held back" in again
    assert "5 open as of the last pull, 0 done today, 0 sent now" in again
    (mine,) = [one for one in report["projects"] if one["name"] == "ana"]
    for task in fresh.tasks(mine["project"])[:2]:
        give(fresh.person("ana"), task, CIVIL)
    fresh.say("pull")
    assert "3 open as of the last pull, 2 done today, 0 sent now" in fresh.say("push", "--round", "main")
    plan = [task["unit_id"] for task in fresh.plan("main") if task["assignee"] == mine["assignee"]]
    assert [task["data"]["unit_id"] for task in fresh.tasks(mine["project"])] == plan[:5]
    text = (fresh.root / "pyproject.toml").read_text(encoding="utf-8")
    (fresh.root / "pyproject.toml").write_text(
        text.replace("daily_tasks = 5", "daily_tasks = 0"), encoding="utf-8"
    )
    rest = fresh.told("push", "--round", "main")
    assert [(one["sent"], one["there"], one["waiting"]) for one in rest["projects"]] == [(3, 5, 0)] * 3
