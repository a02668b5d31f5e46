"""How far annotators agree on one thing: what is measured, and what cannot be."""

import math
from dataclasses import dataclass

import numpy as np

from builder.labels.alpha import distance_alpha, interval_alpha, nominal_alpha, ordinal_alpha, text_alpha
from builder.labels.arrays import Floats, Ints
from builder.labels.chance import gwet, raw_agreement, raw_of_votes, steps
from builder.labels.resampling import Coefficient, Resampling
from builder.labels.votes import Patterns, Votes, patterns

NO_ANSWERS = "no answers"
ONE_ANNOTATOR = "one annotator"
NO_OVERLAP = "no overlap"
"""No unit has answers of two annotators."""
ONE_VALUE = "one value only"
"""Nothing shows that annotators can tell values apart."""
NO_INTERVAL = "too few differ"
"""Alpha is defined, but resamples are all alike, or many of them have one value only."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Agreement on one thing; a coefficient that is not defined is None, and ``undefined`` says why.

    ``n_units`` have an answer, ``n_double`` answers of two annotators or more. ``raw`` is the share of pairs of
    answers that agree, a mean over units; ``alpha`` Krippendorff's with its interval; ``ac1`` Gwet's, ``ac2``
    his with linear weights, for ordinal answers. ``prevalence`` is an option's share of all answers.
    """

    n_units: int
    n_double: int
    n_annotators: int
    n_answers: int
    raw: float | None = None
    alpha: float | None = None
    alpha_low: float | None = None
    alpha_high: float | None = None
    ac1: float | None = None
    ac2: float | None = None
    prevalence: float | None = None
    f1_exact: float | None = None
    f1_overlap: float | None = None
    undefined: str | None = None


def value_measures(votes: Votes, resampling: Resampling, *, ordinal: bool = False) -> Measures:
    """Measures of values that are equal or different, or that have an order."""
    seen = patterns(votes)
    alpha = ordinal_alpha(seen) if ordinal else nominal_alpha(seen)
    rest = {"ac1": gwet(seen), "ac2": gwet(seen, steps(votes.shape[2])) if ordinal else None}
    return _measures(votes, raw_agreement(seen), alpha, resampling, rest)


def option_measures(votes: Votes, resampling: Resampling) -> Measures:
    """Measures of one option: value 1 where it was chosen, 0 where it was not."""
    seen = patterns(votes)
    rest = {"ac1": gwet(seen), "prevalence": _share(seen, 1)}
    return _measures(votes, raw_agreement(seen), nominal_alpha(seen), resampling, rest)


def number_measures(votes: Votes, numbers: Floats, resampling: Resampling) -> Measures:
    """Measures of numbers whose differences mean something; agreement by chance has no AC1 here."""
    return _measures(votes, raw_of_votes(votes), interval_alpha(votes, numbers), resampling, {})


def set_measures(votes: Votes, distance: Floats, resampling: Resampling) -> Measures:
    """Measures of sets of options, whose distances are sets x sets; ``raw`` counts equal sets."""
    return _measures(votes, raw_of_votes(votes), distance_alpha(patterns(votes), distance), resampling, {})


def text_measures(
    saw: Votes, stretches: Patterns, text: Ints, resampling: Resampling, f1: tuple[float, float]
) -> Measures:
    """Measures of marked characters.

    ``saw`` has a vote for each annotator and text, ``text`` says where each stretch lies, ``f1`` is that of the
    spans, exact and by overlap. ``prevalence`` is the share of marked characters among all that were seen.
    """
    unmarked = _share(stretches, 0)
    rest = {
        "ac1": gwet(stretches),
        "prevalence": None if unmarked is None else 1 - unmarked,
        "f1_exact": f1[0],
        "f1_overlap": f1[1],
    }
    return _measures(saw, raw_agreement(stretches), text_alpha(stretches, text), resampling, rest)


def _measures(
    votes: Votes, raw: float, alpha: Coefficient, resampling: Resampling, rest: dict[str, float | None]
) -> Measures:
    size = np.bincount(votes.unit, minlength=1)
    people = len(np.unique(votes.annotator))
    low, high = resampling.interval(alpha) or (None, None)
    value = _defined(alpha.value)
    reason = _reason(len(votes.unit), people, int(size.max()), value)
    if value is not None and low is None and resampling.draws:
        reason = NO_INTERVAL
    return Measures(
        n_units=int(np.count_nonzero(size)),
        n_double=int(np.count_nonzero(size > 1)),
        n_annotators=people,
        n_answers=len(votes.unit),
        raw=_defined(raw),
        alpha=value,
        alpha_low=low,
        alpha_high=high,
        undefined=reason,
        **{name: _defined(number) for name, number in rest.items()},
    )


def _reason(answers: int, people: int, most: int, alpha: float | None) -> str | None:
    """Why alpha is not defined; None where it is."""
    if not answers:
        return NO_ANSWERS
    if people < 2:
        return ONE_ANNOTATOR
    if most < 2:
        return NO_OVERLAP
    return ONE_VALUE if alpha is None else None


def _share(seen: Patterns, value: int) -> float | None:
    total = int(seen.units @ seen.sizes)
    return float(int(seen.units @ seen.counts[:, value]) / total) if total else None


def _defined(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else value
