"""Texts cut where a span of anybody begins or ends, so that agreement can be counted by character."""

from dataclasses import dataclass

import numpy as np

from builder.labels.arrays import Ints, dense
from builder.labels.marks import Marks
from builder.labels.votes import Patterns


@dataclass(frozen=True, slots=True)
class Cuts:
    """Stretches of text in which no span begins or ends, in order, with the marks that each lies in.

    ``unit``, ``start`` and ``length`` of each stretch; ``stretch``, ``annotator`` and ``label`` of each mark
    on a stretch, each once, by stretch, then annotator.
    """

    unit: Ints
    start: Ints
    length: Ints
    stretch: Ints
    annotator: Ints
    label: Ints


def cut(marks: Marks) -> Cuts:
    """The stretches of all texts that somebody saw; empty texts have none."""
    lengths = marks.seen.lengths
    width = int(max(lengths.max(initial=0), marks.end.max(initial=0))) + 1
    units = np.unique(marks.seen.unit)
    units = units[lengths[units] > 0]
    begins, ends = marks.unit * width + marks.start, marks.unit * width + marks.end
    points = np.unique(np.concatenate([units * width, units * width + lengths[units], begins, ends]))
    inside = points[:-1] // width == points[1:] // width
    number = np.cumsum(np.append(inside, False)) - np.append(inside, False)
    first, last = number[np.searchsorted(points, begins)], number[np.searchsorted(points, ends)]
    covered = last - first
    of_mark = np.repeat(np.arange(len(covered)), covered)
    stretch = np.arange(len(of_mark)) - np.repeat(np.cumsum(covered) - covered, covered) + first[of_mark]
    labels = len(marks.labels)
    keys = (stretch * marks.seen.n_annotators + marks.annotator[of_mark]) * labels + marks.label[of_mark]
    keys = np.unique(keys)
    at = points[:-1][inside]
    return Cuts(
        at // width,
        at % width,
        np.diff(points)[inside],
        keys // (labels * marks.seen.n_annotators),
        keys // labels % marks.seen.n_annotators,
        keys % labels,
    )


def character_patterns(marks: Marks, cuts: Cuts) -> Patterns:
    """For each stretch how many annotators gave its characters no label, or each set of labels that occurs.

    Units of the patterns are characters. The order is that of the stretches, so that they can be summed by text.
    """
    saw = np.bincount(marks.seen.unit, minlength=len(marks.seen.lengths))[cuts.unit]
    who, places = np.unique(cuts.stretch * marks.seen.n_annotators + cuts.annotator, return_inverse=True)
    labels, _ = dense(cuts.label)
    sets = np.zeros((len(who), int(labels.max(initial=-1)) + 1), np.bool_)
    sets[places, labels] = True
    _, kind = np.unique(sets, axis=0, return_inverse=True) if len(who) else (None, np.zeros(0, np.int64))
    # Half as wide as other counts: there are several times as many stretches as spans.
    counts = np.zeros((len(cuts.unit), int(kind.max(initial=-1)) + 2), np.int32)
    np.add.at(counts, (who // marks.seen.n_annotators, kind.reshape(-1) + 1), 1)
    counts[:, 0] = saw - counts[:, 1:].sum(axis=1)
    return Patterns(counts, cuts.length)
