"""Names, and what points to them; options and the values that they are stored as."""

import re
from collections import Counter
from collections.abc import Iterator

from builder.annotate.lint.finding import Finding, about
from builder.annotate.questionnaire.controls import CONTROLS, values_of
from builder.annotate.questionnaire.markup import Markup, Tag

_NAME = re.compile("[a-z][a-z0-9_]*")


def name_findings(markup: Markup, file: str) -> Iterator[Finding]:
    """Names that are missing, twice there or no names, and a ``toName`` that leads to no Text."""
    named = list(markup.named("Text", *CONTROLS))
    counted = Counter(tag.get("name") for tag in named)
    texts = {tag.get("name") for tag in markup.named("Text")}
    if not any(markup.named(*CONTROLS)):
        yield Finding(file, 0, "View", "nothing is asked", f"Add one of: {', '.join(CONTROLS)}")
    for tag in named:
        name = tag.get("name")
        if not _NAME.fullmatch(name):
            yield about(tag, file, f'name="{name}" is no name', "Use a to z, 0 to 9 and _, a letter first")
        elif counted[name] > 1:
            yield about(tag, file, "the name is used twice", "Give each tag a name of its own")
        if tag.name in CONTROLS and tag.get("toName") not in texts:
            what = f'toName="{tag.get("toName")}" leads to no Text'
            yield about(tag, file, what, f"Name one of: {', '.join(sorted(texts)) or 'none is there'}")


def option_findings(markup: Markup, file: str) -> Iterator[Finding]:
    """Options outside a question, questions without options, and values that cannot be told apart."""
    for control, option in CONTROLS.items():
        for tag in markup.named(option) if option else ():
            if not any(around.name == control for around in tag.above):
                yield about(tag, file, f"it stands in no {control}", f"Put it into <{control}>")
        for tag in markup.named(control) if option else ():
            yield from _options(markup, tag, file)


def _options(markup: Markup, control: Tag, file: str) -> Iterator[Finding]:
    options = markup.within(control, CONTROLS[control.name])
    if not options:
        cure = f"Add a {CONTROLS[control.name]}"
        yield about(control, file, "it has no options", cure)
    counted = Counter(values_of(markup, control)) + Counter(
        option.get("value") for option in options if option.get("alias") not in {"", option.get("value")}
    )
    for option in options:
        value = option.get("alias") or option.get("value")
        if not value.strip() or not option.get("value").strip():
            yield about(option, file, "it has no words", 'Give it value="..."')
        elif "," in value:
            cure = 'Give it alias="..." without a comma'
            yield about(
                option, file, "its value has a comma, at which Label Studio cuts whenChoiceValue", cure
            )
        elif counted[value] > 1 or counted[option.get("value")] > 1:
            what = f"another option of {control.get('name')} has the same value, alias or words"
            yield about(option, file, what, "Give each option an alias and words of its own")
