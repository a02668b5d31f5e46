"""Units whose right answers are known: one line of JSON each, in a file that people write and check."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from builder.annotate.questionnaire.questions import LabelConfig
from builder.annotate.tasks import Unit

_UNIT = re.compile(r"[ac][0-9a-f]{20}")
_KEYS = ("unit_id", "text_sha256", "answers", "reason")
Faults = Callable[[Mapping[str, Any]], Iterable[tuple[str, str]]]
"""Says where a document of answers is wrong, by JSON pointer, and why."""


@dataclass(frozen=True, slots=True)
class GoldUnit:
    """A unit, the right answers to the questions about it, and why they are right.

    ``text_sha256`` is the hash of the text that they are about; none where it is still to be recorded.
    """

    unit_id: str
    answers: Mapping[str, Any]
    reason: str
    text_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class GoldTable:
    """The units of a file, and what is wrong with it, line by line."""

    units: tuple[GoldUnit, ...] = ()
    faults: tuple[str, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)

    def with_faults(self, faults: Iterable[str]) -> "GoldTable":
        """The table with more that is wrong."""
        return replace(self, faults=(*self.faults, *faults))


def read_gold(text: str, file: str, faults: Faults) -> GoldTable:
    """The units in the text of a file, and what is wrong with its lines; empty lines are passed over."""
    units: dict[str, GoldUnit] = {}
    wrong, lines = list[str](), dict[str, int]()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        said = _unit(line, faults)
        if isinstance(said, GoldUnit) and said.unit_id in units:
            said = (f"{said.unit_id} is in line {lines[said.unit_id]} already: keep one of them",)
        if isinstance(said, GoldUnit):
            units[said.unit_id] = said
            lines[said.unit_id] = number
        else:
            wrong += [f"{file}, line {number}: {one}" for one in said]
    return GoldTable(tuple(units.values()), tuple(wrong), lines)


def gold_text(units: Sequence[GoldUnit]) -> str:
    """The text of a file with these units, in their order."""
    return "".join(json.dumps(_values(unit), ensure_ascii=False) + "\n" for unit in units)


def against_units(table: GoldTable, file: str, units: Mapping[str, Unit], config: LabelConfig) -> GoldTable:
    """The table with what is wrong with it beside the units as they are now, by id."""
    spans = [question.name for question in config.questions if question.kind == "spans"]
    found = (
        f"{file}, line {table.lines[one.unit_id]}: {said}"
        for one in table.units
        for said in _against(one, units.get(one.unit_id), spans)
    )
    return table.with_faults(found)


def _against(one: GoldUnit, unit: Unit | None, spans: Sequence[str]) -> Iterator[str]:
    if unit is None:
        yield f"{one.unit_id} is in the tables no more: take the line out"
        return
    if one.text_sha256 not in {None, unit.text_sha256}:
        yield (
            f"the text of {one.unit_id} is not the one that these answers were given for: look at it again, then "
            "take text_sha256 out of the line"
        )
    marks = [span for name in spans for span in one.answers.get(name, ())]
    if any(not 0 <= span["start"] < span["end"] <= len(unit.text) for span in marks):
        yield f"a span is no stretch of the {len(unit.text)} characters of {one.unit_id}"


def _unit(line: str, faults: Faults) -> GoldUnit | tuple[str, ...]:
    """The unit of a line, or what is wrong with it."""
    try:
        value = json.loads(line)
    except ValueError as error:
        return (f"this is no JSON: {error}",)
    wrong = tuple(_misshapen(value))
    if wrong:
        return wrong
    told = tuple(f"answers{pointer}: {said}" for pointer, said in faults(value["answers"]))
    return told or GoldUnit(**value)


def _misshapen(value: object) -> Iterator[str]:
    if not isinstance(value, dict):
        yield 'wanted is an object such as {"unit_id": "c...", "answers": {...}, "reason": "..."}'
        return
    yield from (
        f"'{name}' is unknown; known are: {', '.join(_KEYS)}" for name in sorted(set(value) - set(_KEYS))
    )
    unit, reason, sha = value.get("unit_id"), value.get("reason"), value.get("text_sha256")
    if not (isinstance(unit, str) and _UNIT.fullmatch(unit)):
        yield "unit_id is no comment_id or article_id"
    if not (isinstance(reason, str) and reason.strip()):
        yield "reason is missing: say in words why the answers are right"
    if not isinstance(value.get("answers"), dict):
        yield "answers is no object with an entry a question"
    if not (sha is None or (isinstance(sha, str) and re.fullmatch(r"[0-9a-f]{64}", sha))):
        yield "text_sha256 is no hash: leave it out, and it is recorded for you"


def _values(unit: GoldUnit) -> dict[str, Any]:
    values = {name: getattr(unit, name) for name in _KEYS}
    return {name: value for name, value in values.items() if value is not None}
