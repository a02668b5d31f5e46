"""Studies for reports: a corpus and labels by simulated annotators, as small or as large as a test wants."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from builder.contracts.arrow import arrow_schema
from builder.core.issues import CODES
from builder.labels.agreement import pair_agreement, question_agreement
from builder.labels.label_sets import How, label_set
from builder.labels.proportions import share
from builder.labels.quality.exposure import Severe
from builder.labels.quality.figures import Beside, figures
from builder.labels.quality.warnings import warnings_of
from builder.labels.resampling import Resampling
from builder.labels.sheets import Sheet, counting, sheets
from builder.report.study import Confusion, Final, Labels, Round, Study
from builder.run.reporting import progress_of
from tests.unit.labels.merged import KNOWN, TONE, merged, person, said, unit_id

HARM = "<script>window.harmed = 1</script><img src=x onerror='window.harmed = 2'></td></body> & \"so\" on"
SOURCES = (
    "marlsund-herald",
    "the-quay",
    "a-source-with-a-name-that-is-much-too-long-for-any-plot",
    "港の新聞",
    "<b>bold</b> & $x_1$",
)
TEXTS = (
    "The crane stands still, and nobody knows why it does not move.",
    "Well.",
    "نعم، هذا صحيح.",
    "Ha 😀👍🏽 now they want our crane as well. " * 9,
    HARM,
    "Line one\n\nLine two with a bell \x07 and an override \u202eoverride.",
    "W" * 300,
)
LANGS = ("en", "en", "ar", "en", None, "und", "de")
Row = dict[str, Any]
HATE = Severe({"tone": frozenset({"hate"})})


def article(number: int, **more: Any) -> Row:
    """A row of articles, as far as a report reads it."""
    return {
        "article_id": f"a{number:020x}",
        "source": SOURCES[0],
        "capture": f"{SOURCES[0]}/{number}.txt",
        "headline": f"The crane, part {number}",
        "text": "The crane stands still.",
        "n_comments": 0,
        "lang": "en",
        "parse_confidence": 0.95,
        **more,
    }


def comment(number: int, of: int = 0, **more: Any) -> Row:
    """A row of comments, as far as a report reads it."""
    return {
        "comment_id": unit_id(number),
        "article_id": f"a{of:020x}",
        "attribution": "named",
        "text": "Well.",
        "lang": "en",
        **more,
    }


def corpus(
    articles: Sequence[Row], comments: Sequence[Row], issues: Sequence[Row] = ()
) -> dict[str, pa.Table]:
    """The tables of a corpus, with the columns that a report reads."""
    authors = [
        {"author_id": f"u{number:020x}"}
        for number, row in enumerate(comments)
        if row["attribution"] == "named"
    ]
    rows = {"articles": articles, "comments": comments, "authors": authors, "issues": issues}
    columns = {
        "articles": list(article(0)),
        "comments": list(comment(0)),
        "authors": ["author_id"],
        "issues": ["code", "severity"],
    }
    return {
        name: pa.Table.from_pylist(
            list(of), schema=pa.schema([arrow_schema(name).field(column) for column in columns[name]])
        )
        for name, of in rows.items()
    }


def labels(
    *all_said: Row, seconds: Sequence[float | None] = (), draws: int = 50, gold: Sequence[str] = ()
) -> Labels:
    """What was merged of these annotations, and what is measured of it; ``gold`` has the tones of the first units."""
    tables = merged(*all_said)
    times = list(seconds) or [1.0] * len(all_said)
    rows = tables["annotations"]
    times_column = pa.array(times, rows.schema.field("lead_time_s").type)
    tables["annotations"] = rows.set_column(
        rows.schema.get_field_index("lead_time_s"), "lead_time_s", times_column
    )
    tables["annotators"] = _annotators(tables["annotations"])
    counted = counting(tables, "human")
    made = tuple(sheets(counted, tables, KNOWN)) if counted.num_rows else ()
    beside = Beside(
        lengths={unit_id(one["unit"]): 100 for one in all_said},
        gold={"hostility": {unit_id(unit): {"tone": tone} for unit, tone in enumerate(gold)}},
        severe=HATE,
        promised={("m", "tone"): share(40, 50)},
    )
    return Labels(
        tables=tables,
        shares=progress_of(tables),
        sheets=made,
        measures=tuple(
            found
            for sheet in made
            for question in sheet.questionnaire.questions
            for found in question_agreement(sheet, question, lengths, Resampling(draws))
        ),
        pairs=tuple(
            found
            for sheet in made
            for question in sheet.questionnaire.questions
            for found in pair_agreement(sheet, question, lengths)
        ),
        quality=tuple((one, warnings_of(one)) for one in figures(tables, KNOWN, beside)),
    )


def lengths(sheet: Sheet) -> Any:
    """Every text is so long."""
    import numpy as np

    return np.full(len(sheet.units), 100, np.int64)


def _annotators(rows: pa.Table) -> pa.Table:
    listed = rows.to_pylist()
    people = sorted({row["annotator_id"] for row in listed})
    times = {one: [row["created_at"] for row in listed if row["annotator_id"] == one] for one in people}
    made = [
        {
            "annotator_id": one,
            "n_annotations": len(times[one]),
            "first_at": min(times[one]),
            "last_at": max(times[one]),
            "group": None,
        }
        for one in people
    ]
    return pa.Table.from_pylist(made, schema=arrow_schema("annotators"))


def study(
    articles: Sequence[Row] = (), comments: Sequence[Row] = (), issues: Sequence[Row] = (), **more: Any
) -> Study:
    """A study of these rows; ``more`` is whatever else it has."""
    return Study(
        "A study of cranes", "cranes", {SOURCES[0]: "A daily"}, corpus(articles, comments, issues), **more
    )


def large(seed: int = 1, people: int = 8, units: int = 150, days: int = 40) -> Study:
    """A study such as real ones are: three answers a unit, some people better than others, texts of all kinds."""
    choose = random.Random(seed)
    articles = [
        article(
            number,
            source=choose.choices(SOURCES, [9, 5, 3, 2, 1])[0],
            n_comments=int(choose.expovariate(1 / 40)),
            lang=choose.choice(["en", "en", "de", "ar", None]),
            parse_confidence=min(1.0, 0.6 + choose.betavariate(8, 1) * 0.4),
        )
        for number in range(60)
    ]
    comments = [
        comment(
            number,
            number % 60,
            text=TEXTS[number % len(TEXTS)],
            lang=LANGS[number % len(LANGS)],
            attribution=choose.choices(["named", "lost"], [2, 1])[0],
        )
        for number in range(max(units, 400))
    ]
    codes = ("comments_lost", "recoded", "unreadable", "page_dump")
    issues = [{"code": code, "severity": CODES[code]} for code in choose.choices(codes, k=70)]
    spoken = [_said(choose, unit, one) for unit in range(units) for one in choose.sample(range(people), 3)]
    for place, one in enumerate(spoken):
        one["_minute"] = 30_000_000 + days * 1440 * place // len(spoken)
        one["_round"] = "pilot" if place < len(spoken) // 3 else "main"
        one["_status"] = choose.choices(["merged", "skipped", "rejected", "draft"], [92, 4, 2, 2])[0]
    for one in [one for one in spoken if one["annotator"] == 1][-18:]:
        one.update(tone="rude", stars=3, target=["person"], span=[], flag=[], _status="merged")
    spoken += [one for unit in range(units, units + 30) for one in _assisted(choose, unit, people, days)]
    spoken += [_again(choose, one) for one in spoken[: 8 * people]]
    times = [round(choose.lognormvariate(1 + 0.25 * one["annotator"], 0.6), 1) for one in spoken]
    made = labels(*spoken, seconds=times, draws=200, gold=[_truth(unit) for unit in range(30)])
    rounds = (
        Round("main", "hostility", "comment", closed=False, tasks=300, units=100, annotators=people),
        Round("pilot", "hostility", "comment", closed=True, tasks=150, units=50, annotators=people),
    )
    made = replace(made, **_label_set(made.sheets))
    return study(articles, comments, issues, rounds=rounds, labels=made)


def _label_set(of: Sequence[Sheet]) -> dict[str, Any]:
    """The labels by Dawid and Skene's method, and how each annotator errs."""
    made = label_set(of, {}, How("v2", method="dawid-skene"))
    estimates = tuple(
        Confusion(
            "v2",
            one.config,
            one.question,
            one.option,
            one.values,
            dict(zip(one.annotators, one.truth.confusion.tolist(), strict=True)),
        )
        for one in made.estimates
    )
    return {"final": Final("v2", "dawid-skene", made.tables["labels"]), "confusions": estimates}


