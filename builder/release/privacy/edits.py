"""What was replaced in a text, and where everything else went."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of a text, in code points, what takes its place, and of what kind the stretch was."""

    start: int
    end: int
    instead: str
    kind: str


@dataclass(frozen=True, slots=True)
class Edited:
    """A text after its edits (in order, disjoint), and the way of old places to new ones."""

    text: str
    edits: tuple[Edit, ...]

    def move(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the old text is in the new one; a span that cuts into an edit grows to all of it."""
        return self._place(start, at_end=False), self._place(end, at_end=True)

    def untouched(self) -> str:
        """The new text without what was put in, the pieces parted by null characters."""
        ends = [0, *(self.move(edit.start, edit.end)[1] for edit in self.edits)]
        starts = [*(self.move(edit.start, edit.end)[0] for edit in self.edits), len(self.text)]
        return "\0".join(self.text[end:start] for end, start in zip(ends, starts, strict=True))

    def _place(self, at: int, *, at_end: bool) -> int:
        number = bisect_right(self.edits, at - at_end, key=lambda edit: edit.start) - 1
        shift = sum(len(edit.instead) - edit.end + edit.start for edit in self.edits[: max(number, 0)])
        if number < 0:
            return at
        last = self.edits[number]
        if at - at_end < last.end:
            return last.start + shift + (len(last.instead) if at_end else 0)
        return at + shift + len(last.instead) - last.end + last.start


def edited(text: str, edits: Sequence[Edit]) -> Edited:
    """A text with its edits (in order, disjoint) made."""
    ends = (0, *(edit.end for edit in edits))
    kept = [text[end : edit.start] for end, edit in zip(ends, edits, strict=False)]
    parts = [part for edit, before in zip(edits, kept, strict=True) for part in (before, edit.instead)]
    return Edited("".join(parts) + text[ends[-1] :], tuple(edits))


def disjoint(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits in order; those that overlap become one, of the kind of the longest, over all that they cover."""
    made: list[Edit] = []
    longest = 0
    for edit in sorted(edits, key=lambda one: (one.start, -one.end)):
        if not made or edit.start >= made[-1].end:
            made.append(edit)
            longest = edit.end - edit.start
            continue
        last = made[-1]
        kind = edit if edit.end - edit.start > longest else last
        longest = max(longest, edit.end - edit.start)
        made[-1] = Edit(last.start, max(last.end, edit.end), kind.instead, kind.kind)
    return tuple(made)
