"""A thread as the extractor might as well have left it: other authors lost, other links gone.

What is lost hangs on how a page was made, not on what it says, so a text with gold yields others whose gold is
known too. They teach that gaps alone do not tell where an article ends, or who wrote what.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from builder.learn.threads import Thread

_LINKS_IN_ARTICLE: Final = 0.6  # of the variations lose links inside the article,
_FIRST_AUTHOR: Final = 0.5  # the first comment's author,
_LINKS_IN_COMMENTS: Final = 0.3  # links inside comments
_OTHER_AUTHORS: Final = (0.0, 0.0, 0.3, 0.6)  # and, with one of these chances, each other author.
_PARAGRAPH: Final = 0.05  # of a comment's later paragraphs, where links are lost
_LOST_LINK: Final = 2  # blank lines that a lost paragraph leaves
_LOST_AUTHOR: Final = 1


@dataclass
class _Line:
    """A line of text and the blank lines before it."""

    gap: int
    text: str


def varied(thread: Thread) -> Thread:
    """A variation of a thread; the same for the same thread."""
    draw = random.Random(thread.file)  # noqa: S311 a seed, not a secret
    lines = _lines(thread.text.decode())
    above = bool(thread.gold["headline"]) + bool(thread.gold.get("caption"))
    opening = above + len(thread.gold["paragraphs"])
    if draw.random() < _LINKS_IN_ARTICLE and opening > 2:
        for place in draw.sample(range(1, opening), min(opening - 1, draw.randint(1, 3))):
            lines[place].gap += _LOST_LINK
    kept, comments = _comments(thread.gold["comments"], lines[opening:], draw)
    text = "".join("\n" * line.gap + line.text + "\n" for line in (*lines[:opening], *kept))
    return replace(thread, text=text.encode(), gold={**thread.gold, "comments": comments})


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    gap = 0
    for line in text.split("\n"):
        if line.strip():
            found.append(_Line(gap, line))
        gap = 0 if line.strip() else gap + 1
    return found


def _comments(
    comments: Sequence[Mapping[str, Any]], lines: Sequence[_Line], draw: random.Random
) -> tuple[list[_Line], list[dict[str, Any]]]:
    """The lines that are left of comments, and their gold."""
    first, others = draw.random() < _FIRST_AUTHOR, draw.choice(_OTHER_AUTHORS)
    links = _PARAGRAPH if draw.random() < _LINKS_IN_COMMENTS else 0.0
    coming = iter(lines)
    kept: list[_Line] = []
    gold: list[dict[str, Any]] = []
    for number, comment in enumerate(comments):
        author = next(coming) if comment["author"] else None
        lost = author is not None and (draw.random() < others if number else first)
        body = [next(coming) for _ in filter(None, _paragraphs(comment))]
        for line in body[1:]:
            line.gap += _LOST_LINK * (draw.random() < links)
        if author is not None and lost and body:
            body[0].gap = author.gap + _LOST_AUTHOR
        kept += ([author] if author is not None and not lost else []) + body
        gold.append({**comment, "author": None if lost else comment["author"]})
    return kept, gold


def _paragraphs(comment: Mapping[str, Any]) -> list[str]:
    return comment["body"] if isinstance(comment["body"], list) else [comment["body"]]
