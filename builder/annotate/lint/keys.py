"""The keys of a screen: each does one thing, and none does what Label Studio does by itself."""

import re
from collections.abc import Iterator

from builder.annotate.lint.finding import Finding, about, place_of
from builder.annotate.lint.vocabulary import TAKEN_KEYS
from builder.annotate.questionnaire.markup import Markup, Tag

_WITH_KEYS = ("Choice", "Label")


def key_findings(markup: Markup, file: str) -> Iterator[Finding]:
    """Keys that are used twice over the whole screen, taken or no keys, and options without one."""
    first: dict[str, Tag] = {}
    for tag in markup.tags:
        key = tag.get("hotkey").lower()
        if key:
            yield from _key(tag, key, first.setdefault(key, tag), file)
        elif tag.name in _WITH_KEYS:
            what = "it has no key, so Label Studio makes one up that no instruction can name"
            yield about(tag, file, what, 'Give it hotkey="..."', "warning")


def _key(tag: Tag, key: str, first: Tag, file: str) -> Iterator[Finding]:
    if key in TAKEN_KEYS:
        yield about(tag, file, f"Label Studio uses the key {key} to {TAKEN_KEYS[key]}", "Choose another")
    elif not re.fullmatch("[a-z0-9]", key):
        what = f"the key {key} is no letter or digit; the others belong to Label Studio or the browser"
        yield about(tag, file, what, "Choose one of a to z and 0 to 9")
    elif first is not tag:
        what = f"the key {key} is that of {place_of(first)} in line {first.line} too"
        yield about(tag, file, what, "Give each option of the screen a key of its own")
