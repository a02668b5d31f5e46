"""The short way of reading a result comes to what the careful one comes to, or to nothing."""

from dataclasses import replace
from typing import Any

from hypothesis import given

from builder.annotate.merging.asked import asked_of
from builder.annotate.merging.interpret import interpret
from builder.annotate.merging.plain import Plain
from tests.property.annotate.test_every_version_ends_somewhere import results, whole
from tests.unit.annotate.pulled import TANKS, XML, raw

ASKED = asked_of(XML)
CAREFUL = replace(ASKED, plain=Plain({}))
TEXT = TANKS["text"]


@given(results | whole)
def test_both_ways_lead_to_the_same(result: Any) -> None:
    """Whatever a result is, its rows or the reasons why it has none do not depend on the way it was read."""
    assert interpret(raw(result), ASKED, TEXT) == interpret(raw(result), CAREFUL, TEXT)
