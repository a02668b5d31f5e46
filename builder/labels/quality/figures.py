"""The figures of each annotator under each config, all in one place."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from builder.labels.proportions import Share
from builder.labels.quality.anchoring import Anchoring, anchorings
from builder.labels.quality.drift import Drift, drift
from builder.labels.quality.exposure import USUAL, Day, Severe, days
from builder.labels.quality.habits import Run, Spread, WholeSpans, longest_runs, spreads, whole_spans
from builder.labels.quality.known import Comparison, Gold, with_gold, with_oneself
from builder.labels.quality.others import (
    Kappa,
    Met,
    agreement,
    agreement_on,
    meetings_of,
    pairwise_kappas,
)
from builder.labels.quality.pace import Pace, paces
from builder.labels.quality.work import Kind, Work, work_of
from builder.labels.questions import Questionnaire


@dataclass(frozen=True, slots=True)
class Counts:
    """Tasks by what became of them; a draft counts where its task has nothing better."""

    answers: int
    skips: int
    drafts: int
    rejected: int


@dataclass(frozen=True, slots=True)
class OnQuestion:
    """Agreement with the others on one question; kappa only for one option, and where units are enough."""

    question: str
    agreement: Share
    kappa: Kappa | None


@dataclass(frozen=True, slots=True)
class Figures:
    """One annotator under one config; what cannot be said is None.

    ``others`` is agreement with the majority of the others, ``theirs`` the same of all the others together;
    ``unlike`` are the units on which the majority was contradicted most, the worst first.
    """

    config: str
    unit_type: str
    annotator_id: str
    counts: Counts
    others: Share
    theirs: Share
    questions: tuple[OnQuestion, ...]
    unlike: tuple[str, ...]
    pace: Pace | None
    gold: Comparison | None
    oneself: Comparison | None
    drift: Drift | None
    run: Run | None
    spread: Spread | None
    whole: WholeSpans | None
    days: tuple[Day, ...]
    suggested: tuple[Anchoring, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What figures need beside the merged tables.

    ``lengths`` of the units' texts, ``gold`` answers by the name of the config and unit, what is ``severe``, and
    the accuracy that the cross-validation ``promised``, by model and question.
    """

    lengths: Mapping[str, int] = field(default_factory=dict)
    gold: Mapping[str, Gold] = field(default_factory=dict)
    severe: Severe = USUAL
    promised: Mapping[tuple[str, str], Share] = field(default_factory=dict)


def figures(
    tables: Mapping[str, pa.Table],
    known: Mapping[str, Questionnaire],
    beside: Beside,
    rounds: Sequence[str] = (),
) -> Iterator[Figures]:
    """The figures of all annotators from the merged tables, config by config; of some rounds, or of all.

    Adjudicators are left out: nobody's majority is the measure of their work. ``known`` has the questionnaires
    by the hash of their config. A table ``suggestions`` may be missing.
    """
    suggested = _suggested(tables, rounds)
    for kind, work in sorted(
        work_of(tables, known).items(), key=lambda one: (known[one[0][0]].title, one[0])
    ):
        mine = [one for one in work if (not rounds or one.round in rounds) and one.origin != "adjudication"]
        if mine:
            yield from _of_config(kind, known[kind[0]], mine, beside, suggested.get(kind[0], []))


def _of_config(
    kind: Kind, asked: Questionnaire, work: list[Work], beside: Beside, suggested: list[dict[str, object]]
) -> Iterator[Figures]:
    met, kappas = meetings_of(work, asked), pairwise_kappas(work, asked)
    pace, run, spread = paces(work), longest_runs(work), spreads(work, asked)
    gold, oneself = with_gold(work, beside.gold.get(asked.name, {}), asked), with_oneself(work, asked)
    whole, met_by_day = whole_spans(work, beside.lengths), days(work, beside.severe)
    anchored = anchorings(suggested, beside.promised)
    by_person: dict[str, list[Work]] = defaultdict(list)
    for one in work:
        by_person[one.annotator_id].append(one)
    for person in sorted(by_person):
        mine = met.get(person, [])
        yield Figures(
            config=asked.title,
            unit_type=kind[1],
            annotator_id=person,
            counts=_counts(by_person[person]),
            others=agreement(mine),
            theirs=agreement(one for name, units in met.items() if name != person for one in units),
            questions=tuple(_on_questions(asked, mine, kappas, person)),
            unlike=_worst(mine),
            pace=pace.get(person),
            gold=gold.get(person),
            oneself=oneself.get(person),
            drift=drift(mine),
            run=run.get(person),
            spread=spread.get(person),
            whole=whole.get(person),
            days=met_by_day.get(person, ()),
            suggested=anchored.get(person, ()),
        )


def _counts(mine: Sequence[Work]) -> Counts:
    counts = Counter(one.status for one in mine)
    done = {one.task_key for one in mine if one.status != "draft"}
    drafts = {one.task_key for one in mine if one.status == "draft"} - done
    return Counts(counts["merged"], counts["skipped"], len(drafts), counts["rejected"])


def _on_questions(
    asked: Questionnaire, met: list[Met], kappas: Mapping[tuple[str, str], Kappa], person: str
) -> Iterator[OnQuestion]:
    for question in asked.questions:
        found = agreement_on(met, question.name)
        if found.n:
            yield OnQuestion(question.name, found, kappas.get((person, question.name)))


def _worst(met: list[Met]) -> tuple[str, ...]:
    unlike = sorted((one for one in met if one.fraction < 1), key=lambda one: (one.fraction, one.unit_id))
    return tuple(one.unit_id for one in unlike)


def _suggested(tables: Mapping[str, pa.Table], rounds: Sequence[str]) -> dict[str, list[dict[str, object]]]:
    """The rows of ``suggestions`` with who saw them, by the hash of the config."""
    if "suggestions" not in tables:
        return {}
    told = tables["suggestions"]
    of = tables["annotations"]
    of = of.filter(pc.is_in(of["annotation_id"], value_set=told["annotation_id"].combine_chunks()))
    shown = tables["tasks"]
    shown = shown.filter(pc.is_in(shown["task_key"], value_set=of["task_key"].combine_chunks()))
    tasks = {row["task_key"]: row for row in shown.to_pylist()}
    names = {(row["annotation_id"], row["version"]): row for row in of.to_pylist()}
    found: dict[str, list[dict[str, object]]] = {}
    for row in told.to_pylist():
        seen = names[row["annotation_id"], row["version"]]
        task = tasks[seen["task_key"]]
        if not rounds or task["round"] in rounds:
            row["annotator_id"] = seen["annotator_id"]
            found.setdefault(task["config_sha256"], []).append(row)
    return found