def _truth(unit: int) -> str:
    return ["civil", "civil", "rude", "hate"][unit % 4]


def _assisted(choose: random.Random, unit: int, people: int, days: int) -> list[Row]:
    """Everybody's answer to a unit for which a model had suggested one; the first takes all of them."""
    outcomes = [choose.choices(["accepted", "changed", "removed"], [8, 3, 1])[0] for _ in range(people - 1)]
    return [
        {
            **_said(choose, unit, one),
            "_suggested": outcome,
            "_origin": "suggestion",
            "_round": "assisted",
            "_minute": 30_000_000 + days * 1440 + unit,
        }
        for one, outcome in enumerate(["accepted", *outcomes])
    ]


def _again(choose: random.Random, one: Row) -> Row:
    """The same annotator's answer to the same unit, a little later."""
    tone = one["tone"] if choose.random() < 0.9 else choose.choice(TONE.options)
    return {**one, "tone": tone, "_occurrence": 1, "_minute": one["_minute"] + 2000}


def _said(choose: random.Random, unit: int, one: int) -> Row:
    truth = _truth(unit)
    right = choose.random() < 0.95 - 0.05 * one
    tone = truth if right else choose.choice(TONE.options)
    answers: Row = {"tone": tone, "stars": choose.choice([1, 2, 3, 4, 5])}
    if tone != "civil":
        answers["target"] = choose.choice([["person"], ["group"], ["person", "group"]])
        answers["span"] = [(0, choose.choice([4, 5, 9]), "slur" if tone == "rude" else "threat")]
    if choose.random() < 0.1:
        answers["flag"] = ["unsure"]
    return said(unit, one, **answers)


def at(minute: int) -> datetime:
    """When an annotation was saved that was said in a minute."""
    return datetime.fromtimestamp(60 * minute, UTC)


__all__ = [
    "HARM",
    "SOURCES",
    "article",
    "at",
    "comment",
    "corpus",
    "labels",
    "large",
    "person",
    "said",
    "study",
]
