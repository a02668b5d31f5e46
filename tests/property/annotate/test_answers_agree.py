"""The fast check of answers accepts and refuses exactly what jsonschema does."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.annotate.questionnaire.answer_schema import answer_schema
from builder.annotate.questionnaire.answers import accepts, faults, is_asked
from builder.annotate.questionnaire.config import find_config, read_config
from builder.annotate.questionnaire.questions import Question
from tests.unit.annotate.configs import text

ROOT = Path(__file__).parents[3]
FILES = ("article_framing", "comment_hostility", "segmentation_review")
SMALL = read_config(text()).questions
QUESTIONS: dict[str, tuple[Question, ...]] = {
    **{name: find_config(ROOT, name).questions for name in FILES},
    "mood": SMALL,
    "any number": (Question("size", "number", "comment"),),
    "marks and stars": tuple(question for question in SMALL if question.name in {"mark", "stars"}),
}
SCHEMAS = {name: answer_schema(questions) for name, questions in QUESTIONS.items()}
EVERY_CONFIG = pytest.mark.parametrize("name", QUESTIONS)
OFFSETS = st.integers(0, 99) | st.sampled_from([0.0, 3.0])
ODD_NUMBERS = st.sampled_from([-1, 0, 1, 2.0, 2.5, 5, 120.5, 120.6, True, float("nan"), float("inf")])
SCRAPS = (
    st.none()
    | st.booleans()
    | st.integers()
    | ODD_NUMBERS
    | st.sampled_from(["", " ", "bad", "good", "rain", "unsure"])
)
ANYTHING = st.recursive(
    SCRAPS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["start", "end", "label"]), inner)
    ),
    max_leaves=5,
)


def answers(question: Question) -> st.SearchStrategy[Any]:
    """Answers that the question allows."""
    if question.kind == "choice":
        return st.sampled_from(question.values)
    if question.kind == "choices":
        return st.lists(st.sampled_from(question.values), min_size=1, unique=True)
    if question.kind == "text":
        return st.lists(st.text(min_size=1, max_size=5), min_size=1, max_size=2)
    if question.kind == "spans":
        return st.lists(spans(question), min_size=1, max_size=3)
    low, high = int(question.minimum or 0), int(question.maximum or 99)
    return st.integers(low, high) | st.integers(low, high).map(float)


def spans(question: Question) -> st.SearchStrategy[dict[str, Any]]:
    """Spans with one of the question's labels."""
    return st.fixed_dictionaries(
        {"start": OFFSETS, "end": OFFSETS, "label": st.sampled_from(question.values)}
    )


def near_answers(question: Question) -> st.SearchStrategy[Any]:
    """Answers of the right shape, some of whose values are just outside what the question allows."""
    options = st.sampled_from([*question.values, "weather", "", None])
    if question.kind == "choice":
        return options
    if question.kind == "choices":
        return st.lists(options, max_size=3)
    if question.kind == "text":
        return st.lists(st.sampled_from(["", " ", "a", None]), max_size=2)
    if question.kind == "spans":
        odd = st.dictionaries(st.sampled_from(["start", "end"]), ODD_NUMBERS, max_size=1)
        other = st.dictionaries(st.sampled_from(["label", "text"]), options, max_size=1)
        return st.lists(st.builds(lambda *parts: parts[0] | parts[1] | parts[2], spans(question), odd, other))
    return ODD_NUMBERS


@st.composite
def documents(draw: st.DrawFn, questions: Sequence[Question]) -> dict[str, Any]:
    """Answers as a person could give them: what is required whenever it is asked, and the rest now and then."""
    document: dict[str, Any] = {}
    for question in sorted(questions, key=lambda each: each.asked_when is not None):
        if is_asked(question, document) and (question.required or draw(st.booleans())):
            document[question.name] = draw(answers(question))
    return document


@st.composite
def broken(draw: st.DrawFn, questions: Sequence[Question]) -> Any:
    """Such answers with a few things changed: taken out, put in, or anything in the place of something."""
    document = draw(documents(questions))
    for question in draw(st.lists(st.sampled_from(questions), min_size=1, max_size=2, unique=True)):
        document[question.name] = draw(near_answers(question))
    names = st.sampled_from([*(question.name for question in questions), "weather"])
    for name in draw(st.lists(names, max_size=2)):
        if draw(st.booleans()):
            document.pop(name, None)
        else:
            document[name] = draw(ANYTHING | st.one_of([answers(question) for question in questions]))
    return document


@EVERY_CONFIG
@given(data=st.data())
def test_both_accept_what_was_asked(name: str, data: st.DataObject) -> None:
    """Answers to what is asked are accepted by both."""
    document = data.draw(documents(QUESTIONS[name]))
    assert accepts(QUESTIONS[name], document)
    assert faults(SCHEMAS[name], document) == []


@EVERY_CONFIG
@given(data=st.data())
def test_both_refuse_the_same(name: str, data: st.DataObject) -> None:
    """Of answers with anything wrong in them both accept the same and refuse the same."""
    document = data.draw(broken(QUESTIONS[name]))
    assert accepts(QUESTIONS[name], document) is (faults(SCHEMAS[name], document) == [])


@EVERY_CONFIG
@given(document=ANYTHING)
def test_both_take_any_value(name: str, document: Any) -> None:
    """Any JSON value at all is judged alike by both."""
    assert accepts(QUESTIONS[name], document) is (faults(SCHEMAS[name], document) == [])
