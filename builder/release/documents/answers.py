"""What only people know of a dataset: answers.yaml, read with the line of every fault, and its template."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from itertools import groupby

import yaml

from builder.core.errors import DataError
from builder.release.documents.questions import Question, questions

_HEAD = """# Answers to the questions of DATASHEET.md that only people can give; each release carries them on.
# One line a question, its id and the answer: `funding: Nobody.` An answer that is longer, or that holds a colon or
# a #, stands below its id and `|`; or in quotes: `funding: "Nobody: we did it at night."`
#
#     funding: |
#       Two paragraphs of Markdown,
#
#       indented by two spaces.
#
# What is left empty reads "Not answered". Show how far you are: builder datasheet
"""
_ALREADY = {
    "people": "",
    "settings": " (The settings answer this; what you write is added.)",
    "counted": " (This is counted; what you write is added.)",
}


def read_answers(text: str, file: str) -> dict[str, str]:
    """The answers by the ids of their questions, those left empty passed over.

    Every value is taken as the text that it is, so that ``No`` is a word. Raises ``DataError`` with the line for
    what is no YAML, an id that no question has, one that is there twice, or an answer that is no text.
    """
    node = _parsed(text, file)
    if node is None or _is_null(node):
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise DataError(f"{file}, line 1: there must be lines such as `funding: Nobody.`")
    answers = dict[str, str]()
    for key, value in node.value:
        name = _known(key, file)
        if name in answers:
            raise DataError(f"{_place(key, file)}: '{name}' is answered twice. Leave one of the answers.")
        answers[name] = _text(value, name, file)
    return {name: answer for name, answer in answers.items() if answer}


def _parsed(text: str, file: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        said = getattr(error, "problem", None) or str(error)
        raise DataError(
            f"{file}{where}: this is no YAML: {said}. An answer that holds a colon or a # stands in quotes "
            '(funding: "Nobody: at night.") or, indented, in lines of its own below the id and a bar (funding: |).'
        ) from error


def _known(key: yaml.Node, file: str) -> str:
    """The id of a question; a close one is offered for one that nobody knows."""
    ids = [question.id for question in questions()]
    name = str(key.value) if isinstance(key, yaml.ScalarNode) else "..."
    if name not in ids:
        close = get_close_matches(name, ids, 1)
        cure = f"Did you mean '{close[0]}'?" if close else "The ids are listed by: builder datasheet --json"
        raise DataError(f"{_place(key, file)}: no question has the id '{name}'. {cure}")
    return name


def _text(value: yaml.Node, name: str, file: str) -> str:
    if not isinstance(value, yaml.ScalarNode):
        raise DataError(
            f"{_place(value, file)}: the answer to '{name}' must be a text. Begin it with `{name}: |`"
        )
    return "" if _is_null(value) else str(value.value).strip()


def _is_null(node: yaml.Node) -> bool:
    return bool(node.tag == "tag:yaml.org,2002:null")


def _place(node: yaml.Node, file: str) -> str:
    return f"{file}, line {node.start_mark.line + 1}"


def answers_template(answers: Mapping[str, str] | None = None) -> str:
    """A whole answers.yaml: every question with what to say, answered where an answer is given."""
    given = answers or {}
    return "\n".join((_HEAD, *(line for question in _chapters() for line in _entry(question, given))))


def _chapters() -> Iterator[Question | str]:
    for chapter, asked in groupby(questions(), lambda question: question.chapter):
        yield chapter
        yield from asked


def _entry(question: Question | str, given: Mapping[str, str]) -> Iterator[str]:
    if isinstance(question, str):
        yield from (f"# {'-' * len(question)}", f"# {question}", f"# {'-' * len(question)}", "")
        return
    yield f"# {question.title}"
    yield f"# Say: {question.say}{_ALREADY[question.who]}"
    answer = given.get(question.id, "")
    if answer:
        yield f"{question.id}: |"
        yield from (f"  {line}".rstrip() for line in answer.splitlines())
    else:
        yield f"{question.id}:"
    yield ""
