"""What a labelling config asks, made ready for judging many answers."""

from functools import partial

from builder.annotate.merging.interpret import Asked
from builder.annotate.merging.plain import Plain
from builder.annotate.questionnaire.answer_schema import answer_schema
from builder.annotate.questionnaire.answers import accepts, faults
from builder.annotate.questionnaire.config import questions_of


def asked_of(xml: str) -> Asked:
    """What the XML of a config asks; ``BuilderError`` where it cannot be read."""
    questions = questions_of(xml)
    schema = answer_schema(questions)
    by_name = {question.name: question for question in questions}
    return Asked(
        by_name,
        Plain(by_name),
        partial(accepts, questions),
        partial(faults, schema),
    )
