"""Figures of annotators add up, whatever was answered, and depend on no order of rows."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.labels.quality.figures import Beside, figures
from builder.labels.quality.warnings import warnings_of
from tests.unit.labels.merged import KNOWN, merged, said, unit_id

STATUSES = ("merged", "merged", "merged", "skipped", "draft", "rejected", "superseded")
ROWS = st.lists(
    st.builds(
        lambda unit, who, tone, status, occurrence, origin: said(
            unit, who, tone=tone, _status=status, _occurrence=occurrence, _origin=origin
        ),
        st.integers(0, 4),
        st.integers(0, 3),
        st.sampled_from(["civil", "rude", "hate"]),
        st.sampled_from(STATUSES),
        st.integers(0, 1),
        st.sampled_from(["human", "human", "gold", "suggestion", "adjudication"]),
    ),
    max_size=25,
)
GOLD = {"hostility": {unit_id(0): {"tone": "rude"}}}
BESIDE = Beside(lengths={unit_id(number): 150 for number in range(5)}, gold=GOLD)


@given(ROWS)
@settings(max_examples=60)
def test_every_task_is_counted_once(rows: Sequence[dict[str, Any]]) -> None:
    """All versions that count, but an adjudicator's, are among the counts of exactly one person."""
    found = list(figures(merged(*rows), KNOWN, BESIDE))
    wanted = [one for one in rows if one["_status"] != "superseded" and one["_origin"] != "adjudication"]
    counted = sum(
        one.counts.answers + one.counts.skips + one.counts.drafts + one.counts.rejected for one in found
    )
    assert counted == len(wanted)


@given(ROWS, st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_no_order_of_rows_leaves_a_trace(rows: Sequence[dict[str, Any]], random: Any) -> None:
    """Tables whose rows are in another order give the same figures and warnings."""
    tables = merged(*rows)
    mixed = {}
    for name, table in tables.items():
        order = list(range(table.num_rows))
        random.shuffle(order)
        mixed[name] = table.take(np.array(order, np.int64))
    first, second = list(figures(tables, KNOWN, BESIDE)), list(figures(mixed, KNOWN, BESIDE))
    assert first == second
    assert [warnings_of(one) for one in first] == [warnings_of(one) for one in second]


@given(ROWS)
@settings(max_examples=60)
def test_shares_are_shares(rows: Sequence[dict[str, Any]]) -> None:
    """Every share lies between 0 and 1, within its interval."""
    for one in figures(merged(*rows), KNOWN, BESIDE):
        known = [each.agreement for each in (one.gold, one.oneself) if each]
        for found in (one.others, one.theirs, *known, *(each.agreement for each in one.questions)):
            if found.n:
                assert found.low is not None
                assert found.value is not None
                assert found.high is not None
                assert 0 <= found.low <= found.value + 1e-12 <= found.high + 2e-12 <= 1 + 3e-12
