"""The dataset's own gold: written by people or made of settled answers, and checked."""

import json
from pathlib import Path
from typing import Any

import pytest

from builder.annotate.questionnaire.config import find_config
from builder.annotate.questionnaire.questions import LabelConfig
from builder.core.errors import DataError, UsageError
from builder.core.settings import Settings
from builder.run.annotation.gold import add_gold, gold_file, gold_table, known_units, record_texts, sound_gold
from builder.run.annotation.merging import merge_archive
from builder.run.annotation.planning import all_candidates
from tests.unit.annotate.pulled import ANN, BOB, CORPUS, TANKS, XML, Pulled, choice, data, span, well
from tests.unit.run.archived import archived, keep

RUDE = (choice("tone", "rude"), choice("target", "person"))
UNIT = TANKS["comment_id"]
LINE = {"unit_id": UNIT, "answers": {"tone": "civil"}, "reason": "nobody is attacked"}


@pytest.fixture
def pulled() -> Pulled:
    """An archive in the making."""
    return Pulled()


@pytest.fixture
def settings(tmp_path: Path, pulled: Pulled) -> Settings:
    """The tiny dataset with a labelling config of its own; the archive holds what was pulled so far."""
    folder = tmp_path / "annotation_configs"
    folder.mkdir()
    (folder / "tones.xml").write_text(XML, encoding="utf-8")
    (folder / "tones.toml").write_text('title = "Tones"\nunit_type = "comment"\n', encoding="utf-8")
    made = archived(tmp_path, pulled)
    made.gold_dir.mkdir(parents=True)
    return made


def config_of(settings: Settings) -> LabelConfig:
    """The labelling config of the dataset."""
    return find_config(settings.root, "tones")


def written(settings: Settings, *lines: Any) -> None:
    """Write these lines as a person would."""
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    gold_file(settings, "tones").write_text(text + "\n", encoding="utf-8")


def faults(settings: Settings) -> str:
    """All that is wrong with the gold."""
    return "\n".join(gold_table(settings, config_of(settings)).faults)


def test_a_text_is_recorded_once(settings: Settings) -> None:
    """A new line is used when it says which text it is about; the hash is written for whoever left it out."""
    written(settings, LINE)
    config = config_of(settings)
    assert not faults(settings)
    with pytest.raises(DataError, match="--record"):
        sound_gold(settings, config)
    assert record_texts(settings, config) == 1
    assert [one.text_sha256 for one in sound_gold(settings, config)] == [TANKS["text_sha256"]]
    before = gold_file(settings, "tones").read_bytes()
    assert record_texts(settings, config) == 0
    assert gold_file(settings, "tones").read_bytes() == before


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 1: this is no JSON"),
        ("[]", "wanted is an object"),
        ({**LINE, "reason": " "}, "reason is missing"),
        ({**LINE, "unit_id": "x"}, "unit_id is no"),
        ({**LINE, "unit_id": "c" + "0" * 20}, "in the tables no more"),
        ({**LINE, "answers": {"tone": "mad"}}, "'mad' is no option"),
        ({**LINE, "answers": {}}, "'tone' is wanted and missing"),
        ({**LINE, "answers": {"tone": "civil", "target": ["group"]}}, "was not asked"),
        ({**LINE, "answers": {"tone": "civil", "span": [{"start": 4, "end": 99, "label": "slur"}]}}, "no stretch"),
        ({**LINE, "text_sha256": "0" * 64}, "not the one that these answers"),
        ({**LINE, "text_sha256": "abc"}, "is no hash"),
        ({**LINE, "answer": 1}, "'answer' is unknown"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_told_with_its_place(settings: Settings, line: Any, said: str) -> None:
    """What is wrong with a line is told with file and line, and no round is planned with it."""
    written(settings, line)
    assert said in faults(settings)
    assert faults(settings).startswith("data/gold/tones.jsonl, line 1: ")
    with pytest.raises(DataError, match="gold check"):
        sound_gold(settings, config_of(settings))


def test_a_unit_is_gold_once(settings: Settings) -> None:
    """A second line for a unit is refused, with the place of the first."""
    written(settings, LINE, "", LINE)
    assert "line 3" in faults(settings)
    assert "is in line 1 already" in faults(settings)


def test_unanimous_answers_become_gold(pulled: Pulled, settings: Settings) -> None:
    """What two annotators say alike can be made gold, without their notes; what they dispute cannot."""
    texts = (pulled.task(), pulled.task(data=data(well(0))))
    pulled.annotation(texts[0], (*RUDE, span(4, 8, "more")), who=ANN)
    pulled.annotation(texts[0], RUDE, who=BOB)
    pulled.annotation(texts[1], RUDE, who=ANN)
    pulled.annotation(texts[1], who=BOB)
    keep(settings, pulled)
    merge_archive(settings)
    config = config_of(settings)
    (added,) = add_gold(settings, config, [UNIT], None)
    assert dict(added.answers) == {"tone": "rude", "target": ["person"]}
    assert [one.unit_id for one in sound_gold(settings, config)] == [UNIT]
    assert add_gold(settings, config, [UNIT], None) == ()
    with pytest.raises(UsageError, match="leave a question open"):
        add_gold(settings, config, [well(0)["comment_id"]], None)
    assert add_gold(settings, config, [], None) == ()


def test_gold_is_among_the_candidates(settings: Settings) -> None:
    """A round knows which of the units that it may ask about are gold."""
    written(settings, {**LINE, "text_sha256": TANKS["text_sha256"]})
    known = known_units(settings, config_of(settings), all_candidates(settings, "comment"))
    assert [unit.unit_id for unit in known.units] == [UNIT]
    assert CORPUS.tables["comments"].num_rows > 1
