"""Disagreements of a round on disk become a round of their own."""

from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from builder.annotate.planning.rounds import Round, planned
from builder.annotate.planning.terms import Terms, Wishes
from builder.annotate.questionnaire.config import find_config
from builder.annotate.tasks import POOL, task_key
from builder.core.errors import DataError, UsageError
from builder.core.settings import Settings
from builder.core.settings_file import find_settings
from builder.labels.disagreement import Rules
from builder.run.annotation.adjudicating import Adjudication, adjudication, keep_adjudication, resumed
from builder.run.annotation.annotators import read_pseudonyms
from builder.run.annotation.bodies import bodies, shown_units
from builder.run.annotation.conflicts import Wanted
from builder.run.annotation.exposure import weigher
from builder.run.annotation.merging import merge_archive
from builder.run.annotation.planning import all_candidates
from builder.run.annotation.rounds import all_rounds, keep_round, read_round
from builder.run.annotation.settling import settling
from tests.unit.annotate.pulled import ANN, BOB, TANKS, XML, Pulled, choice, data, well
from tests.unit.run.archived import archived, keep

RUDE = (choice("tone", "rude"), choice("target", "person"))
UNIT = TANKS["comment_id"]
SPLIT = Wanted(Rules(("tie",)))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The tiny dataset with a round of a pool, in which ann and bob dispute one comment and agree on another."""
    pulled = Pulled()
    for row, answers in ((TANKS, RUDE), (well(0), (choice("tone", "civil"),))):
        task = pulled.task(data=data(row))
        pulled.annotation(task, answers, who=ANN)
        pulled.annotation(task, (choice("tone", "civil"),), who=BOB)
    folder = tmp_path / "annotation_configs"
    folder.mkdir()
    (folder / "tones.xml").write_text(XML, encoding="utf-8")
    (folder / "tones.toml").write_text('title = "Tones"\nunit_type = "comment"\n', encoding="utf-8")
    made = archived(tmp_path, pulled)
    units = all_candidates(made, "comment")
    config = find_config(tmp_path, "tones")
    one = planned("pilot", config, Terms("pool", 2), units)
    keep_round(made.rounds_dir, one, config)
    merge_archive(made)
    return made


def made(
    settings: Settings, *adjudicators: str, wanted: Wanted = SPLIT, name: str | None = None
) -> Adjudication:
    """The adjudication as it would be pushed."""
    return adjudication(settings, name, wanted, adjudicators, early=False)


def test_what_is_in_dispute_becomes_a_round(settings: Settings) -> None:
    """The round has the units in dispute, is one person's, and its tasks show the answers beside the unit."""
    one = made(settings, "lea")
    assert one.order
    assert [conflict.reasons for conflict in one.new] == [(("tone", "tie"),)]
    plan = one.order.round
    assert (plan.name, plan.adjudicates, plan.terms.assign) == ("pilot-adjudication", "pilot", "personal")
    assert [task.unit_id for task in plan.tasks] == [UNIT]
    (body,) = bodies(one.order, plan.assignees[0], shown_units(one.order)).values()
    assert body["data"]["answers_text"].startswith("≠ tone: ")
    assert body["data"]["text"] == TANKS["text"]
    assert "predictions" not in body


def test_a_plan_stays_and_only_grows(settings: Settings) -> None:
    """Kept, an adjudication has nothing new, is gone on with as it was, and refuses other people and wishes."""
    first = made(settings, "lea")
    assert first.order
    keep_adjudication(first)
    again = made(settings)
    assert (again.new, again.before) == ((), 1)
    assert again.order
    assert (again.order.round, again.order.answers) == (first.order.round, first.order.answers)
    known = read_round(settings.rounds_dir, "pilot-adjudication")
    assert known
    assert resumed(settings, known, None, Wishes()).round == first.order.round
    with pytest.raises(UsageError, match="given to others"):
        made(settings, "mia")
    with pytest.raises(UsageError, match="--overlap was 1"):
        resumed(settings, known, None, Wishes(overlap=2))
    keep_round(settings.rounds_dir, replace(known, closed=True))
    with pytest.raises(UsageError, match="closed"):
        made(settings)
    with pytest.raises(UsageError, match="closed"):
        resumed(settings, replace(known, closed=True), None, Wishes())


