"""Spans made of characters that enough annotators marked with one label."""

from dataclasses import dataclass

import numpy as np

from builder.labels.arrays import Floats, Ints
from builder.labels.characters import cut
from builder.labels.marks import Marks


@dataclass(frozen=True, slots=True)
class Enough:
    """What it takes for a character to be agreed on: so many annotators, and more than this share of them."""

    annotators: int = 2
    share: float = 0.5


@dataclass(frozen=True, slots=True)
class AgreedSpans:
    """Agreed spans as arrays of one length, by unit, label and start; ``share`` is a mean over characters."""

    unit: Ints
    label: Ints
    start: Ints
    end: Ints
    share: Floats


def agreed_spans(marks: Marks, enough: Enough) -> AgreedSpans:
    """The longest stretches of characters, label by label, each of which enough annotators marked.

    The share is of those who saw the text and were asked, whether they marked anything or not.
    """
    cuts, labels = cut(marks), len(marks.labels)
    keys, marked = np.unique(cuts.stretch * labels + cuts.label, return_counts=True)
    stretch, label = keys // labels, keys % labels
    saw = np.bincount(marks.seen.unit, minlength=len(marks.seen.lengths))
    share = marked / saw[cuts.unit[stretch]]
    kept = (marked >= enough.annotators) & (share > enough.share)
    stretch, label, share = stretch[kept], label[kept], share[kept]
    order = np.lexsort((stretch, label, cuts.unit[stretch]))
    stretch, label, share = stretch[order], label[order], share[order]
    unit, start, length = cuts.unit[stretch], cuts.start[stretch], cuts.length[stretch]
    joined = (unit[1:] == unit[:-1]) & (label[1:] == label[:-1]) & (start[1:] == (start + length)[:-1])
    first = np.flatnonzero(np.append(True, ~joined)[: len(unit)])
    if not len(first):
        return AgreedSpans(unit, label, start, start, share)
    long = np.add.reduceat(length, first)
    weight = np.add.reduceat(share * length, first) / long
    return AgreedSpans(unit[first], label[first], start[first], start[first] + long, weight)
