"""What labels know of the labelling configs under which tasks were shown."""

from collections.abc import Iterator, Mapping
from typing import cast

import pyarrow as pa

from builder.annotate.questionnaire.config import config_texts, questions_of, read_declared, xml_sha256
from builder.annotate.questionnaire.questions import Question as Asked
from builder.core.errors import DataError
from builder.core.settings import Settings
from builder.labels.questions import Condition, Question, Questionnaire, Scale
from builder.run.annotation.rounds import round_configs

Scales = Mapping[str, Mapping[str, str]]


def questionnaires(settings: Settings, tasks: pa.Table) -> dict[str, Questionnaire]:
    """The questionnaires of all tasks, by the hash of their config.

    What was asked is read from the config that was kept with a round, scales from the dataset's own config of
    the same name: only its TOML knows them. Raises ``DataError`` for a config that is nowhere.
    """
    configs = tasks.group_by("config_sha256", use_threads=False).aggregate([("config", "last")])
    names = dict(zip(*(configs[one].to_pylist() for one in ("config_sha256", "config_last")), strict=True))
    texts = config_texts(settings.root)
    known = {
        xml_sha256(xml): xml
        for xml in (*(one.xml for one in texts.values()), *round_configs(settings.rounds_dir))
    }
    found = {}
    for sha256, name in sorted(names.items(), key=lambda item: (item[1], item[0])):
        if sha256 not in known:
            raise DataError(
                f"Tasks were shown under the config {name} with the hash {sha256[:8]}..., which no round has. "
                f"Put back {settings.rounds}/ROUND/config.xml."
            )
        declared = read_declared(texts[name]).questions if name in texts else {}
        title = name if list(names.values()).count(name) == 1 else f"{name} (version {sha256[:8]})"
        questions = tuple(_questions(known[sha256], declared))
        found[sha256] = Questionnaire(name, title, sha256, questions)
    return found


def _questions(xml: str, declared: Scales) -> Iterator[Question]:
    for one in questions_of(xml):
        yield _question(one, cast("Scale", declared.get(one.name, {}).get("scale", "nominal")))


def _question(one: Asked, scale: Scale) -> Question:
    """A question; numbers without a scale are of interval scale, for numbers that are mere names are rare."""
    when = Condition(one.asked_when.question, one.asked_when.options) if one.asked_when else None
    scale = "interval" if one.kind == "number" and scale == "nominal" else scale
    return Question(one.name, one.kind, one.values, scale, one.required, when)