def test_the_right_round_must_be_named(settings: Settings) -> None:
    """Without a name the only round is meant; an adjudication itself is none to be adjudicated."""
    keep_adjudication(made(settings, "lea"))
    assert made(settings).about == "pilot"
    with pytest.raises(UsageError, match="--round pilot"):
        made(settings, name="pilot-adjudication")
    (pilot,) = [one for one in all_rounds(settings.rounds_dir) if not one.adjudicates]
    keep_round(settings.rounds_dir, replace(pilot, name="main"), find_config(settings.root, "tones"))
    with pytest.raises(UsageError, match="Rounds so far: main, pilot"):
        made(settings)


def test_wishes_that_cannot_be_met_are_refused(settings: Settings) -> None:
    """A question that nobody votes on, and severity that nobody defined, are wrong calls."""
    with pytest.raises(UsageError, match="no question 'note'"):
        made(settings, wanted=Wanted(Rules(), ("note",)))
    with pytest.raises(UsageError, match="what is severe"):
        made(settings, wanted=Wanted(Rules(("severe-split",))))
    settings.merged_dir.rename(settings.root / "elsewhere")
    with pytest.raises(DataError, match="builder merge"):
        made(settings)


def test_who_answered_should_not_settle(settings: Settings) -> None:
    """It is counted how many of the units in dispute the adjudicator answered as an annotator."""
    assert (made(settings, "lea").own, made(settings, "ann").own) == (0, 1)


def test_an_adjudicators_answer_settles(settings: Settings) -> None:
    """Merged, what the adjudicator said has that origin because the plan says so, and the unit is settled."""
    keep_adjudication(made(settings, "ann"))
    person = read_pseudonyms(settings.annotators_file).of("ann")
    assert [(one.units, one.settled, one.open) for one in settling(settings)] == [(1, 0, 1)]
    task = data(assignee=person, round="pilot-adjudication")
    task["task_key"] = task_key("pilot-adjudication", person, "comment", UNIT)
    later = Pulled(numbers=count(50), minute=1200)
    later.annotation(later.task(data=task), RUDE, who=ANN, minute=1100)
    keep(settings, later)
    merged = merge_archive(settings).tables["annotations"].to_pylist()
    assert sorted(row["origin"] for row in merged) == ["adjudication", *["human"] * 4]
    assert [(one.units, one.settled, one.open) for one in settling(settings, "pilot")] == [(1, 1, 0)]
    assert settling(settings, "other") == ()


def test_a_unit_is_gold_in_one_round_alone(settings: Settings) -> None:
    """Answers to gold are told by the plan of their round: the same unit is ordinary in another."""
    (pilot,) = all_rounds(settings.rounds_dir)

    def origins(one: Round) -> list[str]:
        keep_round(settings.rounds_dir, one)
        rows = merge_archive(settings).tables["annotations"].to_pylist()
        return sorted(row["origin"] for row in rows if row["unit_id"] == UNIT)

    assert origins(pilot) == ["human", "human"]
    gold = [replace(task, gold=task.unit_id == UNIT) for task in pilot.tasks]
    assert origins(replace(pilot, tasks=tuple(gold))) == ["gold", "gold"]
    assert origins(replace(pilot, name="other", tasks=tuple(gold))) == ["gold", "gold"]
    assert origins(pilot) == ["human", "human"]


def test_severe_units_weigh_more(settings: Settings) -> None:
    """A unit weighs up to the weight of the settings, by what others said or a model expects, else by the corpus."""
    assert weigher(settings, {})(UNIT, POOL) == 1
    file = settings.root / "pyproject.toml"
    severe = 'severe = {question = "tone", values = ["rude"], weight = 3}\n'
    file.write_text(file.read_text(encoding="utf-8") + severe, encoding="utf-8")
    weigh = weigher(find_settings(settings.root), {"c9": 0.5})
    people = read_pseudonyms(settings.annotators_file)
    assert [weigh(UNIT, each) for each in (people.of("ann"), people.of("bob"), POOL)] == [1, 3, 2]
    assert (weigh("c9", POOL), weigh("c8", POOL)) == (2, 1.5)
