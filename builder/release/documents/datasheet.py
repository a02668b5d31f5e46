"""DATASHEET.md: every question, what is counted between markers, what people answered, and how many are answered."""

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from types import MappingProxyType

from builder.release.documents.blocks import composition, giving, labelling, making, people, quality
from builder.release.documents.facts import Facts
from builder.release.documents.questions import WHO, Question, questions

MADE = "<!-- Written by `builder datasheet --write`; edit answers.yaml, not this. -->"
"""The line by which a datasheet that the builder wrote is known from one written by hand."""

_ABOUT = (
    'The questions are those of Gebru et al., "Datasheets for Datasets" (Communications of the ACM 64, 2021). What '
    "stands between markers is counted from the tables; what only people know comes from `answers.yaml`."
)

NOT_ANSWERED = "Not answered."

_BLOCKS: Mapping[str, Callable[[Facts], str]] = MappingProxyType(
    {
        block.__name__: block
        for block in (
            *(composition.instances, composition.counts, composition.languages, composition.years),
            *(composition.columns, composition.text_lengths, composition.missing, composition.links),
            *(
                composition.threads,
                quality.issues,
                quality.duplicates,
                quality.error_rates,
                quality.addresses,
            ),
            *(quality.splits, quality.warnings, people.commenters, people.privacy, people.offensive),
            *(labelling.labels, labelling.annotation, labelling.label_sets, labelling.agreement),
            *(making.captures, making.dates, making.sources, making.steps, making.raw, making.builder),
            *(giving.creators, giving.tier, giving.files, giving.date, giving.licence, giving.contact),
            *(giving.changes, giving.withdrawals),
        )
    }
)


def datasheet(facts: Facts) -> str:
    """The whole datasheet in Markdown."""
    release = facts.release
    version = f", version {release['version']} ({release['tier']})" if release.get("version") else ""
    mark = "" if release.get("version") else MADE
    head = (f"# Datasheet: {facts.title}{version}", mark, giving.standing(facts), tally(facts), _ABOUT)
    return "\n\n".join((*(part for part in head if part), *_chapters(facts))) + "\n"


def tally(facts: Facts) -> str:
    """How many questions are answered, and by whom: ``answered 41 of 57 (counted 17, settings 7, people 17)``."""
    found = list(answered(facts).values())
    each = ", ".join(f"{who} {found.count(who)}" for who in WHO)
    return f"answered {len(found) - found.count(None)} of {len(found)} ({each})"


def answered(facts: Facts) -> dict[str, str | None]:
    """Who answers each question: ``counted``, ``settings``, ``people``, or nobody so far."""
    return {question.id: _by_whom(question, facts) for question in questions()}


def _by_whom(question: Question, facts: Facts) -> str | None:
    if question.who != "people" and any(text for _, text in _shown(question, facts)):
        return question.who
    return "people" if question.id in facts.answers else None


def _chapters(facts: Facts) -> Iterator[str]:
    for chapter, asked in groupby(questions(), lambda question: question.chapter):
        yield f"## {chapter}"
        for question in asked:
            yield f"### {question.title}"
            yield from _answer(question, facts)


def _answer(question: Question, facts: Facts) -> Iterator[str]:
    for name, text in _shown(question, facts):
        if text:
            yield (
                f"<!-- counted:{name} -->\n{text}\n<!-- /counted -->" if question.who != "settings" else text
            )
    if question.id in facts.answers:
        yield facts.answers[question.id]
    elif _by_whom(question, facts) is None:
        yield NOT_ANSWERED


def _shown(question: Question, facts: Facts) -> list[tuple[str, str]]:
    return [(name, _BLOCKS[name](facts)) for name in question.shown]
