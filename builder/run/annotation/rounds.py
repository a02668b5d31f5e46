"""Rounds of annotation on disk: one folder a round, planned once, resumed from then on."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import msgspec

from builder.annotate.planning.assignment import Meeting
from builder.annotate.planning.rounds import Round, as_json, from_json
from builder.annotate.questionnaire.questions import LabelConfig
from builder.annotate.tasks import Origin
from builder.core.errors import DataError, UsageError
from builder.core.storage import (
    folders_in,
    make_folder,
    read_json,
    read_json_any,
    read_text,
    replace,
    write_json,
)

_PLAN, _TASKS, _CONFIG, _ANSWERS = "round.json", "tasks.json", "config.xml", "answers.json"
_CURE = "Put back your copy of the folder."
_ADJUDICATION = "-adjudication"
_NAME = re.compile(rf"[a-z0-9][a-z0-9._-]{{0,23}}({_ADJUDICATION})?")


def check_name(name: str) -> None:
    """Raise ``UsageError`` for a name that a round cannot have."""
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"'{name}' can be no round's name: 1 to 24 of a-z, 0-9, '.', '_' and '-', a letter or digit first."
        )


def adjudication_of(name: str) -> str:
    """What the round is called that settles the disagreements of another."""
    return f"{name}{_ADJUDICATION}"


def round_names(folder: Path) -> tuple[str, ...]:
    """The names of the rounds that were planned, sorted; folders that no round can be called are no rounds."""
    names = (name for name in folders_in(folder) if _NAME.fullmatch(name))
    return tuple(name for name in names if (folder / name / _PLAN).is_file())


def read_round(folder: Path, name: str) -> Round | None:
    """The round of that name; none where none was planned. ``DataError`` where its files are damaged."""
    place = folder / name
    if not (place / _PLAN).is_file():
        return None
    plan, tasks = read_json(place / _PLAN, _CURE), read_json_any(place / _TASKS, _CURE)
    try:
        found = from_json(plan, tasks)
    except DataError as error:
        raise DataError(f"{place} cannot be used: {error}. {_CURE}") from error
    if found.name != name:
        raise DataError(
            f"{place} holds the plan of round {found.name}. Is it a copy? Move it out of {folder}."
        )
    return found


def the_round(folder: Path, name: str) -> Round:
    """The round of that name; ``UsageError`` where none was planned, with the names that there are."""
    check_name(name)
    found = read_round(folder, name)
    if found is None:
        known = ", ".join(round_names(folder)) or "none yet"
        raise UsageError(f"There is no round {name}. Rounds so far: {known}.")
    return found


def all_rounds(folder: Path) -> tuple[Round, ...]:
    """Every round that was planned, by name."""
    return tuple(the_round(folder, name) for name in round_names(folder))


def meetings(folder: Path, config: str, but: str | None = None) -> frozenset[Meeting]:
    """Who has which unit in a round of a config, as an assignee and a unit; ``but`` names a round left out.

    Of a pool no plan says whom it gave what.
    """
    rounds = (one for one in all_rounds(folder) if one.config == config and one.name != but)
    return frozenset((task.assignee, task.unit_id) for one in rounds for task in one.tasks)


def origins(folder: Path) -> dict[str, Origin]:
    """What the plans know about the answers to tasks, by key, where those are not ordinary ones."""
    found = dict[str, Origin]()
    for one in all_rounds(folder):
        for task in one.tasks:
            if one.adjudicates:
                found[one.key(task)] = "adjudication"
            elif task.gold:
                found[one.key(task)] = "gold"
    return found


def keep_round(folder: Path, one: Round, config: LabelConfig | None = None) -> None:
    """Write a round; the plan comes last, so that a round is there as a whole or not at all."""
    place = folder / one.name
    make_folder(place)
    if config is not None:
        replace(place / _CONFIG, config.xml.encode())
    tasks = b",\n".join(map(msgspec.json.encode, one.tasks))
    replace(place / _TASKS, b"[\n%b\n]\n" % tasks)
    write_json(place / _PLAN, as_json(one))


def round_xml(folder: Path, name: str) -> str:
    """The XML of the labelling config that a round was planned with; ``DataError`` where it is gone."""
    text = read_text(folder / name / _CONFIG)
    if text is None:
        raise DataError(f"{folder / name / _CONFIG} is missing. {_CURE}")
    return text


def keep_answers(folder: Path, name: str, answers: Mapping[str, str]) -> None:
    """Write the conflicting answers that a round of adjudication shows, as text by unit; before its plan."""
    make_folder(folder / name)
    replace(folder / name / _ANSWERS, json.dumps(answers, ensure_ascii=False, indent=1).encode() + b"\n")


def read_answers(folder: Path, name: str) -> Mapping[str, str]:
    """The conflicting answers that a round of adjudication shows; ``DataError`` where they are gone."""
    return read_json(folder / name / _ANSWERS, _CURE)


def forget_answers(folder: Path, units: Collection[str]) -> int:
    """Take units out of what rounds of adjudication show of answers; how many entries that were."""
    gone = 0
    for name in round_names(folder):
        if (folder / name / _ANSWERS).is_file():
            answers = read_answers(folder, name)
            kept = {unit: said for unit, said in answers.items() if unit not in units}
            if len(kept) < len(answers):
                keep_answers(folder, name, kept)
                gone += len(answers) - len(kept)
    return gone


def round_configs(folder: Path, names: Sequence[str] | None = None) -> tuple[str, ...]:
    """The XML of the labelling configs that rounds were planned with."""
    texts = (read_text(folder / name / _CONFIG) for name in (round_names(folder) if names is None else names))
    return tuple(text for text in texts if text is not None)
