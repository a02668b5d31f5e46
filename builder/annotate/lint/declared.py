"""What TOML and Markdown say beside the XML: nothing about questions that are not asked, nothing forgotten."""

from collections.abc import Iterator, Mapping, Sequence

from builder.annotate.lint.finding import Finding, about
from builder.annotate.questionnaire.config import ConfigText, Declared
from builder.annotate.questionnaire.controls import CONTROLS
from builder.annotate.questionnaire.markup import Markup, Tag


def declared_findings(markup: Markup, declared: Declared | None, text: ConfigText) -> Iterator[Finding]:
    """Entries that name no question, scales that do not fit, and words that people or tables will miss."""
    controls = {tag.get("name"): tag for tag in markup.named(*CONTROLS)}
    if declared is not None:
        yield from _entries(controls, declared, text)
    for tag in controls.values():
        if tag.get("required") == "true" and not tag.get("requiredMessage"):
            what = "it is required, but does not say how to answer when somebody forgets it"
            yield about(tag, text.file("xml"), what, 'Add requiredMessage="..."', "warning")
    if not text.markdown.strip():
        what, cure = "there are no instructions for annotators", "Write them in Markdown"
        yield Finding(text.file("md"), 0, text.name, what, cure, "warning")


def _entries(controls: Mapping[str, Tag], declared: Declared, text: ConfigText) -> Iterator[Finding]:
    file, lines = text.file("toml"), text.toml.splitlines()
    for name, entry in declared.questions.items():
        tag, line = controls.get(name), _line(lines, name)
        if tag is None:
            cure = f"Name one of: {', '.join(controls) or 'none is there'}"
            yield Finding(file, line, f"questions.{name}", "the XML asks no question of that name", cure)
        elif not _fits(tag, entry.get("scale", "nominal")):
            what = f'scale = "{entry["scale"]}" does not fit {tag.name}'
            cure = (
                "Single choices may be ordinal; numbers and ratings ordinal or interval; all else is nominal"
            )
            yield Finding(file, line, f"questions.{name}", what, cure)
    for name in controls:
        if not declared.questions.get(name, {}).get("description"):
            cure = f'Add [questions.{name}] with description = "..."'
            yield Finding(file, 0, f"questions.{name}", "the codebook has no words for it", cure, "warning")


def _fits(tag: Tag, scale: str) -> bool:
    if tag.name in {"Number", "Rating"}:
        return True
    single = tag.name == "Choices" and tag.get("choice") != "multiple"
    return scale == "nominal" or (scale == "ordinal" and single)


def _line(lines: Sequence[str], name: str) -> int:
    heads = (f"[questions.{name}]", f'[questions."{name}"]')
    return next((number for number, line in enumerate(lines, 1) if line.strip() in heads), 0)
