"""How fast people answer: robust figures of seconds, and answers that came much faster than the others' do."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from builder.labels.arrays import Floats
from builder.labels.quality.work import Work, answered

FAR = 3.5
"""From this modified z-score on a time is an outlier: the convention of Iglewicz and Hoaglin (1993)."""
LEAST_OTHERS = 20
"""Fewer times of others than this say nothing of what is usual."""
_MAD = 1.4826
"""Makes the median absolute deviation comparable with a standard deviation."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds an answer: how many are known, quartiles, the median of everybody else, units answered too fast."""

    n: int
    low: float | None
    median: float | None
    high: float | None
    others: float | None
    fast: tuple[str, ...]


def paces(work: Iterable[Work]) -> dict[str, Pace]:
    """The pace of each annotator, beside the others' under the same config."""
    times: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for one in answered(work):
        if one.seconds is not None:
            times[one.annotator_id].append((one.unit_id, one.seconds))
    return {person: _pace(person, times) for person in times}


def _pace(person: str, times: Mapping[str, list[tuple[str, float]]]) -> Pace:
    units, seconds = zip(*times[person], strict=True)
    others = np.array([one for name, theirs in times.items() if name != person for _, one in theirs])
    fast = _fast(np.array(seconds), others)
    low, median, high = np.quantile(seconds, [0.25, 0.5, 0.75]).tolist()
    usual = float(np.median(others)) if len(others) >= LEAST_OTHERS else None
    return Pace(len(units), low, median, high, usual, tuple(np.array(units)[fast].tolist()))


def _fast(seconds: Floats, others: Floats) -> Floats:
    """Which times are far below the others', on a scale of ratios; work of half the time is as far as of twice."""
    if len(others) < LEAST_OTHERS:
        return np.zeros(len(seconds), np.bool_)
    logs, mine = np.log(np.maximum(others, 0.1)), np.log(np.maximum(seconds, 0.1))
    middle = np.median(logs)
    # Where most times are equal the deviation is nothing; a tenth keeps everybody from being an outlier then.
    spread = max(0.1, _MAD * float(np.median(np.abs(logs - middle))))
    fast: Floats = (mine - middle) / spread < -FAR
    return fast
