"""Tags, attributes, values and styles that no labelling config may have."""

import re
from collections.abc import Iterator

from builder.annotate.lint.finding import Finding, about, place_of
from builder.annotate.lint.vocabulary import NUMBERS, REFUSED_ATTRIBUTES, REFUSED_TAGS, TAGS, VALUES
from builder.annotate.questionnaire.markup import Markup, Tag, Words

# What loads something in a style sheet, however it is spelt: a backslash may hide any letter.
_LOADS = re.compile(r"url|@import|image-set|image\(|src\s*\(|expression|//|\\", re.IGNORECASE)


def tag_findings(markup: Markup, file: str) -> Iterator[Finding]:
    """What is unknown or refused among tags, attributes and their values, and text where none belongs."""
    for tag in markup.tags:
        if tag.name in TAGS:
            yield from _attributes(tag, file)
        else:
            yield _unknown_tag(tag, file)
    for words in markup.words:
        yield from _words(words, file)


def _unknown_tag(tag: Tag, file: str) -> Finding:
    if tag.name in REFUSED_TAGS:
        return about(tag, file, f"the tag {REFUSED_TAGS[tag.name]}", "Show texts by Text or Header only")
    meant = next((known for known in TAGS if known.lower() == tag.name.lower()), None)
    cure = f"Write {meant}" if meant else f"Use only: {', '.join(TAGS)}"
    return about(tag, file, "no labelling config may have this tag", cure)


def _attributes(tag: Tag, file: str) -> Iterator[Finding]:
    for name, value in tag.attributes.items():
        if name not in TAGS[tag.name]:
            yield _unknown_attribute(tag, file, name)
        elif name in VALUES and value not in VALUES[name]:
            yield about(
                tag, file, f'{name}="{value}" means nothing', f"Use one of: {', '.join(VALUES[name])}"
            )
        elif name in NUMBERS and not re.fullmatch(r"-?\d+(\.\d+)?", value):
            yield about(tag, file, f'{name}="{value}" is no number', "Write one, such as 5")
        elif name == "style" and _LOADS.search(value):
            yield about(
                tag, file, "the style may load an address", "Take out what is not plain layout or colour"
            )


def _unknown_attribute(tag: Tag, file: str, name: str) -> Finding:
    meant = next((known for known in TAGS[tag.name] if known.lower() == name.lower()), None)
    if meant:
        return about(tag, file, f"{name} is no attribute of it", f"Write {meant}")
    if name in REFUSED_ATTRIBUTES:
        return about(tag, file, f"{name} {REFUSED_ATTRIBUTES[name]}", "Take it out")
    known = ", ".join(sorted(TAGS[tag.name])) or "none"
    return about(tag, file, f"{name} is no attribute of it", f"Take it out; it may have: {known}")


def _words(words: Words, file: str) -> Iterator[Finding]:
    around = words.above[-1]
    if around.name != "Style":
        cure = 'Put it into <Header value="..."/>'
        yield Finding(file, words.line, place_of(around), "text stands between the tags", cure)
        return
    if _LOADS.search(words.text):
        cure = "Take out url, @import, addresses and backslashes"
        yield Finding(file, words.line, "Style", "the style sheet may load an address", cure)
    if re.search("[<>&]", words.text):
        what = "Label Studio spoils a style sheet with <, > or & in it"
        yield Finding(file, words.line, "Style", what, "Write selectors without them")
