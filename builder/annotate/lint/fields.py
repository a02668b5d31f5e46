"""What of a task a config shows: only what its tasks have, and only through tags that show text as text."""

from collections.abc import Iterator

from builder.annotate.lint.finding import Finding, about
from builder.annotate.questionnaire.controls import FIELD
from builder.annotate.questionnaire.markup import Markup, Tag
from builder.annotate.questionnaire.questions import UnitType
from builder.annotate.tasks import SHOWN

_TEXT = "$text"


def field_findings(
    markup: Markup, unit_type: UnitType | None, file: str, more: tuple[str, ...] = ()
) -> Iterator[Finding]:
    """Fields that tasks lack or that stand where they may not; ``unit_type`` is None where it is not known.

    ``more`` are fields that tasks have beside those of their unit type.
    """
    has = (*SHOWN[unit_type], *more) if unit_type else None
    for tag in markup.tags:
        for name, value in tag.attributes.items():
            for field in FIELD.findall(value):
                yield from _field(tag, name, field, has, file)
    yield from _texts(markup, file)


def _field(tag: Tag, attribute: str, field: str, has: tuple[str, ...] | None, file: str) -> Iterator[Finding]:
    if tag.name not in {"Text", "Header"} or attribute != "value":
        what = f"{attribute} shows ${field}, but only Text and Header show a text as what it is"
        yield about(tag, file, what, "Show it by <Text> or <Header>")
    elif has is not None and field not in has:
        listed = ", ".join(f"${each}" for each in has)
        yield about(tag, file, f"a task of this unit type has no ${field}", f"It has: {listed}")


def _texts(markup: Markup, file: str) -> Iterator[Finding]:
    texts = tuple(markup.named("Text"))
    for text in texts:
        if not FIELD.fullmatch(text.get("value")):
            what = "its value is not one field alone, so that offsets would not be those of the text"
            yield about(text, file, what, f'Write value="{_TEXT}", and other words into a Header')
    if not any(text.get("value") == _TEXT for text in texts):
        cure = f'Add <Text name="..." value="{_TEXT}"/>'
        yield Finding(file, 0, "Text", f"{_TEXT}, what is labelled, is not shown", cure)
    marked = {labels.get("toName") for labels in markup.named("Labels")}
    for text in texts:
        if text.get("name") in marked and text.get("value") != _TEXT:
            what = "it is marked with labels, but its text is not the one that is labelled"
            yield about(text, file, what, f"Let Labels point to the Text that shows {_TEXT}")
