"""The datasheet: every question, who answered it, and facts that follow the data."""

import re

import pytest

from builder.release.documents.datasheet import MADE, NOT_ANSWERED, answered, datasheet, tally
from builder.release.documents.questions import questions
from tests.unit.release.documents.example import RELEASE, example_facts, known

PRIVACY = {"key_id": "0a1b2c3d", "names_replaced": 4, "masked": {"email": 2}, "accepted": 1}
AGREEMENT = {"question": "tone", "option": None, "n_units": 2, "n_double": 2, "n_annotators": 2, "raw": 0.5}


def section(text: str, name: str) -> str:
    """What stands below the question of an id."""
    title = next(question.title for question in questions() if question.id == name)
    return text.split(f"### {title}\n", 1)[1].split("\n#", 1)[0]


def test_every_question_is_a_heading() -> None:
    """All questions stand there in their order, answered or not."""
    found = re.findall(r"^### (.*)$", datasheet(known()), re.MULTILINE)
    assert found == [question.title for question in questions()]


def test_an_open_question_says_so() -> None:
    """What nobody answered reads so, and an answer takes its place and is counted as people's."""
    assert section(datasheet(known()), "funding").strip() == NOT_ANSWERED
    told = known(answers={"funding": "Nobody."})
    assert section(datasheet(told), "funding").strip() == "Nobody."
    assert (answered(known())["funding"], answered(told)["funding"]) == (None, "people")


def test_the_tally_adds_up() -> None:
    """The line above all says how many are answered, and by whom."""
    told = known(answers={"funding": "Nobody.", "counts": "In words."})
    by_whom = list(answered(told).values())
    said = [by_whom.count(who) for who in ("counted", "settings", "people")]
    assert tally(told) == f"answered {sum(said)} of 57 (counted {said[0]}, settings {said[1]}, people 1)"
    assert tally(told) in datasheet(told)


def test_an_answer_is_added_to_what_is_counted() -> None:
    """People may add to a counted answer, which stays."""
    said = section(datasheet(known(answers={"counts": "It is small."})), "counts")
    assert "1 article with 3 comments" in said
    assert said.rstrip().endswith("It is small.")


def test_what_is_counted_stands_between_markers() -> None:
    """Every marker has a partner, and no counted table stands outside."""
    text = datasheet(known())
    assert text.count("<!-- counted:") == text.count("<!-- /counted -->") > 10
    outside = re.sub(r"<!-- counted:.*?<!-- /counted -->", "", text, flags=re.DOTALL)
    assert "\n|" not in outside


def test_one_language_was_nobodys_finding() -> None:
    """Where only one language could come out, the table of languages says so; among two it does not."""
    languages = {"articles": {"en": 1}, "comments": {"en": 3}}
    counted = {**known().counted, "languages": languages}
    said = {
        many: "the one language of the settings"
        in datasheet(known(counted=counted, release={**RELEASE, "languages": ["en", "de"][:many]}))
        for many in (0, 1, 2)
    }
    assert said == {0: False, 1: True, 2: False}


def test_a_number_edited_in_the_facts_shows() -> None:
    """Another count is another datasheet."""
    value, _ = example_facts()
    before = datasheet(known())
    value["counted"]["commenters"]["lost"] += 1
    assert datasheet(known(counted=value["counted"])) != before


@pytest.mark.parametrize(
    ("told", "name", "said"),
    [
        ({"privacy": PRIVACY}, "identification", "| email | 2 |"),
        ({"privacy": PRIVACY}, "identification", "`0a1b2c3d`"),
        (
            {"agreement": [{**AGREEMENT, "alpha": 0.1, "alpha_low": 0.05}]},
            "cautions",
            "may be as low as 0.05",
        ),
        ({"agreement": [{**AGREEMENT, "undefined": "one value only"}]}, "preprocessing", "one value only"),
        ({"label_sets": {"first": {"method": "majority", "rounds": []}}}, "preprocessing", "rounds: all"),
        ({"severe": {"question": "tone", "values": ["rude"]}}, "offensive", "1 rude"),
        (
            {"captures": {"files": 7, "bytes": 70, "sha256": "e" * 64}},
            "acquisition",
            "7 captures of 70 bytes",
        ),
        ({"issues": {"empty": 3}}, "noise", "| `empty` | 3 |"),
        ({"splits": {"by": "article"}}, "splits", "No splits"),
        (
            {"error_rates": {"language": {"head": ["texts", "wrong"], "rows": [[100, 0.02]]}}},
            "noise",
            "| 100 | 0.020 |",
        ),
        (
            {"steps": [{"step": "withdrawals", "rows_in": 5, "rows_out": 4, "dropped": {"wish": 1}}]},
            "preprocessing",
            "| withdrawals | 5 | 4 | 1 wish |",
        ),
    ],
)
def test_what_was_told_is_there(told: dict[str, object], name: str, said: str) -> None:
    """What the tables cannot tell is told below the question that it answers."""
    assert said in section(datasheet(known(told=told)), name)


def test_a_superseded_release_says_so() -> None:
    """A release that was superseded says it above all questions, with what was taken out of the copy."""
    value, _ = example_facts(status="superseded: withdrawal")
    text = datasheet(known(release=value["release"], told={"purged": {"comment": 2}}))
    assert "This release is superseded: withdrawal" in text.split("## Motivation")[0]
    assert "taken out of this copy: 2 comment." in text


def test_only_a_dataset_at_home_is_written_again() -> None:
    """The mark of a file that may be written again is in the datasheet at home, not in that of a release."""
    at_home = {name: said for name, said in RELEASE.items() if name not in {"version", "date", "tier"}}
    assert MADE in datasheet(known(release=at_home, files={}))
    assert MADE not in datasheet(known())


def test_words_from_the_data_cannot_break_out() -> None:
    """A source whose name holds a bar, a tag or a line end stays in its cell."""
    value, _ = example_facts()
    value["counted"]["sources"][0]["source"] = "a|b\n<!-- /counted -->"
    said = section(datasheet(known(counted=value["counted"])), "counts")
    assert "| a\\|b &lt;!-- /counted --> | 1 | 3 |" in said
