"""The questions in the XML of a labelling config: its controls, their options, when they are shown."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from builder.annotate.questionnaire.markup import Markup, Tag
from builder.annotate.questionnaire.questions import Condition, Kind, Option, Question
from builder.core.errors import DataError

CONTROLS: Mapping[str, str] = MappingProxyType(
    {"Choices": "Choice", "Labels": "Label", "TextArea": "", "Number": "", "Rating": ""}
)
"""The tags that ask, each with the tag of its options."""

FIELD = re.compile(r"\$([\w\[\].{}]+)")
"""A reference to an entry of a task's data, as Label Studio reads it."""


def fields_of(markup: Markup) -> tuple[str, ...]:
    """The entries of a task's data that a config shows, each once, in their order."""
    values = (value for tag in markup.tags for value in tag.attributes.values())
    return tuple(dict.fromkeys(field for value in values for field in FIELD.findall(value)))


def values_of(markup: Markup, control: Tag) -> tuple[str, ...]:
    """The values that a control's options are stored as: their aliases, or else their words."""
    options = markup.within(control, CONTROLS[control.name]) if CONTROLS[control.name] else ()
    return tuple(option.get("alias") or option.get("value") for option in options)


def conditions_of(tag: Tag) -> dict[Condition | str, Tag]:
    """The conditions under which a control is shown, its own and those of the views around it.

    Each with the tag that states it; what is no condition on a choice comes as the words that state it.
    """
    stating = [each for each in (*tag.above, tag) if "visibleWhen" in each.attributes]
    return {_condition(each): each for each in stating}


def _condition(tag: Tag) -> Condition | str:
    if tag.get("visibleWhen") != "choice-selected" or not tag.get("whenTagName"):
        return f'visibleWhen="{tag.get("visibleWhen")}" whenTagName="{tag.get("whenTagName")}"'
    chosen = tag.get("whenChoiceValue")
    return Condition(tag.get("whenTagName"), tuple(chosen.split(",")) if chosen else ())


def questions_in(markup: Markup, file: str) -> tuple[Question, ...]:
    """What the tags of a config ask; raises ``DataError`` where that cannot be a question."""
    controls = {tag.get("name"): tag for tag in markup.named(*CONTROLS)}
    asked = tuple(
        _question(markup, tag, _asked_when(markup, tag, controls, file)) for tag in controls.values()
    )
    if not asked or "" in controls or any(not question.about for question in asked):
        raise DataError(
            f"{file}: it asks nothing, or a question has no name or no toName. Run: builder config lint"
        )
    return asked


def _question(markup: Markup, tag: Tag, asked_when: Condition | None) -> Question:
    low, high = (_number(tag.get(bound)) for bound in ("min", "max"))
    if tag.name == "Rating":
        low, high = 1, _number(tag.get("maxRating") or "5")
    return Question(
        name=tag.get("name"),
        kind=_kind(tag),
        about=tag.get("toName"),
        options=tuple(_options(markup, tag)),
        required=tag.get("required") == "true",
        asked_when=asked_when,
        minimum=low,
        maximum=high,
        whole=tag.name == "Rating",
    )


def _kind(tag: Tag) -> Kind:
    if tag.name == "Choices":
        return "choices" if tag.get("choice") == "multiple" else "choice"
    kinds: dict[str, Kind] = {"Labels": "spans", "TextArea": "text"}
    return kinds.get(tag.name, "number")


def _options(markup: Markup, control: Tag) -> Iterator[Option]:
    if CONTROLS[control.name]:
        for tag in markup.within(control, CONTROLS[control.name]):
            words = tag.get("value")
            yield Option(tag.get("alias") or words, words, tag.get("hint"), tag.get("hotkey"))


def _asked_when(markup: Markup, tag: Tag, controls: Mapping[str, Tag], file: str) -> Condition | None:
    stated = conditions_of(tag)
    odd = [each for each in stated if isinstance(each, str) or each.question not in controls]
    if odd or len(stated) > 1:
        place = f"{file}, line {tag.line}: {tag.name} '{tag.get('name')}'"
        said = "is shown under conditions that differ, or that are not about another question's options"
        raise DataError(f"{place} {said}. Give it and the views around it one condition.")
    only = next(iter(stated), None)
    if only is None or isinstance(only, str):
        return None
    return replace(only, options=only.options or values_of(markup, controls[only.question]))


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
