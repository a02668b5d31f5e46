"""What a labelling config asks, made ready for judging many answers."""

from functools import partial

from builder.annotate.answer_schema import answer_schema
from builder.annotate.answers import accepts, faults
from builder.annotate.config import questions_of
from builder.annotate.interpret import Asked
from builder.annotate.plain import Plain


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
