"""Which names are taken out of a thread's texts, and which may only be listed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from builder.release.privacy.edits import Edit
from builder.release.privacy.masks.find import masks
from builder.release.privacy.names import Words, may_stand, occurrences
from builder.release.privacy.reviewed import REPLACE, Reviewed
from builder.release.privacy.threads import Thread

LETTERS = 5
NAME = "name"
HANDLE = "handle"

Decision = Literal["strong", "replace", "keep", "open"]
"""What becomes of a name: taken out and never accepted; taken out; left by a reviewed verdict; not decided."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What is known when a name is decided on: the ordinary words of the corpus, and the reviewed verdicts."""

    ordinary: frozenset[str]
    reviewed: Reviewed

    def decide(self, words: Words, article: str) -> Decision:
        """What becomes of a name in an article.

        A name of two words or more, or of five letters or more that are no ordinary word, is taken out always;
        other names as the reviewed file says; short ones that it does not name are taken out, ordinary words listed.
        """
        letters = sum(one.isalpha() for one in words[0])
        if len(words) > 1 or (letters >= LETTERS and words[0] not in self.ordinary):
            return "strong"
        verdict = self.reviewed.verdict(words[0], article)
        if verdict is not None:
            return "replace" if verdict == REPLACE else "keep"
        return "open" if words[0] in self.ordinary else "replace"


def hits(thread: Thread, names: Iterable[Words]) -> Iterator[Words]:
    """The names that stand in a thread's texts."""
    for words in names:
        if may_stand(words, thread.folded) and any(True for _ in occurrences(words, thread.folded)):
            yield words


def edits(
    thread: Thread, names: Mapping[Words, int], standing: Iterable[Words], rule: Rule
) -> Iterator[Edit]:
    """What is replaced in a thread: names ``standing`` in it that go, and all that is masked, in folded places."""
    for words in standing:
        if rule.decide(words, thread.article_id) in {"strong", "replace"}:
            instead = commenter(names[words])
            for start, end in occurrences(words, thread.folded):
                yield Edit(start, end, instead, NAME)
    for mask in masks(thread.folded):
        yield _called(mask, thread.folded, names) if mask.kind == HANDLE else mask


def commenter(number: int) -> str:
    """What stands for a commenter's name in a text: the number by first comment that annotators see, too."""
    return f"[COMMENTER {number}]"


def _called(mask: Edit, folded: str, names: Mapping[Words, int]) -> Edit:
    """A handle that is the name of a commenter without its spaces is that commenter."""
    called = _bare(folded[mask.start : mask.end])
    for words, number in names.items():
        if called == _bare("".join(words)):
            return Edit(mask.start, mask.end, commenter(number), NAME)
    return mask


def _bare(text: str) -> str:
    return "".join(one for one in text if one.isalnum())
