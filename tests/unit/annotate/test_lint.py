"""The linter finds what Label Studio takes without a word, all of it in one go."""

from pathlib import Path

import pytest

from builder.annotate.lint.check import errors_in, findings_of
from builder.annotate.questionnaire.config import config_texts
from tests.unit.annotate.configs import TOML, XML, changed, text

BAD_PLACES = (
    # What stands in the XML, what it becomes, what is found.
    ("<Rating name", "<Stars name", "no labelling config may have this tag"),
    ("<Rating name", "<rating name", "Write Rating"),
    ('<Header value="$author_label"/>', '<HyperText name="h" value="$text"/>', "shows a task's text as HTML"),
    ('<Header value="$author_label"/>', '<Markdown value="$text"/>', "runs script"),
    (
        '<Header value="$author_label"/>',
        '<Paragraphs name="p" value="$text"/>',
        "another way than code points",
    ),
    ('<Header value="$author_label"/>', '<Image name="i" value="$text"/>', "loads an address"),
    ('<Header value="$author_label"/>', "<View>$text</View>", "text stands between the tags"),
    ('maxRating="4"', 'maxRatings="4"', "maxRatings is no attribute of it"),
    ('maxRating="4"', 'maxrating="4"', "Write maxRating"),
    ('maxRating="4"', 'maxRating="four"', 'maxRating="four" is no number'),
    ('maxRating="4"', 'defaultValue="4"', "before anybody has looked"),
    ('choice="multiple"', 'choice="several"', 'choice="several" means nothing'),
    ('choice="multiple"', 'choice="multiple" perRegion="true"', "asks about single marks"),
    ('choice="multiple"', 'choice="multiple" value="$options"', "takes options or answers from a task"),
    ('alias="rain"', 'alias="rain" html="&lt;b&gt;"', "html shows HTML"),
    ('alias="rain"', 'alias="rain" selected="true"', "before anybody has looked"),
    ('alias="rain"', 'alias="rain" style="background: url(x)"', "may load an address"),
    ('value="$text"', 'value="$text" valueType="url"', "valueType loads an address"),
    ("color: red;", "background: URL(x);", "may load an address"),
    ("color: red;", "background: \\75rl(x);", "may load an address"),
    (".all {", ".all &gt; p {", "spoils a style sheet"),
    ('value="$author_label"', 'value="$author_name"', "has no $author_name"),
    ('value="$author_label"', 'value="of $task_key"', "has no $task_key"),
    ('value="$author_label"', 'value="a" style="color: $text"', "style shows $text"),
    ('hint="All is well."', 'hint="$text"', "only Text and Header"),
    ('name="comment" value="$text"', 'name="comment" value="So: $text"', "not one field alone"),
    (
        'name="comment" value="$text"',
        'name="comment" value="$author_label"',
        "$text, what is labelled, is not shown",
    ),
    (
        '<Text name="comment" value="$text"/>',
        '<Text name="comment" value="$thread_text"/><Text name="b" value="$text"/>',
        "its text is not the one that is labelled",
    ),
    ('name="stars"', 'name="mood"', "the name is used twice"),
    ('name="stars"', 'name="comment"', "the name is used twice"),
    ('name="stars"', 'name="my stars"', "is no name"),
    ('<Rating name="stars"', "<Rating", 'name="" is no name'),
    (
        '<Rating name="stars" toName="comment"',
        '<Rating name="stars" toName="text"',
        'toName="text" leads to no Text',
    ),
    ('<Label value="Word" alias="word" hotkey="3"/>', "", "it has no options"),
    ('<Label value="Word"', '<Choice value="Word"', "it stands in no Choices"),
    ('value="Wind"', 'value="rain"', "the same value, alias or words"),
    ('value="Wind"', 'value="Rain"', "the same value, alias or words"),
    ('value="Wind"', 'value=" "', "it has no words"),
    ('value="Wind"', 'value="Wind, of course"', "has a comma"),
    ('hotkey="q"', 'hotkey="1"', 'the key 1 is that of Choice "good" in line 6 too'),
    ('hotkey="q"', 'hotkey="W"', "the key w is that of"),
    ('hotkey="q"', 'hotkey="u"', "Label Studio uses the key u to unselect a mark"),
    ('hotkey="q"', 'hotkey="ctrl+enter"', "no letter or digit"),
    ('hotkey="q"', 'hotkey="space"', "no letter or digit"),
    ('whenTagName="mood"', 'whenTagName="moood"', 'whenTagName="moood" leads to no Choices'),
    ('whenTagName="mood"', 'whenTagName="mark"', 'whenTagName="mark" leads to no Choices'),
    ('whenTagName="mood"', 'whenTagName="why"', "depends on its own answer"),
    ('whenChoiceValue="bad"', 'whenChoiceValue="Bad"', "'Bad' is no option of mood"),
    ('whenChoiceValue="bad"', 'whenChoiceValue="good, bad"', "' bad' is no option of mood"),
    ('visibleWhen="choice-selected"', 'visibleWhen="region-selected"', "cannot be checked afterwards"),
    ('visibleWhen="choice-selected" ', "", "without visibleWhen nothing comes of it"),
    (
        'name="why"',
        'name="why" visibleWhen="choice-selected" whenTagName="mood" whenChoiceValue="good"',
        "different conditions",
    ),
    (
        '<TextArea name="note"',
        '<Number name="n" toName="comment"/><TextArea name="note"',
        "sends the answer of a hidden Number along",
    ),
)


