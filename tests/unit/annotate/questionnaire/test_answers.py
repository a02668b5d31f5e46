"""Answers are judged by what the config asks: each fault has its place and its words."""

from typing import Any

import pytest

from builder.annotate.questionnaire.answer_schema import answer_schema
from builder.annotate.questionnaire.answers import accepts, faults, is_asked
from builder.annotate.questionnaire.config import read_config
from tests.unit.annotate.configs import text

QUESTIONS = read_config(text()).questions
SCHEMA = answer_schema(QUESTIONS)
SPAN = {"start": 0, "end": 5, "label": "word"}
WHOLE: dict[str, Any] = {
    "mood": "bad",
    "why": ["rain", "Wind"],
    "note": ["It rains."],
    "mark": [SPAN, SPAN],
    "stars": 4,
    "years": 0.5,
}


@pytest.mark.parametrize("document", [{"mood": "good"}, {"mood": "bad", "why": ["Wind"]}, WHOLE])
def test_answers_to_what_was_asked_are_accepted(document: dict[str, Any]) -> None:
    """What was asked and required is enough, and everything that was asked may be answered."""
    assert accepts(QUESTIONS, document)
    assert faults(SCHEMA, document) == []


@pytest.mark.parametrize(
    ("change", "pointer", "words"),
    [
        ({"mood": "fine"}, "/mood", "'fine' is no option; the options are: good, bad"),
        ({"mood": ["bad"]}, "/mood", "['bad'] is not of type 'string'"),
        ({"why": []}, "/why", "[] should be non-empty"),
        ({"why": ["rain", "rain"]}, "/why", "has non-unique elements"),
        ({"why": ["rain", "snow"]}, "/why/1", "'snow' is no option; the options are: rain, Wind"),
        ({"note": [""]}, "/note/0", "'' should be non-empty"),
        ({"note": "It rains."}, "/note", "is not of type 'array'"),
        ({"mark": [{**SPAN, "start": -1}]}, "/mark/0/start", "-1 is less than the minimum of 0"),
        ({"mark": [{**SPAN, "start": True}]}, "/mark/0/start", "True is not of type 'integer'"),
        ({"mark": [{**SPAN, "end": 1.5}]}, "/mark/0/end", "1.5 is not of type 'integer'"),
        (
            {"mark": [{**SPAN, "label": "line"}]},
            "/mark/0/label",
            "'line' is no option; the options are: word",
        ),
        ({"mark": [{**SPAN, "text": "words"}]}, "/mark/0/text", "nothing of that name is asked"),
        ({"mark": [{"start": 0, "end": 5}]}, "/mark/0", "'label' is wanted and missing"),
        ({"stars": 5}, "/stars", "5 is greater than the maximum of 4"),
        ({"stars": 2.5}, "/stars", "2.5 is not of type 'integer'"),
        ({"stars": True}, "/stars", "True is not of type 'integer'"),
        ({"years": float("nan")}, "/years", "nan is not of type 'number'"),
        ({"years": None}, "/years", "None is not of type 'number'"),
        ({"weather/~today": "wet"}, "/weather~1~0today", "nothing of that name is asked"),
    ],
)
def test_a_fault_has_its_place_and_its_words(change: dict[str, Any], pointer: str, words: str) -> None:
    """Each fault is told with the JSON pointer of what is wrong."""
    document = WHOLE | change
    found = dict(faults(SCHEMA, document))
    assert not accepts(QUESTIONS, document)
    assert words in found[pointer]


def test_a_required_answer_must_be_there_when_it_was_asked() -> None:
    """What was asked and required is wanted; what was not asked is not."""
    assert faults(SCHEMA, {"mood": "bad"}) == [("", "'why' is wanted and missing")]
    assert faults(SCHEMA, {}) == [("", "'mood' is wanted and missing")]
    assert not accepts(QUESTIONS, {"mood": "bad"})


def test_what_was_not_asked_cannot_be_answered() -> None:
    """An answer to a question that was hidden is a fault at that answer."""
    document = {"mood": "good", "why": ["rain"]}
    assert faults(SCHEMA, document) == [
        ("/why", "was not asked after these answers, so it cannot be answered")
    ]
    assert not accepts(QUESTIONS, document)


def test_a_broken_answer_decides_nothing() -> None:
    """Where the answer that decides is at fault itself, what hangs on it is not called unasked as well."""
    found = faults(SCHEMA, {"mood": ["good", "bad"], "why": ["rain"]})
    assert [pointer for pointer, _ in found] == ["/mood"]


@pytest.mark.parametrize("document", [None, [], "mood", 1, True])
def test_a_document_is_an_object(document: object) -> None:
    """Anything but an object is refused as a whole."""
    assert not accepts(QUESTIONS, document)
    assert [pointer for pointer, _ in faults(SCHEMA, document)] == [""]


def test_whether_a_question_is_asked() -> None:
    """A question without a condition is always asked, one with a condition after those options only."""
    mood, why, *_ = QUESTIONS
    assert is_asked(mood, {})
    assert is_asked(why, {"mood": "bad"})
    assert not is_asked(why, {"mood": "good"})
    assert not is_asked(why, {})
