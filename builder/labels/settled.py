"""What adjudicators said: for a unit and a question the answer that settles it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyarrow.compute as pc

from builder.labels.questions import Question
from builder.labels.sheets import Sheet, asked_entries, given

Place = tuple[str, str, str]
"""Unit type, unit and question."""
Span = tuple[str, int, int]
"""Label, start and end."""


@dataclass(frozen=True, slots=True)
class Settled:
    """An adjudicator's answer: the options or span labels, in the config's order, the number, the spans.

    ``asked`` is false where the question fell away: the adjudicator's other answers are such that it is not asked.
    """

    asked: bool
    chosen: tuple[str, ...] = ()
    number: float | None = None
    spans: tuple[Span, ...] = ()


def settled(sheets: Iterable[Sheet]) -> Mapping[Place, Settled]:
    """The answers of adjudicators, the latest to each unit and question; what they left open settles nothing."""
    found: dict[Place, tuple[int, Settled]] = {}
    for sheet in sheets:
        for question in sheet.questionnaire.questions:
            for entry, answer in _answers(sheet, question):
                place = (sheet.unit_type, sheet.units[sheet.unit[entry]], question.name)
                at = int(sheet.at[entry])
                if place not in found or found[place][0] <= at:
                    found[place] = at, answer
    return {place: answer for place, (_, answer) in found.items()}


def _answers(sheet: Sheet, question: Question) -> Iterator[tuple[int, Settled]]:
    """What each annotation says of a question: its number, and the answer."""
    spans = _spans(sheet, question) if question.kind == "spans" else {}
    said = {} if question.kind in {"spans", "text"} else _said(sheet, question)
    for entry, asked in enumerate(asked_entries(sheet, question).tolist()):
        if not asked:
            yield entry, Settled(asked=False)
        elif question.kind == "spans":
            marked = tuple(sorted(spans.get(entry, ())))
            labels = {label for label, _, _ in marked}
            yield (
                entry,
                Settled(
                    asked=True, chosen=tuple(one for one in question.options if one in labels), spans=marked
                ),
            )
        elif entry in said:
            yield entry, said[entry]
        elif question.kind == "choices":
            yield entry, Settled(asked=True)


def _said(sheet: Sheet, question: Question) -> dict[int, Settled]:
    answers = given(sheet, question)
    values = defaultdict(list)
    for entry, value in zip(answers.entries.tolist(), answers.value.tolist(), strict=True):
        values[entry].append(value)
    return {
        entry: Settled(
            asked=True,
            chosen=tuple(answers.values[value] for value in sorted(chosen)),
            number=float(answers.numbers[chosen[0]]) if question.kind == "number" else None,
        )
        for entry, chosen in values.items()
    }


def _spans(sheet: Sheet, question: Question) -> dict[int, list[Span]]:
    found = defaultdict(list)
    rows = sheet.spans.filter(pc.equal(sheet.spans["question"], question.name))
    for row in rows.select(["entry", "label", "start", "end"]).to_pylist():
        found[row["entry"]].append((row["label"], row["start"], row["end"]))
    return found
