"""Whether a commenter's name still stands in a text that would leave: a look of its own, word by word."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from builder.release.privacy.decide import Rule
from builder.release.privacy.edits import Edited
from builder.release.privacy.fold import fold, words_of
from builder.release.privacy.names import Words, may_stand
from builder.release.privacy.threads import Cell, Thread

_AROUND = 30


@dataclass(frozen=True, slots=True)
class Standing:
    """A name that stands in a text: where (table, column, row), in which thread, the name, and the words around it."""

    cell: Cell
    article_id: str
    name: str
    context: str

    def __str__(self) -> str:
        table, column, row = self.cell
        return f"{self.article_id}, {table}.{column}, row {row}: {self.name!r} in {self.context!r}"


def scan(
    thread: Thread, changed: Mapping[int, Edited], names: Iterable[Words], rule: Rule
) -> Iterator[tuple[bool, Standing]]:
    """The names that stand in a thread's texts as they would leave, each with whether nobody may accept it.

    What was put into a text is not looked at. Names that a reviewed verdict lets stand are left out.
    """
    kept = [
        (number, fold(changed[number].untouched()).text if number in changed else folded.text)
        for number, folded in enumerate(thread.folds)
    ]
    whole = "\0".join([text for _, text in kept])
    suspects = [words for words in names if may_stand(words, whole)]
    for number, text in kept if suspects else ():
        lines = [f" {' '.join(words_of(part))} " for part in text.split("\0")]
        for words in suspects:
            name = " ".join(words)
            line = next((line for line in lines if f" {name} " in line), None)
            decision = rule.decide(words, thread.article_id) if line else "keep"
            if line and decision != "keep":
                standing = Standing(thread.cells[number], thread.article_id, name, _around(line, name))
                yield decision != "open", standing


def _around(line: str, name: str) -> str:
    at = line.index(f" {name} ") + 1
    return line[max(0, at - _AROUND) : at + len(name) + _AROUND].strip()