def said(config: str) -> str:
    """The findings of a changed XML in one text."""
    return "\n".join(map(str, errors_in(findings_of(text(config)))))


@pytest.mark.parametrize(("old", "new", "found"), BAD_PLACES, ids=[place[1] for place in BAD_PLACES])
def test_what_the_server_takes_silently_is_found(old: str, new: str, found: str) -> None:
    """Each thing that hurts later is an error that names what it is."""
    config = changed(old, new)
    errors = errors_in(findings_of(config))
    assert any(found in str(each) for each in errors), errors
    assert all(each.file in {"configs/mood.xml", "configs/mood.toml"} and each.cure for each in errors)


def test_a_sound_config_has_no_findings() -> None:
    """A config in order has neither errors nor warnings."""
    assert findings_of(text()) == ()


def test_the_configs_of_the_repository_are_sound(repository: Path) -> None:
    """Nothing is wrong with any config that comes with the builder."""
    texts = config_texts(repository)
    assert set(texts) >= {"article_framing", "comment_hostility", "segmentation_review"}
    assert [finding for each in texts.values() for finding in findings_of(each)] == []


def test_all_is_found_at_once() -> None:
    """A config with several faults shows them all, in the order of its lines, each with its line."""
    xml = (
        XML.replace('alias="bad"', 'alias="good"')
        .replace('hotkey="w"', 'hotkey="u"')
        .replace("$text", "$txt")
    )
    lines = [finding.line for finding in errors_in(findings_of(text(xml)))]
    assert lines == sorted(lines)
    assert set(lines) >= {4, 6, 7, 9, 12}


def test_a_file_that_cannot_be_read_is_a_finding() -> None:
    """Broken XML and broken TOML are findings with their lines, both at once."""
    found = findings_of(text("<View>\n<Text</View>", "title = "))
    assert [(each.file, each.line) for each in found] == [("configs/mood.toml", 0), ("configs/mood.xml", 2)]
    assert all(each.cure == "Mend it there" for each in found)


def test_a_config_that_asks_nothing_is_refused() -> None:
    """A screen without any question is an error."""
    assert "nothing is asked" in said('<View><Text name="comment" value="$text"/></View>')


@pytest.mark.parametrize(
    ("toml", "found"),
    [
        (TOML.replace("questions.why", "questions.wy"), "line 8: questions.wy: the XML asks no question"),
        (TOML.replace('description = "Why', 'scale = "ordinal"\ndescription = "Why'), "does not fit Choices"),
        (
            TOML.replace('description = "Words', 'scale = "interval"\ndescription = "Words'),
            "does not fit Labels",
        ),
    ],
)
def test_the_toml_names_questions_that_are_there(toml: str, found: str) -> None:
    """An entry for no question, or a scale that does not fit, is an error at its line."""
    assert found in "\n".join(map(str, errors_in(findings_of(text(toml=toml)))))


def test_what_people_will_miss_is_a_warning() -> None:
    """Missing keys, messages, descriptions and instructions are told, but are no errors."""
    xml = XML.replace(' requiredMessage="Press q or w."', "").replace(' hotkey="q"', "")
    found = findings_of(text(xml, TOML.replace('description = "More."', ""), ""))
    assert not errors_in(found)
    told = "\n".join(map(str, found))
    for each in ("does not say how to answer", "it has no key", "no words for it", "no instructions"):
        assert each in told
