"""Merged answers as rows of labels, with what adjudicators settled."""

from typing import Any

import pytest

from builder.contracts.catalogue import LABELS
from builder.contracts.columns import check_columns
from builder.core.errors import DataError
from builder.labels.label_sets import How, LabelSet, label_set
from builder.labels.settled import settled
from builder.labels.sheets import counting, sheets
from builder.tables.check_keys import key_faults
from tests.unit.labels.merged import ASKED, KNOWN, Said, merged, said, unit_id

Labels = dict[tuple[str, str], dict[str, Any]]


def made(*all_said: Said, how: How | None = None, adjudicated: bool = False) -> LabelSet:
    """The label set of these annotations; what it holds obeys the schemas."""
    tables = merged(*all_said)
    known = {**KNOWN, **{one["_config"]: ASKED for one in all_said if "_config" in one}}
    answers = settled(sheets(counting(tables, "adjudication"), tables, known)) if adjudicated else {}
    found = label_set(sheets(counting(tables, "human"), tables, known), answers, how or How("v1"))
    assert not [fault for name in LABELS for fault in check_columns(found.tables[name], name)]
    assert not list(key_faults(found.tables))
    return found


def labels(found: LabelSet) -> Labels:
    """The labels by unit and question."""
    return {(row["unit_id"], row["question"]): row for row in found.tables["labels"].to_pylist()}


def shares(found: LabelSet, question: str) -> dict[str, tuple[int, float, bool | None]]:
    """Votes, share and hardness of each option of a question about unit 1."""
    rows = found.tables["label_shares"].to_pylist()
    mine = (row for row in rows if (row["unit_id"], row["question"]) == (unit_id(1), question))
    return {row["option"]: (row["n"], round(row["share"], 3), row["hard"]) for row in mine}


def test_a_label_has_its_shares() -> None:
    """A label names what most chose; each option has its votes and share, chosen or not."""
    found = made(said(1, 1, tone="rude"), said(1, 2, tone="rude"), said(1, 3, tone="civil"))
    row = labels(found)[unit_id(1), "tone"]
    assert (row["hard"], row["n"], row["tie"], row["method"]) == ("rude", 3, False, "majority")
    assert row["entropy"] == pytest.approx(0.918, abs=5e-4)
    assert shares(found, "tone") == {
        "civil": (1, 0.333, False),
        "hate": (0, 0, False),
        "rude": (2, 0.667, True),
    }


def test_a_tie_has_no_hard_label() -> None:
    """Where two options have equally many votes there is no label, and no option is said to be in or out."""
    found = made(said(1, 1, tone="rude"), said(1, 2, tone="civil"))
    row = labels(found)[unit_id(1), "tone"]
    assert (row["hard"], row["tie"]) == (None, True)
    assert {hard for _, _, hard in shares(found, "tone").values()} == {None}


def test_those_who_were_asked_label() -> None:
    """A question under a condition is labelled by those who were asked it, and not at all where nobody was."""
    found = made(
        said(1, 1, tone="civil"),
        said(1, 2, tone="rude", target=["group", "person"]),
        said(1, 3, tone="hate", target=["group"]),
        said(1, 4, tone="hate", target=["group", "person"]),
        said(2, 1, tone="civil"),
    )
    row = labels(found)[unit_id(1), "target"]
    assert (row["hard"], row["n"]) == ("person|group", 3)
    assert (unit_id(2), "target") not in labels(found)


def test_nothing_chosen_is_a_label() -> None:
    """Where no option of several holds the label is empty, which is not the same as none."""
    row = labels(made(said(1, 1), said(1, 2)))[unit_id(1), "flag"]
    assert (row["hard"], row["tie"], row["n"]) == ("", False, 2)


def test_numbers_have_a_mean() -> None:
    """Numbers are labelled by the most frequent one, with their mean; only given numbers have shares."""
    found = made(
        said(1, 1, stars=4), said(1, 2, stars=4), said(1, 3, stars=2.5), how=How("v1", "dawid-skene")
    )
    row = labels(found)[unit_id(1), "stars"]
    assert (row["hard"], row["mean"], row["method"]) == ("4", 3.5, "majority")
    assert shares(found, "stars") == {"2.5": (1, 0.333, False), "4": (2, 0.667, True)}


