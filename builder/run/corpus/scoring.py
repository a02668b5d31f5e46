"""Training and scoring of the parser, with the files they need."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from builder.core.storage import read_json, replace
from builder.learn.evaluate import (
    Review,
    Scores,
    below,
    by_rendering,
    count_pages,
    cross_validate,
    review,
    scores,
)
from builder.learn.threads import load_threads
from builder.run.corpus.weights import shipped_words

Tell = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Report:
    """Scores and worth of review of each rendering, and what is below its floor."""

    scores: tuple[Scores, ...]
    reviews: tuple[Review, ...]
    below: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The report as values that `json.dumps` takes."""
        return asdict(self)


def score_threads(folder: Path, floors: Path | None, predictions: Path | None, tell: Tell | None) -> Report:
    """Cross-validate on the threads of a folder; write what was found, if asked to."""
    found = cross_validate(load_threads(folder), shipped_words(), tell or _silent)
    pages = count_pages(found, folder)
    if predictions is not None:
        lines = [json.dumps(one.found, ensure_ascii=False) + "\n" for one in found]
        replace(predictions, "".join(lines).encode())
    limits: Mapping[str, Mapping[str, float]] = read_json(floors) if floors else {}
    reached = scores(pages)
    worth = tuple(review(group, name) for name, group in by_rendering(pages).items())
    return Report(reached, worth, below(reached, limits))


def _silent(_done: int, _total: int, _said: str) -> None:
    """Tell nobody."""
