"""Agreement on marked spans: F1 of pairs, and characters."""

import numpy as np
import pytest

from builder.labels.alpha import nominal_alpha, text_alpha
from builder.labels.characters import character_patterns, cut
from builder.labels.marks import Marks, marks, pair_f1
from builder.labels.votes import Patterns
from tests.unit.labels.merged import SPAN, merged, said
from tests.unit.labels.test_sheets import the_sheet

LENGTH = 20


def marked(*spans: list[tuple[int, int, str]] | None) -> Marks:
    """The spans of annotators 0, 1, ... in one text of twenty characters."""
    sheet = the_sheet(
        merged(*(said(1, who, span=each) for who, each in enumerate(spans) if each is not None))
    )
    return marks(sheet, SPAN, np.array([LENGTH]))


def by_character(spans: Marks) -> list[list[int]]:
    """For each character how many annotators gave it no label, and each set of labels."""
    cuts = cut(spans)
    seen = character_patterns(spans, cuts)
    assert (cuts.start == np.cumsum(cuts.length) - cuts.length).all()
    return np.repeat(seen.counts, seen.units, axis=0).tolist()


def test_exact_and_overlap() -> None:
    """Of three spans and two, two are equal and two overlap besides: exact F1 is 2/5, F1 by overlap 4/5."""
    f1 = pair_f1(
        marked([(0, 4, "slur"), (6, 9, "threat"), (15, 18, "slur")], [(0, 4, "slur"), (8, 12, "threat")])
    )
    assert f1.exact == pytest.approx([2 / 5])
    assert f1.overlap == pytest.approx([2 * (2 / 3) * 1 / (2 / 3 + 1)])
    assert f1.n_units.tolist() == [1]


def test_spans_that_touch_do_not_overlap() -> None:
    """Spans side by side, or of different labels, have nothing in common."""
    f1 = pair_f1(marked([(0, 4, "slur"), (5, 9, "slur")], [(4, 5, "slur"), (0, 4, "threat")]))
    assert (f1.exact.tolist(), f1.overlap.tolist()) == ([0], [0])


def test_one_long_span_over_two_short_ones() -> None:
    """A span that covers two of the other's is found once, and finds both."""
    f1 = pair_f1(marked([(0, 10, "slur")], [(1, 3, "slur"), (5, 7, "slur")]))
    assert f1.overlap == pytest.approx([1])
    assert f1.exact.tolist() == [0]


def test_nobody_marked_anything() -> None:
    """Where neither marks anything F1 is not defined; where one does it is 0."""
    assert np.isnan(pair_f1(marked([], [])).exact).all()
    assert np.isnan(pair_f1(marked([], [])).overlap).all()
    one = pair_f1(marked([], [(0, 2, "slur")]))
    assert (one.exact.tolist(), one.overlap.tolist()) == ([0], [0])


def test_who_saw_a_text_alone_meets_nobody() -> None:
    """Without a second annotator there is no pair."""
    assert not len(pair_f1(marked([(0, 2, "slur")])).exact)


def test_characters_of_all_who_saw_the_text() -> None:
    """Each character has a value of each annotator: no label, or the set of labels that it lies in."""
    counts = by_character(marked([(2, 5, "slur"), (4, 6, "threat")], [(2, 4, "slur")], []))
    assert len(counts) == LENGTH
    assert [sum(row) for row in counts] == [3] * LENGTH
    assert [row[0] for row in counts] == [3, 3, 1, 1, 2, 2, *[3] * 14]


def test_alpha_of_characters_is_that_of_single_characters() -> None:
    """Counting stretches gives the alpha of counting one character after the other."""
    spans = marked([(2, 9, "slur")], [(4, 9, "slur"), (12, 14, "threat")], [(2, 8, "slur")])
    one_by_one = np.array(by_character(spans))
    cuts = cut(spans)
    alpha = text_alpha(character_patterns(spans, cuts), cuts.unit)
    assert alpha.value == pytest.approx(nominal_alpha(Patterns(one_by_one, np.ones(LENGTH, np.int64))).value)


def test_one_label_alone() -> None:
    """With one label in view the others are no labels."""
    spans = marked([(0, 4, "slur")], [(0, 4, "threat")])
    assert by_character(spans.only(0))[0] == [1, 1]
    assert spans.only(1).labels == ("threat",)


def test_empty_texts_have_no_characters() -> None:
    """A text without characters adds nothing, and a study of such has no alpha."""
    sheet = the_sheet(merged(said(1, 1), said(1, 2)))
    spans = marks(sheet, SPAN, np.array([0]))
    cuts = cut(spans)
    assert not len(cuts.unit)
    assert np.isnan(text_alpha(character_patterns(spans, cuts), cuts.unit).value)
