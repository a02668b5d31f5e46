"""Marked spans in whole numbers: who marked what where, and who saw the text."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.labels.arrays import Floats, Ints, ints
from builder.labels.pairs import meetings
from builder.labels.questions import Question
from builder.labels.sheets import Sheet, asked_entries


@dataclass(frozen=True, slots=True)
class Seen:
    """Who saw which text: an entry of ``unit`` and ``annotator`` each; ``lengths`` of units, in characters."""

    unit: Ints
    annotator: Ints
    lengths: Ints
    n_annotators: int


@dataclass(frozen=True, slots=True)
class Marks:
    """Spans of seen texts, as arrays of one length; ``labels`` names the labels."""

    seen: Seen
    unit: Ints
    annotator: Ints
    label: Ints
    start: Ints
    end: Ints
    labels: tuple[str, ...]

    def only(self, label: int) -> "Marks":
        """Those with one label, which is then the only one."""
        kept = self.label == label
        unit, annotator, start, end = (
            each[kept] for each in (self.unit, self.annotator, self.start, self.end)
        )
        return Marks(self.seen, unit, annotator, unit * 0, start, end, (self.labels[label],))


def marks(sheet: Sheet, question: Question, lengths: Ints) -> Marks:
    """The spans of a question; ``lengths`` has the length of each unit's text, in characters."""
    asked = asked_entries(sheet, question)
    seen = Seen(sheet.unit[asked], sheet.annotator[asked], lengths, len(sheet.annotators))
    options = pa.array(question.options, pa.string())
    mine = pc.and_(
        pc.equal(sheet.spans["question"], question.name), pc.is_in(sheet.spans["label"], value_set=options)
    )
    rows = sheet.spans.filter(mine)
    rows = rows.filter(pa.array(asked[ints(rows["entry"])], pa.bool_()))
    entries, start, end = (ints(rows[name]) for name in ("entry", "start", "end"))
    label = ints(pc.index_in(rows["label"], value_set=options))
    return Marks(seen, sheet.unit[entries], sheet.annotator[entries], label, start, end, question.options)


@dataclass(frozen=True, slots=True)
class PairF1:
    """For each pair of annotators who saw a text both: on how many texts, and F1 of their spans.

    F1 is NaN where neither marked anything in them.
    """

    first: Ints
    second: Ints
    n_units: Ints
    exact: Floats
    overlap: Floats


def pair_f1(marks: Marks) -> PairF1:
    """F1 of each pair's spans over all texts that both saw, taking either for the truth of the other.

    Exact: same label, start and end. Overlap: same label and a character in common.
    """
    seen, width = marks.seen, marks.seen.n_annotators
    one, other = meetings(seen.unit, seen.annotator)
    met = seen.annotator[one] * width + seen.annotator[other]
    pairs, places, times = np.unique(met, return_inverse=True, return_counts=True)
    mine = np.bincount(marks.unit * width + marks.annotator, minlength=len(seen.lengths) * width)
    of_first, of_second = (
        np.bincount(places, mine[seen.unit[side] * width + seen.annotator[side]], len(pairs))
        for side in (one, other)
    )
    size = width * width
    exact = np.bincount(_exact(marks), minlength=size)[pairs]
    found_first, found_second = (np.bincount(keys, minlength=size)[pairs] for keys in _overlapping(marks))
    with np.errstate(invalid="ignore", divide="ignore"):
        precision, recall = found_first / of_first, found_second / of_second
        both = np.where(exact > -1, 2 * precision * recall / (precision + recall), 0)
        any_marks = of_first + of_second
        return PairF1(
            pairs // width,
            pairs % width,
            times.astype(np.int64),
            2 * exact / any_marks,
            np.where(any_marks == 0, np.nan, np.nan_to_num(both)),
        )


def _exact(marks: Marks) -> Ints:
    """The pairs of annotators of equal spans, a number each."""
    where = np.column_stack([marks.unit, marks.label, marks.start, marks.end])
    _, same = np.unique(where, axis=0, return_inverse=True)
    one, other = meetings(same.reshape(-1), marks.annotator)
    return marks.annotator[one] * marks.seen.n_annotators + marks.annotator[other]


def _overlapping(marks: Marks) -> tuple[Ints, Ints]:
    """For spans of the first, and of the second, of each pair: those that overlap one of the other's."""
    one, other = meetings(marks.unit * len(marks.labels) + marks.label, marks.annotator)
    together = (marks.start[one] < marks.end[other]) & (marks.start[other] < marks.end[one])
    one, other = one[together], other[together]
    pair = marks.annotator[one] * marks.seen.n_annotators + marks.annotator[other]
    width = marks.seen.n_annotators**2
    return tuple(np.unique(span * width + pair) % width for span in (one, other))  # type: ignore[return-value]
