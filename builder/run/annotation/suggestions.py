"""A round's suggestions on disk, beside its plan: made once, so that everybody is shown the same."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from builder.annotate.transfer.predictions import Suggestion
from builder.core.errors import DataError
from builder.core.storage import read_json, write_json
from builder.labels.trial import Score
from builder.run.annotation.rounds import round_names

_FILE = "suggestions.json"
_CURE = "Put back your copy of the folder."


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Suggestions by unit: the model they are of, and how good it was shown to be."""

    model: str
    scores: tuple[Score, ...]
    units: Mapping[str, Suggestion]


def keep_suggestions(folder: Path, name: str, suggestions: Suggestions) -> None:
    """Write the suggestions of a round."""
    write_json(folder / name / _FILE, asdict(suggestions))


def read_suggestions(folder: Path, name: str) -> Suggestions:
    """The suggestions of a round; ``DataError`` where there are none, or they are damaged."""
    file = folder / name / _FILE
    try:
        return _suggestions(read_json(file, _CURE))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataError(f"{file} is damaged: {error!r}. {_CURE}") from error


def scores_of_rounds(folder: Path) -> dict[str, tuple[Score, ...]]:
    """The scores of every model that suggested something in a round, by its name."""
    there = (name for name in round_names(folder) if (folder / name / _FILE).is_file())
    return {found.model: found.scores for found in (read_suggestions(folder, name) for name in there)}


def _suggestions(value: Mapping[str, Any]) -> Suggestions:
    units = {
        unit: {name: (option, float(probability)) for name, (option, probability) in one.items()}
        for unit, one in value["units"].items()
    }
    return Suggestions(value["model"], tuple(Score(**score) for score in value["scores"]), units)
