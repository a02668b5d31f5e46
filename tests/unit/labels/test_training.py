"""A model learns the majority of blind answers, and what was settled."""

from builder.labels.quality.work import work_of
from builder.labels.training import majority_labels
from tests.unit.labels.merged import ASKED, KNOWN, merged, said, unit_id
from tests.unit.labels.quality.test_figures import suggested


def test_one_label_a_unit() -> None:
    """The majority is learned, a tie is not, and what an adjudicator said stands above all."""
    rows = [said(1, who, tone=tone) for who, tone in enumerate(("rude", "rude", "civil"))]
    rows += [said(2, who, tone=tone) for who, tone in enumerate(("rude", "civil"))]
    rows += [
        said(3, 0, tone="civil"),
        said(3, 1, tone="civil"),
        said(3, 2, tone="hate", _origin="adjudication"),
    ]
    (work,) = work_of(merged(*rows), KNOWN).values()
    assert majority_labels(work, ASKED) == {"tone": {unit_id(1): "rude", unit_id(3): "hate"}}


def test_what_was_suggested_is_not_learned() -> None:
    """Answers that began with a suggestion teach nothing, taken or changed."""
    tables = merged(
        said(1, 0, tone="rude"), said(2, 0, tone="civil"), said(3, 0, tone="civil", _origin="suggestion")
    )
    tables["suggestions"] = suggested(0, outcome="changed")
    (work,) = work_of(tables, KNOWN).values()
    assert majority_labels(work, ASKED) == {"tone": {unit_id(2): "civil"}}
