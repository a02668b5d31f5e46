"""Which annotations count, and what was asked in them."""

import pyarrow as pa

from builder.labels.sheets import Sheet, chosen, counting, given, sheets
from tests.unit.labels.merged import ASKED, FLAG, KNOWN, SHA256, STARS, TARGET, TONE, merged, said


def the_sheet(tables: dict[str, pa.Table]) -> Sheet:
    """The only sheet of the answers that people gave."""
    (sheet,) = sheets(counting(tables, "human"), tables, KNOWN)
    return sheet


def tones(sheet: Sheet) -> list[tuple[int, int, str]]:
    """Unit, annotator and answer of each answer to the first question."""
    answers = given(sheet, TONE)
    units, people = sheet.unit[answers.entries].tolist(), sheet.annotator[answers.entries].tolist()
    values = [answers.values[value] for value in answers.value]
    return sorted(zip(units, people, values, strict=True))


def test_only_what_people_gave_on_their_own_counts() -> None:
    """What was rejected or skipped, is gold, an adjudication or a suggestion does not count."""
    others = [
        said(1, 1, tone="rude", _status="rejected"),
        said(1, 1, tone="rude", _status="superseded"),
        *(said(1, 1, tone="rude", _origin=origin) for origin in ("gold", "adjudication", "suggestion")),
    ]
    assert tones(the_sheet(merged(said(1, 2, tone="civil"), *others))) == [(0, 0, "civil")]


def test_a_second_showing_does_not_count() -> None:
    """What somebody says when a unit is shown to them again takes nothing from what they said first."""
    again = said(1, 1, tone="rude", _minute=9, _occurrence=1)
    assert tones(the_sheet(merged(said(1, 1, tone="civil"), again))) == [(0, 0, "civil")]


def test_the_latest_answer_counts() -> None:
    """Of several answers of one person to one unit the last that was saved counts, in whatever round."""
    first = said(1, 1, tone="rude", _minute=9, _round="second")
    second = said(1, 1, tone="civil", _minute=5)
    assert tones(the_sheet(merged(first, second, said(1, 2, tone="hate")))) == [
        (0, 0, "rude"),
        (0, 1, "hate"),
    ]


def test_a_round_can_be_looked_at_alone() -> None:
    """With a round named, answers in others are not there."""
    tables = merged(said(1, 1, tone="rude", _round="second"), said(1, 1, tone="civil"))
    (sheet,) = sheets(counting(tables, "human", ["pilot"]), tables, KNOWN)
    assert tones(sheet) == [(0, 0, "civil")]


def test_configs_stay_apart() -> None:
    """Answers under another config are another sheet."""
    other = "6" * 64
    tables = merged(said(1, 1, tone="rude"), said(1, 1, tone="civil", _config=other))
    found = list(sheets(counting(tables, "human"), tables, {SHA256: ASKED, other: ASKED}))
    assert [tones(sheet) for sheet in found] == [[(0, 0, "rude")], [(0, 0, "civil")]]


def test_a_question_is_asked_where_its_condition_holds() -> None:
    """Who found a comment civil was not asked whom it is against; who found it rude and chose nobody was."""
    sheet = the_sheet(
        merged(said(1, 1, tone="civil"), said(1, 2, tone="rude"), said(1, 3, tone="hate", target=["group"]))
    )
    answers = given(sheet, TARGET)
    assert sorted(sheet.annotator[answers.asked].tolist()) == [1, 2]
    assert chosen(answers)[answers.asked].tolist() == [[False, False], [False, True]]


def test_an_answer_to_what_was_not_asked_does_not_count() -> None:
    """What a change of mind left behind is passed over."""
    answers = given(the_sheet(merged(said(1, 1, tone="civil", target=["person"]))), TARGET)
    assert not answers.asked.any()
    assert not len(answers.entries)


def test_an_open_question_is_always_asked() -> None:
    """Nothing chosen of a question without a condition is an answer: none of these."""
    answers = given(
        the_sheet(merged(said(1, 1, tone="civil"), said(1, 2, tone="civil", flag=["broken"]))), FLAG
    )
    assert chosen(answers).tolist() == [[False, False], [False, True]]


def test_numbers_keep_their_values() -> None:
    """The values of a question for a number are the numbers that were given, in their order."""
    answers = given(the_sheet(merged(said(1, 1, stars=4), said(1, 2, stars=2.5), said(2, 1, stars=4))), STARS)
    assert answers.numbers.tolist() == [2.5, 4]
    assert answers.values == ("2.5", "4")
