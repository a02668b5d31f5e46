"""How good the parser is on threads it has not seen: trained on four fifths of the sites, scored on the fifth."""

import random
import runpy
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from builder.core.errors import DataError
from builder.learn.predict import Prediction, predict
from builder.learn.threads import Thread
from builder.learn.train import train
from builder.parse.model import make_model

DRAWS: Final = 1_000
REVIEWED: Final = 0.2  # of the captures
_SEED: Final = 20_310_417

Words = Mapping[str, Sequence[str]]
Tell = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Page:
    """One thread's counts: comments right, invented and missed; authors right among the right ones; the split."""

    thread: Thread
    confidence: float
    tp: int
    fp: int
    fn: int
    author_ok: int
    split: float


@dataclass(frozen=True)
class Scores:
    """Micro-averaged scores of one rendering; `floor` names are those of the fields."""

    rendering: str
    pages: int
    comments: int
    precision: float
    recall: float
    f1: float
    author: float
    split: float


@dataclass(frozen=True)
class Review:
    """What it is worth to correct the least confident fifth of the captures.

    Attributes:
        before: micro F1 without any review.
        after: micro F1 with these captures corrected.
        comments: how many comments that is.
        random: the same for random captures with as many comments: median and 95th percentile.
    """

    rendering: str
    before: float
    after: float
    comments: int
    random: tuple[float, float]


def cross_validate(threads: Sequence[Thread], words: Words, tell: Tell) -> tuple[Prediction, ...]:
    """The predictions for every thread by a model that was trained on the other folds."""
    folds = sorted({thread.fold for thread in threads})
    found: list[Prediction] = []
    for number, fold in enumerate(folds):
        tell(number, len(folds), f"fold {number + 1} of {len(folds)}")
        weights = train([thread for thread in threads if thread.fold != fold], words)
        model = make_model(weights, words)
        found += predict([thread for thread in threads if thread.fold == fold], model)
    tell(len(folds), len(folds), "scored")
    return tuple(found)


def count_pages(predictions: Iterable[Prediction], folder: Path) -> tuple[Page, ...]:
    """Score each prediction by the folder's own `score.py`; raises `DataError` where there is none."""
    script = folder / "score.py"
    if not script.is_file():
        raise DataError(f"{folder} holds no score.py. Name the folder of the threads: builder eval DIR")
    score = runpy.run_path(str(script))["score_file"]
    return tuple(_page(one, score(one.thread.gold, one.found)) for one in predictions)


def _page(one: Prediction, counts: Mapping[str, Any]) -> Page:
    names = ("tp", "fp", "fn", "author_ok", "split")
    return Page(one.thread, one.confidence, *(counts[name] for name in names))


def scores(pages: Sequence[Page]) -> tuple[Scores, ...]:
    """The scores of each rendering."""
    return tuple(_scores(name, group) for name, group in by_rendering(pages).items())


def by_rendering(pages: Iterable[Page]) -> dict[str, list[Page]]:
    """Pages grouped by rendering."""
    groups: dict[str, list[Page]] = {}
    for page in pages:
        groups.setdefault(page.thread.rendering, []).append(page)
    return groups


def _scores(rendering: str, pages: Sequence[Page]) -> Scores:
    tp, fp, fn = (sum(getattr(page, name) for page in pages) for name in ("tp", "fp", "fn"))
    author = sum(page.author_ok for page in pages) / tp if tp else 0.0
    split = sum(page.split for page in pages) / len(pages)
    return Scores(
        rendering,
        len(pages),
        tp + fn,
        tp / max(tp + fp, 1),
        tp / max(tp + fn, 1),
        _f1(tp, fp, fn),
        author,
        split,
    )


def _f1(tp: int, fp: int, fn: int) -> float:
    return 2 * tp / (2 * tp + fp + fn) if tp else 0.0


def review(pages: Sequence[Page], rendering: str) -> Review:
    """Correct the least confident fifth of the captures, and random ones with as many comments, `DRAWS` times."""
    asked = sorted(pages, key=lambda page: (page.confidence, page.thread.name))[
        : round(len(pages) * REVIEWED)
    ]
    comments = sum(page.tp + page.fn for page in asked)
    draw = random.Random(_SEED)  # noqa: S311 a seed, not a secret
    others = sorted(_corrected(pages, _drawn(pages, comments, draw)) for _ in range(DRAWS))
    return Review(
        rendering,
        _corrected(pages, []),
        _corrected(pages, asked),
        comments,
        (others[DRAWS // 2], others[DRAWS * 95 // 100]),
    )


def _drawn(pages: Sequence[Page], comments: int, draw: random.Random) -> list[Page]:
    """Random pages with that many comments, or as nearly as whole pages allow without going above it."""
    taken: list[Page] = []
    left = comments
    for page in draw.sample(list(pages), len(pages)):
        size = page.tp + page.fn
        if size <= left:
            taken.append(page)
            left -= size
    return taken


def _corrected(pages: Sequence[Page], reviewed: Sequence[Page]) -> float:
    """Micro F1 when everything on the reviewed pages is right."""
    names = {page.thread.file for page in reviewed}
    rest = [page for page in pages if page.thread.file not in names]
    tp = sum(page.tp for page in rest) + sum(page.tp + page.fn for page in reviewed)
    return _f1(tp, sum(page.fp for page in rest), sum(page.fn for page in rest))


def below(found: Iterable[Scores], floors: Mapping[str, Mapping[str, float]]) -> tuple[str, ...]:
    """What is below its floor, in words; a rendering that has floors and no score is below them."""
    by_name = {one.rendering: one for one in found}
    return tuple(
        f"{rendering} {name} {getattr(by_name[rendering], name, 0.0) if rendering in by_name else 0.0:.4f} < {floor}"
        for rendering, limits in floors.items()
        for name, floor in limits.items()
        if rendering not in by_name or getattr(by_name[rendering], name) < floor
    )
