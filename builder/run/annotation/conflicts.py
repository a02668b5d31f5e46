"""The units of a round whose answers do not agree, by the rules that a study lead chose."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from builder.annotate.planning.rounds import Round
from builder.annotate.questionnaire.answers import is_asked
from builder.annotate.questionnaire.documents import Answered
from builder.annotate.questionnaire.questions import LabelConfig, Question
from builder.core.errors import UsageError
from builder.core.settings import Settings
from builder.core.tablefile import read_table
from builder.labels.disagreement import Question as Votable
from builder.labels.disagreement import Rule, Rules, Said, broken
from builder.run.annotation.answered import merged_answers

Reason = tuple[str, Rule]
"""A question, and a rule by which it is in dispute."""
_VOTED = ("choice", "choices", "number")
_FINISHED = ("merged", "skipped")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What counts as a disagreement: by which rules, in which questions (none named: those that are required)."""

    rules: Rules
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """A unit whose answers do not agree, for which reasons, and the answers.

    ``unfinished`` says that somebody who was asked has neither answered nor skipped it yet.
    """

    unit_id: str
    reasons: tuple[Reason, ...]
    answers: tuple[Answered, ...]
    unfinished: bool = False

    @property
    def dispute(self) -> Collection[str]:
        """The questions in dispute."""
        return {question for question, _ in self.reasons}


def conflicts(settings: Settings, one: Round, config: LabelConfig, wanted: Wanted) -> tuple[Conflict, ...]:
    """The conflicts among the people's answers to a round, by unit; repeats, gold and suggestions have no say.

    Raises ``DataError`` where nothing was merged yet, ``UsageError`` for questions that nobody can vote on, and
    for the rule severe-split where the settings do not say what is severe.
    """
    questions = _questions(settings, config, wanted)
    said = defaultdict[str, list[Answered]](list)
    for each in merged_answers(settings, config):
        if each.round == one.name and each.origin == "human" and each.occurrence == 0:
            said[each.unit_id].append(each)
    unfinished = _unfinished(settings, one)
    return tuple(
        Conflict(
            unit, reasons, tuple(answers), unfinished=not unfinished.isdisjoint(a.task_key for a in answers)
        )
        for unit, answers in sorted(said.items())
        if (reasons := tuple(_reasons(questions, answers, wanted.rules)))
    )


def _reasons(
    questions: Mapping[Votable, Question], answers: Sequence[Answered], rules: Rules
) -> Iterator[Reason]:
    for votable, question in questions.items():
        yield from ((question.name, rule) for rule in broken(votable, _votes(question, answers), rules))


def _votes(question: Question, answers: Sequence[Answered]) -> list[Said]:
    """What each annotator chose who was asked and answered; of several options choosing none is an answer."""
    chosen = [one.answers.get(question.name) for one in answers if is_asked(question, one.answers)]
    if question.kind == "choices":
        return [tuple(each or ()) for each in chosen]
    return [(str(each),) for each in chosen if each is not None]


def _questions(settings: Settings, config: LabelConfig, wanted: Wanted) -> dict[Votable, Question]:
    """The questions that are voted on, as the rules know them and as the config does."""
    votable = {each.name: each for each in config.questions if each.kind in _VOTED}
    unknown = [name for name in wanted.questions if name not in votable]
    if unknown:
        raise UsageError(
            f"{config.name} has no question '{unknown[0]}' to vote on. It has: {', '.join(votable)}."
        )
    required = [name for name, each in votable.items() if each.required]
    names = wanted.questions or required or tuple(votable)
    severe = settings.severe
    if "severe-split" in wanted.rules.names and severe is None:
        raise UsageError(
            "The rule severe-split needs to know what is severe. Say so in pyproject.toml, below [tool.builder]: "
            'severe = {question = "hostility", values = ["hostile", "hate"]}'
        )
    return {
        Votable(
            name,
            len(votable[name].values),
            several=votable[name].kind == "choices",
            severe=frozenset(severe.values if severe and severe.question == name else ()),
        ): votable[name]
        for name in names
    }


def _unfinished(settings: Settings, one: Round) -> set[str]:
    """The keys of the tasks of all units that somebody still has to answer."""
    people: dict[str, set[str]] = defaultdict(set)
    columns = ("task_key", "annotator_id", "status")
    table = read_table(settings.merged_dir, "annotations", columns)
    for key, person, status in zip(*(table[name].to_pylist() for name in columns), strict=True):
        if status in _FINISHED:
            people[key].add(person)
    keys: dict[str, list[str]] = defaultdict(list)
    for task in one.tasks:
        if task.ordinary:
            keys[task.unit_id].append(one.key(task))
    wanted = one.terms.overlap if one.terms.assign == "pool" else 1
    return {key for mine in keys.values() if any(len(people[key]) < wanted for key in mine) for key in mine}
