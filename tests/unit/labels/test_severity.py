"""How severe a unit is likely to be to somebody who has not met it."""

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from builder.contracts.arrow import arrow_schema
from builder.labels.severity import Severity, severity

NOW = datetime(2031, 4, 5, tzinfo=UTC)
SAID = (
    ("n1", "c1", "ann", "hate", "merged"),
    ("n2", "c1", "bob", "civil", "merged"),
    ("n3", "c2", "ann", "civil", "merged"),
    ("n4", "c2", "bob", "hate", "rejected"),
    ("n5", "c4", "bob", "hostile", "merged"),
)


@pytest.fixture
def found() -> Severity:
    """What ann and bob said of four units."""
    annotations = [
        {
            "annotation_id": one,
            "version": 1,
            "unit_id": unit,
            "annotator_id": who,
            "status": status,
            "updated_at": NOW,
        }
        for one, unit, who, _, status in SAID
    ]
    answers = [
        {"annotation_id": one, "version": 1, "question": question, "ordinal": 0, "option": option}
        for one, _, _, option, status in SAID
        if status == "merged"
        for question in ("hostility", "tone")
    ]
    tables = [pa.Table.from_pylist(annotations, arrow_schema("annotations"))]
    tables.append(pa.Table.from_pylist(answers, arrow_schema("answers")))
    return severity(*tables, "hostility", ["hate", "hostile"], {"c3": 0.9, "c1": 0.1, "c4": 7.0})


@pytest.mark.parametrize(
    ("unit", "who", "expected"),
    [
        ("c1", "bob", 1.0),
        ("c1", "ann", 0.0),
        ("c1", "cho", 0.5),
        ("c2", "bob", 0.0),
        ("c2", "ann", 0.5),
        ("c3", "ann", 0.9),
        ("c4", "bob", 1.0),
        ("c5", "ann", 0.5),
    ],
)
def test_the_best_that_is_known_counts(found: Severity, unit: str, who: str, expected: float) -> None:
    """What others said counts first, then what a model expects, within 0 and 1, then the share of the corpus."""
    assert found.of(unit, who) == expected


def test_without_answers_nothing_is_severe() -> None:
    """Where nobody has said anything and nothing is expected, all tasks weigh alike."""
    assert Severity().of("c1", "ann") == 0