def test_spans_are_labels_too() -> None:
    """A text has the labels of its agreed spans; too few annotators make it unknown, not empty."""
    both = [(0, 4, "slur"), (6, 9, "threat")]
    found = made(said(1, 1, span=both), said(1, 2, span=both[:1]), said(2, 1, span=both))
    assert labels(found)[unit_id(1), "span"]["hard"] == "slur"
    assert labels(found)[unit_id(2), "span"]["hard"] is None
    (span,) = found.tables["label_spans"].to_pylist()
    assert (span["label"], span["start"], span["end"], span["share"]) == ("slur", 0, 4, 1.0)


def test_free_text_is_not_labelled() -> None:
    """Notes have no label."""
    assert (unit_id(1), "note") not in labels(made(said(1, 1, tone="civil")))


def test_an_adjudicator_wins_and_votes_stay() -> None:
    """A settled tie has the adjudicator's label, flagged; votes, shares and entropy are those of the annotators."""
    votes = (said(1, 1, tone="rude", target=["person"]), said(1, 2, tone="civil"))
    found = made(*votes, said(1, 9, tone="hate", target=[], _origin="adjudication"), adjudicated=True)
    row = labels(found)[unit_id(1), "tone"]
    assert (row["hard"], row["tie"], row["adjudicated"], row["method"]) == (
        "hate",
        False,
        True,
        "adjudication",
    )
    assert (row["n"], row["entropy"]) == (2, 1.0)
    assert shares(found, "tone") == {"civil": (1, 0.5, False), "hate": (0, 0, True), "rude": (1, 0.5, False)}
    assert labels(found)[unit_id(1), "target"]["hard"] == ""


def test_a_question_that_fell_away_has_no_label() -> None:
    """Where the adjudicator finds a comment civil nobody is its target, whatever annotators chose."""
    votes = (said(1, 1, tone="rude", target=["person"]), said(1, 2, tone="civil"))
    found = made(*votes, said(1, 9, tone="civil", _origin="adjudication"), adjudicated=True)
    assert (unit_id(1), "target") not in labels(found)
    assert shares(found, "target") == {}


def test_adjudicated_spans_take_the_place_of_agreed_ones() -> None:
    """Spans that an adjudicator drew are the label, without a share."""
    both = [said(1, who, span=[(0, 4, "slur")]) for who in (1, 2)]
    found = made(*both, said(1, 9, span=[(2, 5, "threat")], _origin="adjudication"), adjudicated=True)
    (span,) = found.tables["label_spans"].to_pylist()
    assert (span["label"], span["start"], span["end"], span["share"]) == ("threat", 2, 5, None)
    assert labels(found)[unit_id(1), "span"]["hard"] == "threat"


def test_the_last_adjudication_counts() -> None:
    """Of two adjudicators the later one is heard, and a unit that only they saw has a label of no votes."""
    first, second = (
        said(1, who, tone=tone, _origin="adjudication") for who, tone in ((8, "rude"), (9, "hate"))
    )
    found = made(said(2, 1, tone="civil"), first, second, adjudicated=True)
    row = labels(found)[unit_id(1), "tone"]
    assert (row["hard"], row["n"], row["entropy"]) == ("hate", 0, None)


def test_adjudication_is_asked_for() -> None:
    """A label set that does not say so takes no notice of adjudicators."""
    found = made(said(1, 1, tone="rude"), said(1, 9, tone="hate", _origin="adjudication"))
    assert labels(found)[unit_id(1), "tone"]["hard"] == "rude"


def test_two_configs_are_not_mixed() -> None:
    """One question of one unit under two configs is refused, with the way out."""
    with pytest.raises(
        DataError, match=r"of comment c0+1 was asked .* 3 others[.] .*: builder aggregate --round NAME"
    ):
        made(said(1, 1, tone="rude"), said(1, 2, tone="rude", _config="6" * 64))


def test_estimates_are_kept() -> None:
    """By Dawid and Skene's method there is an estimate for each question for one, and for each option of others."""
    found = made(
        *(said(unit, who, tone="rude") for unit in (1, 2) for who in (1, 2)), how=How("v1", "dawid-skene")
    )
    about = [f"{one.question} {one.option}" for one in found.estimates]
    assert about == ["tone None", "target person", "target group", "flag unsure", "flag broken"]
    assert found.estimates[0].values == ("civil", "rude", "hate")
    assert labels(found)[unit_id(1), "tone"]["method"] == "dawid-skene"


def test_nothing_labelled_is_an_empty_set() -> None:
    """Without annotations the tables are there, and empty."""
    assert {rows.num_rows for rows in made().tables.values()} == {0}
