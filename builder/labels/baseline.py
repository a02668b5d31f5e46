"""The honest baseline: TF-IDF of words and characters, and logistic regression, one model a question."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType
from typing import Any

import numpy as np

from builder.core.errors import UsageError
from builder.labels.arrays import Floats

NAME = "baseline"
VERSION = 1
"""Rises when the same labels would lead to other suggestions."""
LEAST = 50
"""Fewer labelled units than this are not learned from."""
LEAST_OF_OPTION = 5
"""An option that was chosen less often is not learned."""
_CHARACTERS = 50_000


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a question was answered with: units, their texts and labels, and the articles they belong to."""

    units: tuple[str, ...]
    texts: tuple[str, ...]
    labels: tuple[str, ...]
    articles: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.units)

    @property
    def options(self) -> tuple[str, ...]:
        """The options that occur often enough to be learned, sorted."""
        counts = Counter(self.labels)
        return tuple(sorted(option for option, n in counts.items() if n >= LEAST_OF_OPTION))

    @property
    def lacks(self) -> str | None:
        """Why nothing can be learned from this, if so."""
        worded = sum(any(map(str.isalnum, text)) for text in self.texts)
        if worded < LEAST:
            return f"{worded} labelled units with words, and {LEAST} are needed"
        if len(self.options) < 2:
            return f"fewer than two options were chosen {LEAST_OF_OPTION} times or more"
        return None

    def take(self, places: Sequence[int]) -> "Labelled":
        """Those at some places."""
        columns = (self.units, self.texts, self.labels, self.articles)
        return Labelled(*(tuple(column[place] for place in places) for column in columns))


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model for one question; ``pipeline`` is scikit-learn's.

    It learns as if options were equally common; ``common`` has how common each really is among its labels.
    """

    options: tuple[str, ...]
    common: Floats
    pipeline: Any

    def shares(self, texts: Sequence[str]) -> Floats:
        """The probability of each option if all were equally common, texts x ``options``."""
        found: Floats = (
            self.pipeline.predict_proba(list(texts)) if texts else np.zeros((0, len(self.options)))
        )
        return found

    def likely(self, texts: Sequence[str]) -> Floats:
        """As ``shares``, with rare options as improbable as they are rare: for adding up, not for choosing."""
        weighed = self.shares(texts) * self.common
        likely: Floats = weighed / weighed.sum(axis=1, keepdims=True)
        return likely


def fit(labelled: Labelled) -> Fitted:
    """Learn from labels, those of rare options left out; the same labels give the same model.

    Raises ``UsageError`` where scikit-learn is not installed.
    """
    kept = [place for place, label in enumerate(labelled.labels) if label in labelled.options]
    known = labelled.take(sorted(kept, key=lambda place: labelled.units[place]))
    pipeline = _pipeline().fit(list(known.texts), list(known.labels))
    options = tuple(pipeline.classes_.tolist())
    counts = Counter(known.labels)
    return Fitted(options, np.array([counts[option] / len(known) for option in options]), pipeline)


def model_name(questions: Mapping[str, Labelled]) -> str:
    """The name of the model that these labels make: its kind, its version, a hash of all that it learns from."""
    told = sha256()
    for question, labelled in sorted(questions.items()):
        for row in sorted(zip(labelled.units, labelled.labels, labelled.texts, strict=True)):
            told.update("\0".join((question, *row, "\n")).encode(errors="surrogatepass"))
    return f"{NAME}-{VERSION}-{told.hexdigest()[:12]}"


def certainties(shares: Sequence[Floats]) -> Floats:
    """How sure a model is of each unit, over its questions: 1 less the mean entropy, as a part of the largest."""
    entropies = [_entropy(each) for each in shares]
    sure: Floats = 1 - np.mean(entropies, axis=0)
    return sure


def _entropy(shares: Floats) -> Floats:
    safe = np.where(shares > 0, shares, 1.0)
    bits: Floats = -(safe * np.log(safe)).sum(axis=1) / np.log(max(2, shares.shape[1]))
    return bits


def _pipeline() -> Any:  # noqa: ANN401 - scikit-learn has no types
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - an extra, and slow to load
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
        from sklearn.pipeline import make_pipeline, make_union  # noqa: PLC0415
    except ImportError as error:
        raise UsageError('Suggestions need scikit-learn: pip install "newsthreads[suggest]"') from error
    words = TfidfVectorizer(**_SHARED, ngram_range=(1, 2))
    characters = TfidfVectorizer(
        **_SHARED, analyzer="char_wb", ngram_range=(2, 4), min_df=2, max_features=_CHARACTERS
    )
    # Balanced: else a rare option is hardly ever the likeliest, and it is the rare ones that matter here.
    regression = LogisticRegression(C=10.0, max_iter=1000, class_weight="balanced")
    return make_pipeline(make_union(words, characters), regression)


_SHARED: Mapping[str, Any] = MappingProxyType({"sublinear_tf": True, "lowercase": True})
