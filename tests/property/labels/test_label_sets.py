"""Label sets of generated answers."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from builder.contracts.catalogue import LABELS
from builder.contracts.columns import check_columns
from builder.labels.label_sets import How, label_set
from builder.labels.settled import settled
from builder.labels.sheets import counting, sheets
from builder.tables.check_keys import key_faults
from tests.unit.labels.merged import KNOWN, merged, said

SPANS = st.tuples(st.integers(0, 9), st.integers(1, 6), st.sampled_from(["slur", "threat"]))
SAID = st.builds(
    said,
    st.integers(1, 4),
    st.integers(1, 4),
    tone=st.sampled_from(["civil", "rude", "hate"]),
    target=st.sets(st.sampled_from(["person", "group"])).map(sorted),
    flag=st.sets(st.sampled_from(["unsure", "broken"])).map(sorted),
    stars=st.integers(0, 5),
    span=st.lists(SPANS.map(lambda one: (one[0], one[0] + one[1], one[2])), max_size=3),
    _origin=st.sampled_from(["human", "human", "human", "adjudication", "gold"]),
)


@given(st.lists(SAID, max_size=12), st.sampled_from(["majority", "dawid-skene"]), st.booleans())
def test_a_label_set_obeys_its_schemas(
    all_said: list[dict[str, Any]], method: Any, adjudicated: bool
) -> None:
    """Whatever was answered: rows obey the schemas, shares sum to 1, and a label is missing just where it must be."""
    tables = merged(*all_said)
    answers = settled(sheets(counting(tables, "adjudication"), tables, KNOWN)) if adjudicated else {}
    found = label_set(sheets(counting(tables, "human"), tables, KNOWN), answers, How("v1", method)).tables
    assert not [fault for name in LABELS for fault in check_columns(found[name], name)]
    assert not list(key_faults(found))
    labels = found["labels"].to_pylist()
    too_few = [row for row in labels if row["method"] == "characters" and row["n"] < 2]
    assert [row for row in labels if row["hard"] is None] == [
        row for row in labels if row["tie"] or row in too_few
    ]
    total: dict[Any, float] = {}
    for row in found["label_shares"].to_pylist():
        if row["question"] in {"tone", "stars"}:
            key = row["unit_id"], row["question"]
            total[key] = total.get(key, 0) + row["share"]
    assert all(abs(each - 1) < 1e-6 for each in total.values())
    assert {row["unit_id"] for row in labels if row["adjudicated"]} == {unit for _, unit, _ in answers}
