"""What becomes of one annotation whose place no other takes: it counts, or there are reasons why it does not."""

from collections.abc import Iterator
from typing import Literal

from builder.annotate.merging.ground import Ground
from builder.annotate.merging.interpret import interpret
from builder.annotate.merging.plain import Interpreted
from builder.annotate.merging.results import Reason
from builder.annotate.merging.said import AnnotationRecord
from builder.contracts import instants

Verdict = Literal["draft", "skipped", "ruled_out", "rejected", "merged"]
"""What becomes of a version whose place no other takes; what is ruled out takes nobody's place either."""
SAYS_NOTHING = Interpreted()
_NOBODY = Reason("annotator_unknown", "/completed_by", "the archive knows no such user")


def verdict_on(
    record: AnnotationRecord, ground: Ground, annotator: str | None, against: Reason | None, *, timely: bool
) -> tuple[Verdict, Interpreted]:
    """What a version says, or why that does not count; ``against`` is the reason that rules it out."""
    if against:
        return "ruled_out", Interpreted(reasons=(against,))
    if record.was_cancelled is True:
        return "skipped", SAYS_NOTHING
    says = interpret(record.result, ground.asked, ground.text)
    formed = timely and record.was_cancelled is False
    if formed and annotator and not ground.reasons and not says.reasons:
        return "merged", says
    around = (*_form_faults(record), *ground.reasons, *(() if annotator else (_NOBODY,)))
    return "rejected", Interpreted(reasons=(*around, *says.reasons))


def _form_faults(record: AnnotationRecord) -> Iterator[Reason]:
    """Where a record is not formed as the server forms records, but for its result."""
    for name, value in (("created_at", record.created_at), ("updated_at", record.updated_at)):
        if not isinstance(value, str) or instants.parse(value) is None:
            yield Reason("malformed", f"/{name}", "this is no point in time")
    if not isinstance(record.was_cancelled, bool):
        yield Reason("malformed", "/was_cancelled", "this is neither true nor false")
