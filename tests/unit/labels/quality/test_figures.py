"""The figures of annotators, on studies small enough to be counted by hand."""

from dataclasses import asdict
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from builder.contracts.arrow import arrow_schema
from builder.labels.proportions import Share
from builder.labels.quality.exposure import Day, Severe
from builder.labels.quality.figures import Beside, Figures, figures
from tests.unit.labels.merged import KNOWN, merged, person, said, unit_id

Row = dict[str, Any]


def of(*rows: Row, beside: Beside | None = None, suggestions: pa.Table | None = None) -> dict[str, Figures]:
    """The figures of everybody by pseudonym."""
    tables = merged(*rows)
    if suggestions is not None:
        tables["suggestions"] = suggestions
    return {one.annotator_id: one for one in figures(tables, KNOWN, beside or Beside())}


def suggested(*numbers: int, outcome: str = "accepted", model: str = "m") -> pa.Table:
    """Suggestions of tone for the annotations of these numbers."""
    rows = [
        {
            "annotation_id": f"n{number:020x}",
            "version": 1,
            "question": "tone",
            "model": model,
            "outcome": outcome,
            "option": "civil",
        }
        for number in numbers
    ]
    return pa.Table.from_pylist(rows, schema=arrow_schema("suggestions"))


def test_agreement_is_with_the_majority_of_the_others() -> None:
    """Each is held against what most of the others said; where they are divided evenly against nothing."""
    rows = [said(1, who, tone=tone) for who, tone in enumerate(("rude", "rude", "civil", "civil"))]
    rows += [said(2, who, tone=tone) for who, tone in enumerate(("hate", "civil", "civil"))]
    found = of(*rows)
    assert found[person(0)].others.n == 2
    assert found[person(0)].others.value == 0.0
    assert found[person(1)].others == Share(1, 0.0, *_ends(found[person(1)].others))
    assert found[person(3)].others.n == 1
    assert found[person(0)].unlike == (unit_id(1), unit_id(2))
    assert found[person(0)].theirs.n == 3


def _ends(one: Share) -> tuple[float, float]:
    assert one.low is not None
    assert one.high is not None
    return one.low, one.high


def test_only_what_must_be_answered_counts_as_a_whole() -> None:
    """An optional question that all leave empty does not raise the agreement; by itself it is told."""
    found = of(said(1, 0, tone="civil"), said(1, 1, tone="rude"))[person(0)]
    assert found.others.value == 0.0
    assert {one.question: one.agreement.value for one in found.questions} == {"tone": 0.0, "flag": 1.0}


def test_a_suggested_answer_is_no_agreement() -> None:
    """An answer for which a model had suggested one is compared with nobody's."""
    rows = [said(unit, who, tone="civil") for unit in (1, 2) for who in (0, 1)]
    assert of(*rows, suggestions=suggested(0))[person(0)].others.n == 1
    assert of(*rows, suggestions=suggested(0))[person(1)].others.n == 1


def test_what_became_of_suggestions_is_told_by_question() -> None:
    """Taken, changed and removed suggestions are counted, beside what the model was shown to be worth."""
    rows = [said(unit, 0, tone="civil") for unit in range(4)]
    told = pa.concat_tables(
        [suggested(0, 1), suggested(2, outcome="changed"), suggested(3, outcome="removed")]
    )
    promised = {("m", "tone"): Share(100, 0.7, 0.6, 0.8)}
    (one,) = of(*rows, suggestions=told, beside=Beside(promised=promised))[person(0)].suggested
    assert (one.n, one.accepted.value, one.changed, one.removed) == (4, 0.5, 1, 1)
    assert one.model == promised["m", "tone"]


def test_gold_is_compared_where_it_was_asked() -> None:
    """Known answers are compared question by question; the annotator's first answer counts, skips do not."""
    gold = {unit_id(1): {"tone": "rude", "target": ["group"]}, unit_id(2): {"tone": "civil"}}
    rows = [
        said(1, 0, tone="rude", target=["group"], _origin="gold"),
        said(2, 0, tone="rude", _origin="gold"),
        said(2, 0, tone="civil", _origin="gold", _occurrence=1),
        said(1, 1, _status="skipped"),
    ]
    found = of(*rows, beside=Beside(gold={"hostility": gold}))
    known = found[person(0)].gold
    assert known
    assert (known.agreement.n, known.agreement.value, known.unlike) == (2, 0.5, (unit_id(2),))
    assert found[person(1)].gold is None


def test_repeats_are_compared_with_the_first_answer() -> None:
    """A unit that comes again is held against what the same person said first; once a unit."""
    rows = [
        said(1, 0, tone="rude"),
        said(1, 0, tone="rude", _occurrence=1),
        said(1, 0, tone="hate", _occurrence=2),
        said(2, 0, tone="civil"),
        said(2, 0, tone="civil", _round="second"),
        said(3, 1, tone="civil"),
    ]
    found = of(*rows)
    again = found[person(0)].oneself
    assert again
    assert (again.agreement.n, again.agreement.value, again.unlike) == (2, 0.75, (unit_id(1),))
    assert found[person(1)].oneself is None


