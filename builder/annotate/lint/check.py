"""All findings about a labelling config, collected in one go."""

import re

from builder.annotate.lint.conditions import condition_findings
from builder.annotate.lint.declared import declared_findings
from builder.annotate.lint.fields import field_findings
from builder.annotate.lint.finding import Finding
from builder.annotate.lint.keys import key_findings
from builder.annotate.lint.names import name_findings, option_findings
from builder.annotate.lint.tags import tag_findings
from builder.annotate.questionnaire.config import ConfigText, Declared, read_config, read_declared
from builder.annotate.questionnaire.markup import Markup, read_markup
from builder.core.errors import DataError


def findings_of(text: ConfigText, more: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    """All that is wrong with a config, sorted by file and line; a config without errors can be read.

    ``more`` are fields that its tasks have beside those of their unit type.
    """
    declared, found = _declared(text)
    try:
        markup = read_markup(text.xml, text.file("xml"))
    except DataError as error:
        return (*found, _unread(text.file("xml"), error))
    found += _in_markup(markup, declared, text, more)
    if not errors_in(found):
        found += _unreadable(text)
    return tuple(sorted(set(found)))


def errors_in(found: list[Finding] | tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings for which a config is refused."""
    return tuple(each for each in found if each.severity == "error")


def _in_markup(
    markup: Markup, declared: Declared | None, text: ConfigText, more: tuple[str, ...]
) -> list[Finding]:
    file = text.file("xml")
    return [
        *tag_findings(markup, file),
        *field_findings(markup, declared.unit_type if declared else None, file, more),
        *name_findings(markup, file),
        *option_findings(markup, file),
        *key_findings(markup, file),
        *condition_findings(markup, file),
        *declared_findings(markup, declared, text),
    ]


def _declared(text: ConfigText) -> tuple[Declared | None, list[Finding]]:
    try:
        return read_declared(text), []
    except DataError as error:
        return None, [_unread(text.file("toml"), error)]


def _unreadable(text: ConfigText) -> list[Finding]:
    """Whatever else keeps a config from being read: nothing, as far as anybody knows."""
    try:
        read_config(text)
    except DataError as error:
        return [_unread(text.file("xml"), error)]
    return []


def _unread(file: str, error: DataError) -> Finding:
    said = str(error).removeprefix(file).lstrip(",: ").rstrip(".")
    line = re.match(r"line (\d+): ", said)
    what, _, cure = said.removeprefix(line.group() if line else "").rpartition(". ")
    return Finding(
        file, int(line.group(1)) if line else 0, "file", what or cure, cure if what else "Mend it there"
    )
