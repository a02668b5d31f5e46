"""How good the baseline is on texts of articles that it did not learn from, beside the commonest answer."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from builder.labels.arrays import Bools, Floats, Ints, dense, ints
from builder.labels.baseline import Labelled, fit
from builder.labels.proportions import share
from builder.labels.resampling import Coefficient, Resampling

FOLDS = 5
Objects = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Score:
    """The cross-validated score of one question.

    ``accuracy`` with its 95 % interval, ``majority`` that of always giving the commonest answer, ``gain`` the one
    less the other; intervals resample articles, so that threads do not pass for many cases.
    """

    question: str
    n: int
    n_articles: int
    accuracy: float
    low: float
    high: float
    majority: float
    gain: float
    gain_low: float
    gain_high: float
    macro_f1: float

    @property
    def better(self) -> bool:
        """Whether the whole interval lies above the commonest answer: only then is a suggestion worth a look."""
        return self.gain_low > 0


def trial(question: str, labelled: Labelled) -> Score | str:
    """The score of a question, or why it has none; no article is in what is learned and what is tried at once."""
    lacks = labelled.lacks
    articles, n_articles = dense(np.unique(labelled.articles, return_inverse=True)[1].astype(np.int64))
    if lacks or n_articles < FOLDS:
        return lacks or f"labels of {n_articles} articles, and {FOLDS} are needed"
    guesses = np.empty(len(labelled), object)
    for fold in _folds(articles, n_articles):
        learned = labelled.take(np.flatnonzero(~fold).tolist())
        if len(learned.options) < 2:
            return "one fold of articles has nearly all of the rare answers"
        model = fit(learned)
        shares = model.shares(labelled.take(np.flatnonzero(fold).tolist()).texts)
        guesses[fold] = np.array(model.options, object)[shares.argmax(axis=1)]
    return _score(question, articles, np.array(labelled.labels, object), guesses)


def _folds(articles: Ints, n_articles: int) -> list[Bools]:
    """Articles over folds, the largest first, each to the fold that has the least so far."""
    sizes = np.bincount(articles, minlength=n_articles)
    held, fold_of = np.zeros(FOLDS, np.int64), np.zeros(n_articles, np.int64)
    for article in np.argsort(-sizes, kind="stable"):
        fold_of[article] = held.argmin()
        held[fold_of[article]] += sizes[article]
    return [fold_of[articles] == fold for fold in range(FOLDS)]


def _score(question: str, articles: Ints, truth: Objects, guesses: Objects) -> Score:
    # Of all labels: that of the articles learned from tends to be rarer in the others, and is too easily beaten.
    commonest = Counter(sorted(truth.tolist())).most_common(1)[0][0]
    right, common = (np.asarray(each == truth, np.float64) for each in (guesses, commonest))
    n = len(truth)
    low, high = _interval(articles, right) or _wilson(right)
    gain_low, gain_high = _interval(articles, right - common) or (0.0, 0.0)
    return Score(
        question,
        n,
        int(articles.max()) + 1,
        float(right.mean()),
        low,
        high,
        float(common.mean()),
        float((right - common).mean()),
        gain_low,
        gain_high,
        macro_f1(truth.tolist(), guesses.tolist()),
    )


def _interval(articles: Ints, values: Floats) -> tuple[float, float] | None:
    """The interval of a mean when whole articles are drawn again; None where all draws are alike."""
    total, size = np.bincount(articles, values), np.bincount(articles)
    parts: Floats = np.column_stack([total, size]).astype(np.float64)
    mean = Coefficient(parts, ints(np.ones(len(size))), lambda sums: sums[..., 0] / sums[..., 1])
    return Resampling().interval(mean)


def _wilson(right: Floats) -> tuple[float, float]:
    found = share(float(right.sum()), len(right))
    return found.low or 0.0, found.high or 0.0


def macro_f1(truth: list[str], said: list[str]) -> float:
    """The mean over true options of F1, so that a rare option weighs as much as a common one."""
    both = Counter(one for one, other in zip(truth, said, strict=True) if one == other)
    true, given = Counter(truth), Counter(said)
    return float(np.mean([2 * both[option] / (true[option] + given[option]) for option in true]))
