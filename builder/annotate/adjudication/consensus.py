"""What several annotations of one unit come to where nothing is in dispute."""

from collections.abc import Mapping, Sequence
from typing import Any

from builder.annotate.questionnaire.answers import is_asked
from builder.annotate.questionnaire.documents import Answered
from builder.annotate.questionnaire.questions import Question


def settled_answers(answers: Sequence[Answered], questions: Sequence[Question]) -> Mapping[str, Any] | None:
    """The answers to one unit that may be taken for right: an adjudicator's last, or what two or more all say.

    Whatever is written in words is left out, and so is what is asked of free will and not answered alike.
    None where a required question is in dispute, or only one person answered.
    """
    settled = [one for one in answers if one.origin == "adjudication"]
    if settled:
        return _without_words(max(settled, key=lambda one: one.updated_at).answers, questions)
    people = [one for one in answers if one.origin == "human" and one.occurrence == 0]
    if len({one.annotator_id for one in people}) < 2:
        return None
    first = _without_words(people[0].answers, questions)
    alike = {
        name: value for name, value in first.items() if all(one.answers.get(name) == value for one in people)
    }
    return alike if all(_decided(question, alike, people) for question in questions) else None


def _without_words(document: Mapping[str, Any], questions: Sequence[Question]) -> dict[str, Any]:
    words = {question.name for question in questions if question.kind == "text" and not question.required}
    return {name: value for name, value in document.items() if name not in words}


def _decided(question: Question, alike: Mapping[str, Any], people: Sequence[Answered]) -> bool:
    """Whether a question is no reason to doubt: not required, or not asked, or answered alike."""
    if not question.required or question.name in alike:
        return True
    return not is_asked(question, alike) and all(question.name not in one.answers for one in people)
