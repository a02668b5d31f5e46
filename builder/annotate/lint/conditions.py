"""When questions are asked: conditions that lead somewhere, agree, and are kept on the way to the server."""

from collections.abc import Iterator, Mapping

from builder.annotate.lint.finding import Finding, about
from builder.annotate.questionnaire.controls import CONTROLS, conditions_of, values_of
from builder.annotate.questionnaire.markup import Markup, Tag
from builder.annotate.questionnaire.questions import Condition

_CAN_HIDE = ("Choices", "TextArea")
_WHEN = ("whenTagName", "whenChoiceValue")


def condition_findings(markup: Markup, file: str) -> Iterator[Finding]:
    """Conditions on what is not there, that differ on the way in, go in a circle, or are lost."""
    choices = {tag.get("name"): tag for tag in markup.named("Choices")}
    for tag in markup.tags:
        if "visibleWhen" in tag.attributes:
            yield from _stated(markup, tag, choices, file)
        elif any(name in tag.attributes for name in _WHEN):
            cure = 'Add visibleWhen="choice-selected"'
            yield about(tag, file, "it says when, but without visibleWhen nothing comes of it", cure)
    for control in markup.named(*CONTROLS):
        yield from _asked(control, choices, file)


def _stated(markup: Markup, tag: Tag, choices: Mapping[str, Tag], file: str) -> Iterator[Finding]:
    if tag.get("visibleWhen") != "choice-selected":
        what = f'visibleWhen="{tag.get("visibleWhen")}" cannot be checked afterwards'
        yield about(tag, file, what, 'Use visibleWhen="choice-selected"')
    decides = choices.get(tag.get("whenTagName"))
    if decides is None:
        what = f'whenTagName="{tag.get("whenTagName")}" leads to no Choices'
        yield about(tag, file, what, f"Name one of: {', '.join(choices) or 'none is there'}")
        return
    known = values_of(markup, decides)
    for value in tag.get("whenChoiceValue").split(",") if tag.get("whenChoiceValue") else ():
        if value not in known:
            what = f"'{value}' is no option of {decides.get('name')} (aliases count, blanks too)"
            yield about(tag, file, what, f"Use of: {','.join(known)}")


def _asked(control: Tag, choices: Mapping[str, Tag], file: str) -> Iterator[Finding]:
    stated = conditions_of(control)
    if len(stated) > 1:
        yield about(control, file, "it and the views around it state different conditions", "State one")
    if stated and control.name not in _CAN_HIDE:
        what = f"Label Studio sends the answer of a hidden {control.name} along"
        yield about(control, file, what, "Ask it always, or ask by Choices or TextArea")
    if control.get("name") in _decided_by(control, choices):
        yield about(control, file, "whether it is asked depends on its own answer", "Break the circle")


def _decided_by(control: Tag, choices: Mapping[str, Tag]) -> set[str]:
    """The names of the questions whose answers decide, directly or not, whether a control is asked."""
    found, todo = set[str](), [control]
    while todo:
        for each in conditions_of(todo.pop()):
            name = each.question if isinstance(each, Condition) else ""
            if name in choices and name not in found:
                found.add(name)
                todo.append(choices[name])
    return found
