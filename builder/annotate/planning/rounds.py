"""A round of annotation: what is asked, of which units, by whom; fixed when it is planned, then only resumed."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from builder.annotate.planning.assignment import assigned, in_reading_order, least_covered
from builder.annotate.planning.mixing import Known, gold_for, with_repeats
from builder.annotate.planning.sample import Candidate, Sample, chosen
from builder.annotate.planning.terms import Terms, Wishes
from builder.annotate.questionnaire.questions import LabelConfig, UnitType
from builder.annotate.tasks import POOL, PlannedTask, task_key
from builder.core.errors import DataError, UsageError

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Round:
    """A planned round: its name, config and terms, its tasks in the order of showing, and whether it is over.

    ``adjudicates`` is the round whose disagreements it settles, if that is what it is for; ``suggested`` the
    model whose suggestions its tasks show. Without one the round is blind.
    """

    name: str
    config: str
    config_sha256: str
    unit_type: UnitType
    terms: Terms
    tasks: tuple[PlannedTask, ...]
    closed: bool = False
    adjudicates: str | None = None
    suggested: str | None = None

    @property
    def assignees(self) -> tuple[str, ...]:
        """Whom the tasks are for: the annotators, or the pool."""
        return (POOL,) if self.terms.assign == "pool" else self.terms.annotators

    def keys(self, assignee: str) -> dict[str, PlannedTask]:
        """The tasks of one assignee by their keys, in their order."""
        return {self.key(task): task for task in self.tasks if task.assignee == assignee}

    def key(self, task: PlannedTask) -> str:
        """The key of a task of this round."""
        return task_key(self.name, task.assignee, self.unit_type, task.unit_id, task.occurrence)

    @property
    def n_units(self) -> int:
        """How many different units the round asks about, those left out whose right answers are known."""
        return len({task.unit_id for task in self.tasks if not task.gold})

    @property
    def n_gold(self) -> int:
        """How many tasks show a unit whose right answer is known."""
        return sum(task.gold for task in self.tasks)

    @property
    def n_repeats(self) -> int:
        """How many tasks show a unit that their annotator was shown before."""
        return sum(task.occurrence > 0 for task in self.tasks)


def planned(
    name: str, config: LabelConfig, terms: Terms, candidates: Sequence[Candidate], known: Known | None = None
) -> Round:
    """A new round over some of the candidates; where it has gold, ``known`` says what may be it.

    What may be gold is then asked as gold alone, so that no unit loses an answer by it.
    Raises ``UsageError`` for terms that cannot be met, or where there is nothing to ask about.
    """
    known = known or Known()
    gold = {unit.unit_id for unit in known.units} if terms.gold else set()
    units = chosen([unit for unit in candidates if unit.unit_id not in gold], terms.sample)
    if not units:
        raise UsageError(
            f"There is no {config.unit_type} to label. Build the tables first, or choose another --sample."
        )
    tasks = tuple(_tasks(units, terms, known))
    return Round(name, config.name, config.sha256, config.unit_type, terms, tasks)


def _tasks(units: Sequence[Candidate], terms: Terms, known: Known) -> Iterator[PlannedTask]:
    if terms.assign == "pool":
        if terms.overlap < 1:
            raise UsageError("--overlap must be 1 or more.")
        given: Mapping[str, Sequence[Candidate]] = {POOL: units}
    else:
        given = assigned(units, terms.annotators, terms.overlap, terms.sample.seed, known.met)
    for place, (assignee, theirs) in enumerate(given.items()):
        yield from _list_of(assignee, place, theirs, terms, known)


def _list_of(
    assignee: str, place: int, units: Sequence[Candidate], terms: Terms, known: Known
) -> tuple[PlannedTask, ...]:
    """The tasks of one assignee, the number ``place`` of the round, in the order of showing.

    Gold has its place in the reading order as any other unit, so that nothing sets it apart.
    """
    seed = terms.sample.seed
    gold = gold_for(known, assignee, place, terms.gold, seed)
    order = in_reading_order((*units, *gold), place, seed)
    tasks = [PlannedTask(assignee, one.unit_id, one.article_id, gold=one in gold) for one in order]
    return with_repeats(tasks, terms.repeat, place, seed)


def with_annotator(
    one: Round, annotator: str, candidates: Sequence[Candidate], known: Known | None = None
) -> Round:
    """The round with an annotator more, who gets as many units as the others have: the least covered ones.

    In a pool nobody has tasks of their own, and only the list of annotators grows.
    Raises ``UsageError`` where the round is over, or the annotator is in it already.
    """
    if one.closed:
        raise UsageError(f"Round {one.name} is closed. Plan another: builder push --round NAME")
    if one.adjudicates:
        raise UsageError(
            f"Round {one.name} settles disagreements: each is settled once, by whom it was given to."
        )
    if annotator in one.terms.annotators:
        raise UsageError(f"That annotator is in round {one.name} already.")
    terms = replace(one.terms, annotators=(*one.terms.annotators, annotator))
    if one.terms.assign == "pool":
        return replace(one, terms=terms)
    coverage = Counter(task.unit_id for task in one.tasks if task.ordinary)
    share = -(-coverage.total() // max(1, len(one.terms.annotators)))
    asked = [unit for unit in candidates if unit.unit_id in coverage]
    known = known or Known()
    met = {unit for who, unit in known.met if who == annotator}
    units = least_covered(asked, coverage, share, terms.sample.seed, met)
    added = _list_of(annotator, len(one.terms.annotators), units, terms, known)
    return replace(one, terms=terms, tasks=(*one.tasks, *added))


def as_json(one: Round) -> dict[str, Any]:
    """The round as values that ``json.dumps`` takes, without its tasks."""
    values = asdict(replace(one, tasks=()))
    return {"format": FORMAT, **{key: value for key, value in values.items() if key != "tasks"}}


def from_json(value: Mapping[str, Any], tasks: Sequence[Mapping[str, Any]]) -> Round:
    """The round that ``as_json`` made these values of; ``DataError`` where they are incomplete."""
    if value.get("format") != FORMAT:
        raise DataError("the round was planned by another version")
    if not tasks:
        raise DataError("the plan has no tasks")
    try:
        terms = dict(value["terms"])
        sample = terms.pop("sample")
        sample = Sample(**{**sample, "stratify": tuple(sample["stratify"])})
        return Round(
            **{key: value[key] for key in ("name", "config", "config_sha256", "unit_type", "closed")},
            terms=Terms(**{**terms, "annotators": tuple(terms["annotators"])}, sample=sample),
            tasks=tuple(PlannedTask(**task) for task in tasks),
            adjudicates=value.get("adjudicates"),
            suggested=value.get("suggested"),
        )
    except (KeyError, TypeError) as error:
        raise DataError(f"the plan is incomplete: {error}") from error


def differences(one: Round, wishes: Wishes) -> Iterator[str]:
    """What is wished otherwise than the round was planned, in words."""
    terms, sample = one.terms, one.terms.sample
    then = {
        "sample": sample.size,
        "seed": sample.seed,
        "stratify": sample.stratify,
        "choose": sample.choose,
        "overlap": terms.overlap,
        "assign": terms.assign,
        "gold": terms.gold,
        "repeat": terms.repeat,
    }
    for name, value in then.items():
        if getattr(wishes, name) not in {None, value}:
            yield f"--{name} was {_words(value)}"
    if set(wishes.annotators or ()) - set(terms.annotators):
        yield "--annotators has people who are not in it (add them: builder rounds add-annotator)"


def _words(value: object) -> str:
    if value is None:
        return "not given"
    return ",".join(value) if isinstance(value, list | tuple) else str(value)
