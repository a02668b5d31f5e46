"""A config is read from its files; what is wrong with them names the file, the line and the cure."""

from dataclasses import replace
from pathlib import Path

import pytest

from builder.annotate.questionnaire.config import (
    config_texts,
    find_config,
    questions_of,
    read_config,
    xml_sha256,
)
from builder.annotate.questionnaire.questions import Condition, Option
from builder.core.errors import DataError, UsageError
from tests.unit.annotate.configs import MARKDOWN, TOML, XML, changed, text

CONFIG = read_config(text())


def test_a_config_is_read_whole() -> None:
    """Title, unit type, fields, instructions and hash come from the three files."""
    assert (CONFIG.title, CONFIG.unit_type, CONFIG.fields) == ("Moods", "comment", ("author_label", "text"))
    assert (CONFIG.xml, CONFIG.sha256, CONFIG.instructions) == (XML, xml_sha256(XML), MARKDOWN)


def test_each_control_is_a_question() -> None:
    """Choices of one or several, marks, text, ratings and numbers become questions with their bounds."""
    kinds = {each.name: (each.kind, each.minimum, each.maximum, each.whole) for each in CONFIG.questions}
    assert kinds == {
        "mood": ("choice", None, None, False),
        "why": ("choices", None, None, False),
        "note": ("text", None, None, False),
        "mark": ("spans", None, None, False),
        "stars": ("number", 1, 4, True),
        "years": ("number", 0, 120.5, False),
    }


def test_an_option_is_stored_as_its_alias() -> None:
    """The alias is the value, the words where there is none; hints and keys are kept."""
    mood, why, *_ = CONFIG.questions
    assert mood.options == (Option("good", "Good", "All is well.", "1"), Option("bad", "Bad", "", "2"))
    assert why.values == ("rain", "Wind")


def test_a_view_hides_what_is_in_it() -> None:
    """The condition of a view around it is that of a question, and one alike on the question changes nothing."""
    condition = Condition("mood", ("bad",))
    assert [each.asked_when for each in CONFIG.questions] == [None, condition, condition, None, None, None]
    again = 'visibleWhen="choice-selected" whenTagName="mood" whenChoiceValue="bad" name="why"'
    assert read_config(changed('name="why"', again)).questions == CONFIG.questions


def test_without_values_any_answer_counts() -> None:
    """A condition that names no value holds for each option."""
    (_, why, *_) = read_config(changed(' whenChoiceValue="bad"', "")).questions
    assert why.asked_when == Condition("mood", ("good", "bad"))


def test_conditions_must_agree() -> None:
    """Where question and view state different conditions, the message names the line."""
    other = 'visibleWhen="choice-selected" whenTagName="mood" whenChoiceValue="good" name="why"'
    with pytest.raises(DataError, match=r"configs/mood\.xml, line 10: .*'why'.* conditions that differ"):
        read_config(changed('name="why"', other))


def test_the_xml_alone_tells_the_questions() -> None:
    """Without TOML the questions are the same but for their scales and descriptions."""
    plain = [replace(each, scale="nominal", description="") for each in CONFIG.questions]
    assert list(questions_of(XML)) == plain


def test_scales_and_words_come_from_the_toml() -> None:
    """The TOML gives each question its scale and its words in the codebook."""
    assert [each.scale for each in CONFIG.questions] == [
        *("ordinal", "nominal", "nominal", "nominal"),
        *("ordinal", "interval"),
    ]
    assert CONFIG.questions[0].description == "The mood."


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        ("<View>\n<Text</View>", r"line 2: this is no well-formed XML: .*\. Mend it there"),
        ("<!DOCTYPE View [<!ENTITY a 'b'>]><View>&a;</View>", "Take the declaration out"),
        ("<View/>", "it asks nothing"),
        ('<View><Choices name="a"/></View>', "no toName"),
    ],
)
def test_a_broken_xml_is_told(xml: str, said: str) -> None:
    """What is no XML, declares entities or asks nothing is refused in words with a cure."""
    with pytest.raises(DataError, match=rf"(?s)^old\.xml.*{said}"):
        questions_of(xml, "old.xml")


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("title = ", "is no valid TOML"),
        ("", 'wanted are title = "..." and unit_type = one of "comment", "article", "capture"'),
        (TOML.replace('"comment"', '"page"'), "unit_type = one of"),
        (TOML.replace('"ordinal"', '"big"'), 'scale = one of "nominal", "ordinal", "interval"'),
        (TOML.replace("description", "words"), "each question is declared by"),
    ],
)
def test_a_broken_toml_is_told(toml: str, said: str) -> None:
    """What is no TOML, or lacks or misspells what is needed, is refused with what is wanted."""
    with pytest.raises(DataError, match=rf"^configs/mood\.toml.*{said}"):
        read_config(text(toml=toml))


def test_a_dataset_has_its_own_configs(tmp_path: Path) -> None:
    """The configs in the dataset's folder are used, and those of the package only where it has none."""
    assert "comment_hostility" in config_texts(tmp_path)
    (tmp_path / "annotation_configs").mkdir()
    for ending, content in (("xml", XML), ("toml", TOML), ("md", MARKDOWN)):
        (tmp_path / f"annotation_configs/mood.{ending}").write_text(content, encoding="utf-8", newline="\r\n")
    assert find_config(tmp_path, "mood") == CONFIG
    with pytest.raises(UsageError, match=r"no labelling config 'comment_hostility'\. There are: mood"):
        find_config(tmp_path, "comment_hostility")


def test_a_config_in_another_encoding_is_told(tmp_path: Path) -> None:
    """A file that is no UTF-8 is named, with the cure."""
    (tmp_path / "annotation_configs").mkdir()
    (tmp_path / "annotation_configs/mood.xml").write_bytes(b"<View>\xff</View>")
    with pytest.raises(DataError, match=r"annotation_configs/mood.xml is no UTF-8.* Save it as UTF-8"):
        config_texts(tmp_path)


def test_line_ends_do_not_change_the_hash() -> None:
    """The hash of a config is the same whatever its line ends."""
    assert xml_sha256(XML) == xml_sha256(XML.replace("\n", "\r\n")) == xml_sha256(XML.replace("\n", "\r"))
    assert xml_sha256(XML) != xml_sha256(XML.replace("Good", "Fine"))