def test_tasks_are_counted_by_what_became_of_them() -> None:
    """Answers, skips, rejects, and drafts whose task has nothing better; superseded versions are none."""
    statuses = ("merged", "merged", "skipped", "draft", "rejected", "superseded")
    rows = [said(unit, 0, tone="civil", _status=status) for unit, status in enumerate(statuses)]
    assert asdict(of(*rows)[person(0)].counts) == {"answers": 2, "skips": 1, "drafts": 1, "rejected": 1}


def test_hard_content_is_counted_by_day() -> None:
    """A unit is severe for whoever calls it so, or for all if half do; a skip does not unsee it."""
    day = 24 * 60
    rows = [
        said(1, 0, tone="hate", _minute=0),
        said(1, 1, tone="civil", _minute=1),
        said(1, 2, _status="skipped", _minute=day),
        said(2, 0, tone="civil", _minute=2),
        said(2, 0, tone="hate", _minute=day, _occurrence=1),
        said(2, 1, tone="civil", _minute=3),
        said(2, 2, tone="civil", _minute=4),
    ]
    found = of(*rows, beside=Beside(severe=Severe({"tone": frozenset({"hate"})})))
    first, second = date(1970, 1, 1), date(1970, 1, 2)
    assert found[person(0)].days == (Day(first, 2, 1), Day(second, 1, 1))
    assert found[person(1)].days == (Day(first, 2, 1),)
    assert found[person(2)].days == (Day(first, 1, 0), Day(second, 1, 1))


def test_the_longest_run_is_held_against_what_others_say() -> None:
    """A run of equal answers is as probable as others give that answer to the same units."""
    rows = [said(unit, who, tone="civil") for who in (0, 1) for unit in range(30)]
    run = of(*rows)[person(0)].run
    assert run
    assert (run.length, run.units[0]) == (30, unit_id(0))
    assert run.usual == pytest.approx(31 / 32)
    rows = [said(unit, 0, tone="civil") for unit in range(30)]
    rows += [said(unit, 1, tone=("civil", "rude", "hate")[unit % 3]) for unit in range(30)]
    run = of(*rows)[person(0)].run
    assert run
    assert run.usual == pytest.approx(11 / 32)
    assert run.chance < 1e-13


def test_times_are_told_by_quartiles() -> None:
    """Seconds have a median and quartiles, beside the others' median where they are enough."""
    rows = [said(unit, 0, tone="civil", _seconds=float(unit)) for unit in range(1, 6)]
    rows += [said(unit, 1, tone="civil", _seconds=30.0) for unit in range(20)]
    pace = of(*rows)[person(0)].pace
    assert pace
    assert (pace.low, pace.median, pace.high, pace.others) == (2.0, 3.0, 4.0, 30.0)
    assert pace.fast == tuple(unit_id(unit) for unit in range(1, 6))
    other = of(*rows)[person(1)].pace
    assert other
    assert (other.others, other.fast) == (None, ())


def test_whole_spans_count_in_long_texts() -> None:
    """A span over all of a long text counts, one over all of a short one does not."""
    rows = [said(1, 0, tone="rude", span=[(0, 200, "slur")]), said(2, 0, tone="rude", span=[(0, 9, "slur")])]
    rows.append(said(3, 0, tone="rude", span=[(5, 20, "slur")]))
    lengths = {unit_id(1): 200, unit_id(2): 9, unit_id(3): 200}
    whole = of(*rows, beside=Beside(lengths=lengths))[person(0)].whole
    assert whole
    assert (whole.share.n, whole.share.value, whole.units) == (2, 0.5, (unit_id(1),))


def test_kappa_needs_units_in_common() -> None:
    """Two who always agree have kappa 1 on twenty units in common, and none on nineteen."""
    rows = [said(unit, who, tone=("civil", "rude")[unit % 2]) for unit in range(20) for who in (0, 1)]
    kappa = of(*rows)[person(0)].questions[0].kappa
    assert kappa
    assert (kappa.n_units, kappa.n_others, kappa.value, kappa.low) == (20, 1, 1.0, 1.0)
    assert of(*rows[:-2])[person(0)].questions[0].kappa is None


def test_adjudicators_are_not_judged() -> None:
    """What somebody settled is neither among their answers nor among those of the others."""
    rows = [
        said(1, 0, tone="civil"),
        said(1, 1, tone="civil"),
        said(1, 2, tone="hate", _origin="adjudication"),
    ]
    assert set(of(*rows)) == {person(0), person(1)}
