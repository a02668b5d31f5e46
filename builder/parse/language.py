"""How likely each language is for each of many texts, by the naive Bayes model of py3langid.

The library reads one text at a time, byte by byte, in Python. Here the same automaton walks over all texts at
once: the feature that ends at a byte depends on the few bytes before it, so that a batch is cut into strips of
equal length, which are walked side by side, each from a few bytes before its beginning.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from builder.parse.arrays import Bytes, Flags, Floats, Ints

LOOKED_AT: Final = 200
"""Characters at the beginning of a text that count; more change nothing."""
_DEEPEST: Final = 6  # bytes of the longest feature
_STRIP: Final = 128  # bytes
_BATCH: Final = 4_096  # texts; their number and a feature's fit into 31 bits together
_FEATURES: Final = 1 << 17
_CELLS: Final = 1 << 18  # numbers held at once while weights are summed, 1 MB
_LOG: Final = np.log1p(np.arange(LOOKED_AT * 4 + 1)).astype(np.float32)

_Small = NDArray[np.float32]
_States = NDArray[np.int32]


class Automaton(NamedTuple):
    """What finds features in bytes: a state and a byte give a place in `moves`, and that the next state.

    Attributes:
        moves: the next states, 256 for each row.
        row: where the row of each state begins.
        feature: the feature that each state completes, -1 for none.
    """

    moves: _States
    row: _States
    feature: _States


@dataclass(frozen=True)
class LanguageModel:
    """The languages among which is chosen, and what speaks for each of them.

    Attributes:
        languages: their codes, each once.
        column: the language of each column of the weights; some languages have two.
        weights: what each feature says for each column.
        prior: what speaks for each column before anything is read.
    """

    languages: tuple[str, ...]
    column: Ints
    weights: _Small
    prior: _Small
    automaton: Automaton


def choose(model: LanguageModel, languages: Sequence[str]) -> LanguageModel:
    """The model for those of these languages alone that it knows."""
    kept = tuple(language for language in model.languages if language in languages)
    number = np.array([kept.index(one) if one in kept else -1 for one in model.languages], dtype=np.int64)
    column = number[model.column]
    places = np.flatnonzero(column >= 0)
    weights, prior = np.ascontiguousarray(model.weights[:, places]), model.prior[places]
    return LanguageModel(kept, column[places], weights, prior, model.automaton)


def likelihoods(texts: pa.Array, model: LanguageModel) -> Floats:
    """For each text the probabilities of the model's languages, 1 together, as py3langid gives them.

    They are all alike where nothing in the text is known. A text counts alone: its neighbours change nothing.
    """
    parts = [_of_batch(texts.slice(at, _BATCH), model) for at in range(0, len(texts), _BATCH)]
    return np.concatenate(parts) if parts else np.zeros((0, len(model.languages)))


def with_letters(texts: pa.Array) -> Flags:
    """Which texts have any letter: others are in no language."""
    found: Flags = pc.match_substring_regex(texts, r"\pL").to_numpy(zero_copy_only=False)
    return found


def _of_batch(texts: pa.Array, model: LanguageModel) -> Floats:
    data, ends = _encoded(texts)
    lengths = np.diff(ends, prepend=0)
    score = _summed(*_counted(data, ends, model.automaton), model.weights, len(texts))
    known = score.any(axis=1)
    score[known] += model.prior
    score *= (1 / np.sqrt(np.maximum(lengths, 1)))[:, None].astype(np.float32)
    wide = np.exp((score - score.max(axis=1, keepdims=True)).astype(np.float64))
    probability = np.zeros((len(texts), len(model.languages)))
    for place, language in enumerate(model.column.tolist()):
        probability[:, language] += wide[:, place]
    probability /= probability.sum(axis=1, keepdims=True)
    return probability


def _encoded(texts: pa.Array) -> tuple[Bytes, Ints]:
    """What is looked at of each text, end to end, and where each ends; shouting in small letters."""
    cut = pc.utf8_normalize(pc.utf8_slice_codeunits(texts, 0, LOOKED_AT), "NFC")
    quiet = pc.if_else(pc.utf8_is_upper(cut), pc.utf8_lower(cut), cut)
    _, offsets, data = quiet.buffers()
    bounds = np.frombuffer(offsets, np.int32)[quiet.offset : quiet.offset + len(quiet) + 1].astype(np.int64)
    whole = np.frombuffer(data, np.uint8) if data is not None else np.zeros(0, np.uint8)
    return whole[bounds[0] : bounds[-1]], bounds[1:] - bounds[0]


def _counted(data: Bytes, ends: Ints, automaton: Automaton) -> tuple[Ints, Ints, _Small]:
    """Text, feature and weight of each feature of each text, text by text.

    The weight is log(1 + n) where it occurs n times.
    """
    begins = np.concatenate([[0], ends[:-1]])
    # A feature does not reach across texts: a byte that no text has stands before each.
    places = np.arange(len(data)) + np.repeat(np.arange(1, len(ends) + 1), ends - begins)
    spaced = np.full(len(data) + len(ends), 0xFF, dtype=np.int32)
    spaced[places] = data
    found = _walked(spaced, automaton)[places]
    at = np.flatnonzero(found >= 0)
    text = np.repeat(np.arange(len(ends)), ends - begins)[at]
    key = np.sort((text * _FEATURES + found[at]).astype(np.int32))
    first = np.flatnonzero(np.diff(key, prepend=-1))
    times = np.diff(first, append=len(key))
    return key[first] // _FEATURES, key[first] % _FEATURES, _LOG[times]


def _walked(data: _States, automaton: Automaton) -> _States:
    """The feature that ends at each byte, -1 for none."""
    strips = -(-len(data) // _STRIP)
    padded = np.full(strips * _STRIP + _DEEPEST, 0xFF, dtype=np.int32)
    padded[_DEEPEST : _DEEPEST + len(data)] = data
    side_by_side = np.lib.stride_tricks.as_strided(padded, (strips, _STRIP + _DEEPEST), (_STRIP * 4, 4))
    steps = np.ascontiguousarray(side_by_side.T)
    state = np.zeros(strips, dtype=np.int32)
    found = np.empty((_STRIP, strips), dtype=np.int32)
    for number, letters in enumerate(steps):
        state = automaton.moves.take(automaton.row.take(state) + letters)
        if number >= _DEEPEST:
            found[number - _DEEPEST] = automaton.feature.take(state)
    return found.T.reshape(-1)[: len(data)]


def _summed(text: Ints, feature: Ints, weight: _Small, table: _Small, texts: int) -> _Small:
    """For each text the weighted rows of its features, summed in their order, some texts at a time."""
    score = np.zeros((texts, table.shape[1]), dtype=np.float32)
    bounds = np.searchsorted(text, np.arange(texts + 1))
    start = 0
    while start < texts:
        full = bounds[start] + max(1, _CELLS // table.shape[1])
        end = max(start + 1, int(np.searchsorted(bounds, full, side="right")) - 1)
        here = slice(bounds[start], bounds[end])
        rows = table.take(feature[here], axis=0) * weight[here, None]
        filled = start + np.flatnonzero(np.diff(bounds[start : end + 1]))
        if len(filled):
            score[filled] = np.add.reduceat(rows, bounds[filled] - bounds[start], axis=0)
        start = end
    return score
