"""The schemas of answers are those that follow from the configs, and nearly those of the SDK."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from label_studio_sdk.label_interface import LabelInterface

from builder.annotate.questionnaire.answer_schema import (
    config_schema,
    is_current,
    schema_file,
    schema_text,
    write_schema,
)
from builder.annotate.questionnaire.config import config_texts, find_config, read_config
from builder.annotate.questionnaire.questions import LabelConfig
from tests.unit.annotate.configs import text

CONFIG = read_config(text())
NAMES = sorted(config_texts(Path(__file__).parents[3]))
REFRESH = "builder config schema --write"
EVERY_CONFIG = pytest.mark.parametrize("name", NAMES)


@EVERY_CONFIG
def test_a_schema_follows_from_its_config(repository: Path, name: str) -> None:
    """The schema in its file is the one that follows from the config."""
    config = find_config(repository, name)
    assert is_current(repository, config), (
        f"schemas/annotations/{name}.schema.json is out of date; run: {REFRESH}"
    )


def test_no_schema_is_left_over(repository: Path) -> None:
    """Each schema of answers belongs to a config."""
    kept = {each.name.removesuffix(".schema.json") for each in (repository / "schemas/annotations").iterdir()}
    assert kept == set(NAMES)


@EVERY_CONFIG
def test_a_schema_is_one(repository: Path, name: str) -> None:
    """Each schema obeys JSON Schema 2020-12, and says which config it is of."""
    config = find_config(repository, name)
    schema = config_schema(config)
    Draft202012Validator.check_schema(schema)
    assert (schema["title"], schema["x-config-sha256"]) == (name, config.sha256)
    assert list(schema["properties"]) == [question.name for question in config.questions]


def test_a_changed_config_has_another_schema(tmp_path: Path) -> None:
    """A schema is out of date when hash, options or words of its config change, until it is written again."""
    assert not is_current(tmp_path, CONFIG)
    write_schema(tmp_path, CONFIG)
    assert is_current(tmp_path, CONFIG)
    assert schema_file(tmp_path, "mood").read_text(encoding="utf-8") == schema_text(CONFIG)
    first, *others = CONFIG.questions
    for changed in (
        replace(CONFIG, sha256="0" * 64),
        replace(CONFIG, questions=(replace(first, description="Another."), *others)),
        replace(CONFIG, questions=(replace(first, options=first.options[:1]), *others)),
    ):
        assert not is_current(tmp_path, changed)


def test_the_words_of_options_are_kept() -> None:
    """Each option is explained by its words and its hint."""
    mood = config_schema(CONFIG)["properties"]["mood"]
    assert mood["x-values"] == {"good": "Good: All is well.", "bad": "Bad"}
    assert (mood["description"], mood["x-scale"]) == ("The mood.", "ordinal")


@EVERY_CONFIG
def test_the_sdk_differs_as_it_is_known_to(repository: Path, name: str) -> None:
    """The SDK knows the same questions and options, but calls a hidden required question always required."""
    config = find_config(repository, name)
    ours, theirs = config_schema(config), LabelInterface(config.xml).to_json_schema()
    assert set(theirs["properties"]) == set(ours["properties"])
    assert set(theirs["required"]) - set(ours["required"]) == hidden_but_required(config)
    assert set(ours["required"]) <= set(theirs["required"])
    for question in config.questions:
        if question.options:
            assert set(enum_in(theirs["properties"][question.name])) == set(question.values)


def hidden_but_required(config: LabelConfig) -> set[str]:
    """The questions that are required when they are asked, and are not always asked."""
    return {each.name for each in config.questions if each.required and each.asked_when}


def enum_in(schema: Any) -> list[str]:
    """The closed list in a schema, wherever it stands."""
    found = json.dumps(schema).partition('"enum": ')[2]
    listed: list[str] = json.JSONDecoder().raw_decode(found)[0]
    return listed
