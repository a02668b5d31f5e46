"""What an adjudicator sees: the same screen with a box, and the answers in it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from builder.annotate.adjudication.conflict import answers_text
from builder.annotate.adjudication.screen import adjudication_config
from builder.annotate.lint.check import errors_in, findings_of
from builder.annotate.questionnaire.config import ConfigText, config_texts, read_config
from builder.annotate.questionnaire.documents import Answered
from builder.annotate.tasks import ANSWERS
from tests.unit.annotate import configs

OURS = config_texts(Path(__file__).parents[3])
NOW = datetime(2031, 4, 5, tzinfo=UTC)
TEXT = "Rain again,\nand a lot of wind"


def answered(number: int, **answers: Any) -> Answered:
    """An annotation of a unit with these answers."""
    return Answered(
        f"n{number}", 1, f"t{number}", "c1", f"w{number}", "human", NOW, "main", "mood", 0, answers
    )


@pytest.mark.parametrize("text", [*OURS.values(), configs.text()], ids=[*OURS, "mood"])
def test_questions_options_and_keys_are_the_same(text: ConfigText) -> None:
    """The derived config asks exactly what the other asks, shows one field more, and has no fault."""
    derived = adjudication_config(text)
    before, after = read_config(text), read_config(derived)
    assert after.questions == before.questions
    assert set(after.fields) == {*before.fields, ANSWERS}
    assert not errors_in(findings_of(derived, (ANSWERS,)))
    assert after.instructions.endswith(before.instructions)


def test_only_an_adjudication_has_the_answers() -> None:
    """A config that shows the answers of others is refused where no adjudication is."""
    (fault,) = errors_in(findings_of(adjudication_config(configs.text())))
    assert f"${ANSWERS}" in str(fault)


def test_the_box_is_seen_whatever_is_answered() -> None:
    """The box stands above the heading of the first question, and within nothing that hides questions."""
    hidden = """<View><Text name="comment" value="$text"/>
      <View visibleWhen="choice-selected" whenTagName="mood" whenChoiceValue="bad">
        <Choices name="why" toName="comment"><Choice value="Rain"/><Choice value="Wind"/></Choices></View>
      <Header value="Mood?"/><Choices name="mood" toName="comment"><Choice value="bad"/></Choices></View>"""
    xml = adjudication_config(configs.text(hidden)).xml
    assert xml.index(f"${ANSWERS}") < xml.index("visibleWhen")
    shown = """<View><Text name="comment" value="$text"/><View><Header value="Mood?"/>
      <Choices name="mood" toName="comment"><Choice value="bad"/></Choices></View></View>"""
    assert shown.index("Mood?") > 0
    xml = adjudication_config(configs.text(shown)).xml
    assert xml.index(f"${ANSWERS}") < xml.index("Mood?")


def test_a_name_that_is_taken_is_not_taken_again() -> None:
    """A config that calls something of its own answers_given still gets a box."""
    text = configs.changed('name="note"', 'name="answers_given"')
    assert 'name="answers_given_2"' in adjudication_config(text).xml


def test_each_question_is_a_line() -> None:
    """What is in dispute comes first; texts are listed of those who wrote, spans with their places."""
    config = read_config(configs.text())
    text = answers_text(
        config,
        TEXT,
        [
            answered(1, mood="bad", why=["rain", "Wind"], note=["wet\nfeet"], stars=3),
            answered(2, mood="good", stars=3, mark=[{"start": 5, "end": 15, "label": "word"}]),
        ],
        {"mood"},
    )
    first, second = ("A", "B") if text.startswith("≠ mood: A Bad") else ("B", "A")
    mine = sorted([(first, "Bad"), (second, "Good")])
    assert text.split("\n")[0] == "≠ mood: " + " | ".join(f"{letter} {words}" for letter, words in mine)
    assert f"{first} Rain, Wind" in text
    assert f"{second} not asked" in text
    assert f"{second} Word “again, and” (5–15)" in text
    assert f"{first} –" in text
    assert f"· note: {first} “wet feet”" in text
    assert "= stars: all 3" in text
    assert "years" not in text


def test_the_order_of_answers_tells_nothing() -> None:
    """Who is A is drawn by lot for each unit, and does not depend on the order of the answers."""
    config = read_config(configs.text())
    people = [answered(number, mood="bad" if number % 2 else "good") for number in range(6)]
    first = answers_text(config, TEXT, people, {"mood"})
    assert first == answers_text(config, TEXT, people[::-1], {"mood"})
    assert first != "≠ mood: A Good | B Bad | C Good | D Bad | E Good | F Bad"
    assert not [one.annotator_id for one in people if one.annotator_id in first]
