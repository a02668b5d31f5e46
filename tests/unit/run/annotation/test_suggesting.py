"""Suggestions of a dataset on disk: learned from its merged answers, kept with the round, of use or not given."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

import builder
from builder.annotate.planning.rounds import Round, planned
from builder.annotate.planning.terms import Wishes
from builder.annotate.questionnaire.questions import LabelConfig
from builder.core.errors import DataError, UsageError
from builder.core.settings import Settings, Severe
from builder.run.annotation.active import by_certainty
from builder.run.annotation.baseline import train_baseline
from builder.run.annotation.bodies import Order, first_body, shown_units
from builder.run.annotation.configs import sound_config
from builder.run.annotation.expecting import expected_severity
from builder.run.annotation.planning import all_candidates, plan
from builder.run.annotation.rounds import keep_round, the_round
from builder.run.annotation.suggesting import refuse_unfit, settle_suggestions, try_model, with_suggestions
from builder.run.annotation.suggestions import read_suggestions, scores_of_rounds
from builder.run.corpus.pipeline import Build, build
from tests.unit.labels.merged import said
from tests.unit.labels.texts import text
from tests.unit.run.labelled import TOML, XML, write_merged
from tests.unit.run.standin import tables_of

Make = Callable[..., Settings]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Make a dataset of 140 comments of ten articles, 100 of them answered by their words, or by chance."""

    def made(*, telling: float = 1.0) -> Settings:
        random = Random(1)
        for number in range(10):
            (tmp_path / "data/raw/paper").mkdir(parents=True, exist_ok=True)
            lines = [f"Ann: {text(random, random.choice(['civil', 'rude']), telling)} {n}" for n in range(14)]
            file = tmp_path / f"data/raw/paper/{number}.txt"
            file.write_text("Crane\n" + "\n".join(lines) + "\n", encoding="utf-8")
        build(Build(tmp_path / "data/raw", tmp_path / "data/tables", lambda: tables_of))
        (tmp_path / "annotation_configs").mkdir()
        (tmp_path / "annotation_configs/hostility.xml").write_text(XML, encoding="utf-8")
        (tmp_path / "annotation_configs/hostility.toml").write_text(TOML, encoding="utf-8")
        (tmp_path / "pyproject.toml").write_text('[tool.builder]\nname = "tiny"\n', encoding="utf-8")
        comments = builder.open(tmp_path / "data/tables").comments
        rude = comments["text"].str.contains("nonsense|clown|rubbish")
        rows = [
            said(unit, 1, tone=("rude" if bad else "civil") if telling else random.choice(["rude", "civil"]))
            for unit, bad in list(zip(comments["comment_id"], rude, strict=True))[:100]
        ]
        return write_merged(tmp_path, *rows)

    return made


def config_of(settings: Settings) -> LabelConfig:
    """The config of the dataset."""
    return sound_config(settings, "hostility")


def round_of(settings: Settings, name: str = "second", **wished: int) -> Round:
    """A round over comments of the dataset, not kept."""
    config = config_of(settings)
    terms = Wishes(**wished).terms("comment")
    return planned(name, config, terms, all_candidates(settings, "comment"))


def test_suggestions_are_kept_with_the_round(make: Make) -> None:
    """A new round is planned with suggestions for all its units, and its tasks carry them."""
    settings = make()
    order = with_suggestions(Order(settings, round_of(settings), config_of(settings), {}), new=True)
    kept = read_suggestions(settings.rounds_dir, "second")
    assert order.round == the_round(settings.rounds_dir, "second")
    assert order.round.suggested == kept.model
    assert len(kept.units) == 140
    body = first_body(order)
    assert body
    (predicted,) = body["predictions"]
    option, probability = kept.units[body["data"]["unit_id"]]["tone"]
    assert predicted["result"][0]["value"] == {"choices": [option]}
    assert (predicted["model_version"], predicted["score"]) == (kept.model, probability)
    assert scores_of_rounds(settings.rounds_dir) == {kept.model: kept.scores}
    assert with_suggestions(order, new=False) == order


def test_a_blind_round_has_none(make: Make) -> None:
    """A round that was planned without suggestions shows none, and is not given any by a later push."""
    settings = make()
    order = Order(settings, round_of(settings, sample=5), config_of(settings), {})
    assert {hint for _, hint in shown_units(order).values()} == {None}
    keep_round(settings.rounds_dir, order.round, order.config)
    with pytest.raises(UsageError, match="planned blind"):
        with_suggestions(order, new=False)


def test_a_useless_model_suggests_nothing(make: Make) -> None:
    """Where words tell nothing the error gives the figures, and neither plan nor suggestions are written."""
    settings = make(telling=0.0)
    one, config = round_of(settings), config_of(settings)
    with pytest.raises(DataError, match="no better than always suggesting"):
        settle_suggestions(settings, one, config, train_baseline(settings, config))
    assert not settings.rounds_dir.exists()
    assert not any(score.better for score in try_model(settings, config).scores)
    assert expected_severity(replace(settings, severe=Severe("tone", ("rude",))), config) == {}


def test_some_rounds_cannot_have_any(make: Make) -> None:
    """Closed rounds, rounds about captures and adjudications get no suggestions."""
    one = round_of(make())
    for changed in (
        replace(one, closed=True),
        replace(one, unit_type="capture"),
        replace(one, adjudicates="a"),
    ):
        with pytest.raises(UsageError):
            refuse_unfit(changed)


def test_uncertain_units_were_not_asked_about(make: Make) -> None:
    """Of the units that nobody answered and no round asked about the least sure come first."""
    settings = make()
    config = config_of(settings)
    keep_round(settings.rounds_dir, round_of(settings, "first", sample=20), config)
    asked = {task.unit_id for task in the_round(settings.rounds_dir, "first").tasks}
    answered = train_baseline(settings, config, tried=False).labelled
    pool = by_certainty(settings, config, all_candidates(settings, "comment"))
    assert len(pool) == 140 - len(asked | answered)
    one, new = plan(settings, "unsure", config, Wishes(sample=3, choose="uncertain"))
    sure = {unit.unit_id: unit.confidence for unit in pool}
    assert new
    assert sorted(sure[task.unit_id] for task in one.tasks) == sorted(sure.values())[:3]


def test_captures_are_no_matter_of_words(make: Make) -> None:
    """Captures cannot be chosen by a model of answers; the error names what can be done."""
    settings = make()
    with pytest.raises(UsageError, match="doubtful"):
        by_certainty(settings, replace(config_of(settings), unit_type="capture"), ())


def test_severity_is_expected_of_what_nobody_answered(make: Make) -> None:
    """Where the settings say what is severe, rude words make a comment severe with more than even chance."""
    settings = replace(make(), severe=Severe("tone", ("rude", "hate")))
    expected = expected_severity(settings, config_of(settings))
    comments = builder.open(settings.tables_dir).comments.set_index("comment_id")["text"]
    rude = comments.str.contains("nonsense|clown|rubbish")
    right = [(expected[unit] > 0.5) == bad for unit, bad in rude.items()]
    assert sum(right) > 0.9 * len(right)
    assert expected_severity(replace(settings, severe=None), config_of(settings)) == {}
