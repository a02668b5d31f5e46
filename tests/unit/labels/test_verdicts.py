"""One answer made of many, by hand."""

import numpy as np
import pytest

from builder.labels.agreed_spans import AgreedSpans, Enough, agreed_spans
from builder.labels.verdicts import verdicts_of_one, verdicts_of_several
from builder.labels.votes import Votes
from tests.unit.labels.test_marks import marked
from tests.unit.labels.worked import votes_of


def test_most_votes_win_and_a_tie_is_a_tie() -> None:
    """The value with the most votes is the label; of two with equally many neither is."""
    made, truths = verdicts_of_one(votes_of("a a .\na b .\nb c a", "abc"), "majority")
    assert made.unit.tolist() == [0, 1, 2]
    assert made.n.tolist() == [3, 3, 1]
    assert made.hard.tolist() == [[True, False, False], [False, False, False], [True, False, False]]
    assert made.tie.tolist() == [False, True, False]
    assert made.shares[0] == pytest.approx([2 / 3, 1 / 3, 0])
    assert truths == ()


def test_entropy_is_in_bits() -> None:
    """All of one value leave nothing open, two halves leave one bit, four quarters two."""
    votes = votes_of("a a a\na b b\na a c\na b d", "abcd")
    made, _ = verdicts_of_one(votes, "majority")
    assert made.entropy == pytest.approx([0, 1, 2])


def test_units_without_votes_have_no_label() -> None:
    """Only units with an answer are labelled."""
    made, _ = verdicts_of_one(votes_of(". a", "ab"), "majority")
    assert made.unit.tolist() == [1]


def test_of_several_options_those_with_more_than_half() -> None:
    """An option holds with more than half of the votes; with just half the whole label is a tie."""
    first, second = votes_of("1 1 0\n1 0 0\n0 . 0", "01"), votes_of("0 0 0\n0 0 0\n1 . 0", "01")
    made, _ = verdicts_of_several([first, second], "majority")
    assert made.hard.tolist() == [[True, False], [False, False], [False, False]]
    assert made.tie.tolist() == [False, True, False]
    assert made.n.tolist() == [3, 2, 3]
    assert made.counts.tolist() == [[2, 1], [1, 0], [0, 0]]
    assert made.entropy[1] == pytest.approx(1)


def test_the_estimate_gives_probabilities() -> None:
    """By Dawid and Skene's method shares are probabilities, and what annotators do is told."""
    votes = votes_of("a a b b a\na a b b b\na b b b a", "ab")
    made, (truth,) = verdicts_of_one(votes, "dawid-skene")
    assert made.shares.sum(axis=1) == pytest.approx(np.ones(5))
    assert made.shares == pytest.approx(truth.posterior)
    several, truths = verdicts_of_several([votes, votes], "dawid-skene")
    assert several.shares[:, 0] == pytest.approx(truth.posterior[:, 1])
    assert len(truths) == 2


def test_without_votes_there_is_nothing() -> None:
    """No votes give no labels, by either method."""
    nothing = np.zeros(0, np.int64)
    votes = Votes(nothing, nothing, nothing, (2, 1, 2))
    for method in ("majority", "dawid-skene"):
        assert not len(verdicts_of_one(votes, method)[0].unit)
        assert not len(verdicts_of_several([votes], method)[0].unit)


def listed(spans: AgreedSpans) -> list[tuple[int, int, int, float]]:
    """Label, start, end and share of each span."""
    columns = (spans.label, spans.start, spans.end, spans.share.round(3))
    return list(zip(*(column.tolist() for column in columns), strict=True))


def test_agreed_spans_are_of_characters_that_most_marked() -> None:
    """Of three who saw a text, two must have marked a character; what they mark together is one span."""
    spans = marked([(0, 6, "slur")], [(2, 8, "slur")], [(4, 9, "slur"), (12, 14, "threat")])
    assert listed(agreed_spans(spans, Enough())) == [(0, 2, 8, 0.778)]


def test_agreed_spans_of_two_labels_may_overlap() -> None:
    """Each label is agreed on for itself."""
    both = [(0, 5, "slur"), (3, 8, "threat")]
    assert listed(agreed_spans(marked(both, both), Enough())) == [(0, 0, 5, 1.0), (1, 3, 8, 1.0)]


def test_one_annotator_agrees_with_nobody() -> None:
    """A text that one annotator saw has no agreed spans, unless one is said to be enough."""
    alone = marked([(0, 5, "slur"), (7, 9, "slur")])
    assert listed(agreed_spans(alone, Enough())) == []
    assert listed(agreed_spans(alone, Enough(1))) == [(0, 0, 5, 1.0), (0, 7, 9, 1.0)]


def test_half_is_not_more_than_half() -> None:
    """Two of four who saw a text are not enough; with a lower share they are."""
    spans = marked([(0, 5, "slur")], [(0, 5, "slur")], [], [])
    assert listed(agreed_spans(spans, Enough())) == []
    assert listed(agreed_spans(spans, Enough(2, 0.4))) == [(0, 0, 5, 0.5)]
