"""What became of a suggestion is told by its values, whatever the server says of origins."""

from typing import Any

import pytest

from builder.annotate.merging.suggested import Suggested, suggested
from tests.unit.annotate.pulled import CIVIL, Pulled, choice, span

RUDE = choice("tone", "rude")


def predicted(*items: Any, model: Any = "m-1") -> dict[str, Any]:
    """A prediction with these items."""
    return {"model_version": model, "result": list(items)}


@pytest.mark.parametrize(
    ("result", "outcome"),
    [
        ([*CIVIL], "accepted"),
        ([{**CIVIL[0], "origin": "prediction-changed"}], "accepted"),
        ([RUDE], "changed"),
        ([span(0, 3, "Add")], "removed"),
        ([], "removed"),
        (None, "removed"),
    ],
)
def test_a_suggestion_was_taken_or_not(result: Any, outcome: str) -> None:
    """An answer of the same value is accepted, of another changed, and none is removed."""
    assert list(suggested(result, predicted(*CIVIL))) == [Suggested("tone", "m-1", outcome, "civil")]


def test_spans_are_compared_by_place_and_label() -> None:
    """How the page writes the words of a span does not matter, where it lies does; no single option is told."""
    there = span(0, 9, "Add\nmore")
    for mine, outcome in ((span(0, 9, "Add\\nmore"), "accepted"), (span(0, 8, "Add\nmore"), "changed")):
        (found,) = suggested([mine], predicted(there))
        assert (found.question, found.outcome, found.option) == ("span", outcome, None)


def test_several_options_are_compared_in_any_order() -> None:
    """The order in which options were clicked does not matter."""
    (found,) = suggested(
        [choice("target", "group", "person")], predicted(choice("target", "person", "group"))
    )
    assert (found.outcome, found.option) == ("accepted", None)


@pytest.mark.parametrize(
    "prediction", [None, {}, 5, [], {"result": 5}, {"result": [5, {}, {"from_name": 7}]}]
)
def test_without_a_prediction_nothing_was_suggested(prediction: Any) -> None:
    """Records without a prediction, or with one that says nothing, have no suggestions."""
    assert not list(suggested([*CIVIL], prediction))


def test_a_model_without_a_name_is_called_so() -> None:
    """A prediction that does not say whose it is has an unnamed model."""
    for model in (None, "", 3):
        (found,) = suggested([*CIVIL], predicted(*CIVIL, model=model))
        assert found.model == "unnamed"


def test_the_merge_keeps_suggestions_of_what_counts() -> None:
    """Each merged annotation has a row for each question suggested; rejected ones have none."""
    pulled = Pulled()
    task = pulled.task()
    pulled.annotation(
        task, (RUDE, choice("target", "group")), prediction=predicted(*CIVIL), parent_prediction=9
    )
    pulled.annotation(task, (RUDE,), who=4, prediction=predicted(*CIVIL), parent_prediction=9)
    rows = pulled.rows()
    merged = {row["annotation_id"] for row in rows["annotations"] if row["status"] == "merged"}
    assert [(row["annotation_id"] in merged, row["outcome"]) for row in rows["suggestions"]] == [
        (True, "changed")
    ]
