"""Replaced stretches of text, and where everything else went."""

from builder.release.privacy.edits import Edit, disjoint, edited

TEXT = "Call Anna at home."
ANNA = Edit(5, 9, "[COMMENTER 1]", "name")


def test_spans_beside_an_edit_move() -> None:
    """What stands before stays, what stands after moves by the difference in length."""
    one = edited(TEXT, [ANNA])
    assert one.text == "Call [COMMENTER 1] at home."
    assert one.text[slice(*one.move(0, 4))] == "Call"
    assert one.text[slice(*one.move(13, 17))] == "home"
    assert one.text[slice(*one.move(9, 13))] == " at "


def test_a_span_that_cuts_an_edit_grows() -> None:
    """A span that begins or ends within a replaced stretch covers all of it."""
    one = edited(TEXT, [ANNA])
    assert one.text[slice(*one.move(6, 8))] == "[COMMENTER 1]"
    assert one.text[slice(*one.move(0, 7))] == "Call [COMMENTER 1]"
    assert one.text[slice(*one.move(8, 12))] == "[COMMENTER 1] at"


def test_overlapping_edits_become_one() -> None:
    """Two stretches that overlap are replaced together, by what the longer one becomes."""
    mail = Edit(0, 16, "[EMAIL]", "email")
    assert disjoint([Edit(12, 20, "[X]", "x"), mail]) == (Edit(0, 20, "[EMAIL]", "email"),)
    assert disjoint([Edit(4, 6, "b", "b"), Edit(0, 4, "a", "a")]) == (
        Edit(0, 4, "a", "a"),
        Edit(4, 6, "b", "b"),
    )


def test_the_rest_is_told_apart_from_what_was_put_in() -> None:
    """The untouched parts of a text are parted by null characters where something was replaced."""
    assert edited(TEXT, [ANNA]).untouched() == "Call \0 at home."
