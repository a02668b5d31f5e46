"""answers.yaml: words are taken as they are, and every fault names its line."""

from itertools import groupby

import pytest

from builder.core.errors import DataError
from builder.release.documents.answers import answers_template, read_answers
from builder.release.documents.questions import WHO, questions


def test_answers_are_words() -> None:
    """Every answer is the text that was written, and an empty one is none."""
    text = "consent: No\nfunding:\nethics: ~\npurpose: |\n  One.\n\n  Two.\ncollectors: 2031-01-01\n"
    assert read_answers(text, "answers.yaml") == {
        "consent": "No",
        "purpose": "One.\n\nTwo.",
        "collectors": "2031-01-01",
    }


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n"])
def test_no_answers_are_no_error(text: str) -> None:
    """A file that says nothing answers nothing."""
    assert read_answers(text, "answers.yaml") == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "purpose: Yes.\nfundin: Nobody.\n",
            r"line 2: no question has the id 'fundin'\. Did you mean 'funding'",
        ),
        ("sheep: Baa.\n", r"line 1: no question has the id 'sheep'.*datasheet --json"),
        ("funding: A.\nfunding: B.\n", "line 2: 'funding' is answered twice"),
        ("funding:\n  - A\n", "line 2: the answer to 'funding' must be a text"),
        ("- funding\n", "line 1: there must be lines"),
        ("purpose: Yes.\nfunding: [\n", "line 3: this is no YAML"),
        ("? [a]\n: b\n", "line 1: no question has the id"),
    ],
)
def test_a_fault_names_its_line(text: str, said: str) -> None:
    """What cannot be used is told with file, line and cure."""
    with pytest.raises(DataError, match=f"^answers.yaml, {said}"):
        read_answers(text, "answers.yaml")


def test_an_answer_with_a_colon_is_explained() -> None:
    """Where a colon makes an answer no YAML, the fault and the head of the template say how to write it."""
    with pytest.raises(
        DataError, match=r'line 1: this is no YAML.*quotes \(funding: "Nobody.*\(funding: \|\)'
    ):
        read_answers("funding: Nobody: we did it at night.\n", "answers.yaml")
    assert read_answers('funding: "Nobody: at night."\n', "answers.yaml") == {"funding": "Nobody: at night."}
    assert '# a #, stands below its id and `|`; or in quotes: `funding: "Nobody: ' in answers_template()


def test_the_template_asks_everything() -> None:
    """The template has every question with what to say, and nothing in it counts as an answer."""
    template = answers_template()
    assert read_answers(template, "answers.yaml") == {}
    for question in questions():
        assert f"# {question.title}\n# Say: {question.say}" in template
        assert f"\n{question.id}:\n" in template


def test_a_template_keeps_answers() -> None:
    """Answers that are put into a template are read from it as they were."""
    given = {"funding": "Nobody.", "purpose": 'One: "two".\n\n- a\n- b'}
    assert read_answers(answers_template(given), "answers.yaml") == given


def test_questions_are_sound() -> None:
    """All 57 questions have an id of their own, somebody who answers, and chapters in one piece."""
    asked = questions()
    assert len({question.id for question in asked}) == len(asked) == 57
    assert {question.who for question in asked} == set(WHO)
    assert all(question.shown for question in asked if question.who != "people")
    assert [chapter for chapter, _ in groupby(asked, lambda question: question.chapter)] == [
        "Motivation",
        "Composition",
        "Collection process",
        "Preprocessing, cleaning, labeling",
        "Uses",
        "Distribution",
        "Maintenance",
    ]
