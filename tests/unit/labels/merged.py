"""Merged tables written by hand: who answered what about which comment."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from builder.contracts.arrow import arrow_schema
from builder.labels.questions import Condition, Question, Questionnaire

SHA256 = "5" * 64
TONE = Question("tone", "choice", ("civil", "rude", "hate"), "ordinal", required=True)
TARGET = Question("target", "choices", ("person", "group"), asked_when=Condition("tone", ("rude", "hate")))
FLAG = Question("flag", "choices", ("unsure", "broken"))
STARS = Question("stars", "number", scale="interval")
SPAN = Question("span", "spans", ("slur", "threat"))
NOTE = Question("note", "text")
ASKED = Questionnaire("hostility", "hostility", SHA256, (TONE, TARGET, FLAG, STARS, SPAN, NOTE))
KNOWN = {SHA256: ASKED}
Said = Mapping[str, Any]


def unit_id(unit: int | str) -> str:
    """The id of a comment, by number or as it is."""
    return unit if isinstance(unit, str) else f"c{unit:020x}"


def person(number: int) -> str:
    """The pseudonym of an annotator."""
    return f"w{number:010x}"


def said(unit: int | str, annotator: int, **answers: Any) -> dict[str, Any]:
    """One annotation: options of ``tone``, ``target`` and ``flag``, a number of ``stars``, triples of ``span``.

    What begins with an underscore changes the row of annotations or tasks; ``_suggested`` is what became of a
    model's suggestion for ``tone``.
    """
    return {"unit": unit, "annotator": annotator, **answers}


def merged(*all_said: Said) -> dict[str, pa.Table]:
    """The merged tables of these annotations; each has a task of its own, answered a minute after the last."""
    names = ("tasks", "annotations", "answers", "spans", "suggestions")
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    for number, one in enumerate(all_said):
        key = {"annotation_id": f"n{number:020x}", "version": 1}
        rows["tasks"].append(_task(number, one))
        rows["annotations"].append(key | _annotation(number, one))
        for name in ("tone", "target", "flag", "stars"):
            rows["answers"] += [key | row for row in _answers(name, one.get(name, ()))]
        if "_suggested" in one:
            told = {"question": "tone", "model": "m", "outcome": one["_suggested"], "option": "civil"}
            rows["suggestions"].append(key | told)
        for ordinal, (start, end, label) in enumerate(one.get("span", ())):
            where = {
                "question": "span",
                "label": label,
                "start": start,
                "end": end,
                "text": "x" * (end - start),
            }
            rows["spans"].append(key | {"ordinal": ordinal} | where)
    return {name: pa.Table.from_pylist(of, schema=arrow_schema(name)) for name, of in rows.items()}


def _task(number: int, one: Said) -> dict[str, Any]:
    return {
        "task_key": f"t{number:020x}",
        "server": "studio",
        "project": 1,
        "config": "hostility",
        "config_sha256": one.get("_config", SHA256),
        "round": one.get("_round", "pilot"),
        "assignee": "pool",
        "unit_type": "comment",
        "unit_id": unit_id(one["unit"]),
        "article_id": "a" + unit_id(one["unit"])[1:],
        "occurrence": one.get("_occurrence", 0),
        "text_sha256": "0" * 64,
        "pushed_at": 0,
        "deleted": False,
    }


def _annotation(number: int, one: Said) -> dict[str, Any]:
    at = 60_000_000 * one.get("_minute", number)
    return {
        "task_key": f"t{number:020x}",
        "unit_id": unit_id(one["unit"]),
        "annotator_id": person(one["annotator"]),
        "status": one.get("_status", "merged"),
        "origin": one.get("_origin", "human"),
        "lead_time_s": one.get("_seconds", 1.0),
        "created_at": at,
        "updated_at": at,
        "pulled_at": at,
        "edited_by_other": False,
    }


def _answers(name: str, values: Any) -> Sequence[dict[str, Any]]:
    empty = {"question": name, "option": None, "number": None, "text": None}
    if isinstance(values, int | float):
        return [{**empty, "ordinal": 0, "number": float(values)}]
    chosen = [values] if isinstance(values, str) else values
    return [{**empty, "ordinal": ordinal, "option": option} for ordinal, option in enumerate(chosen)]
