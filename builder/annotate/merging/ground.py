"""What the answers to a task are read against: the text that it showed, and what was asked about it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from builder.annotate.merging.asked import asked_of
from builder.annotate.merging.histories import Histories, TaskSeen
from builder.annotate.merging.interpret import Asked
from builder.annotate.merging.places import Corpus, Place, places
from builder.annotate.merging.results import Reason
from builder.annotate.merging.shown import Shown
from builder.core.errors import BuilderError

Origin = Literal["gold", "adjudication"]
"""What the plan of a round knows about the answers to a task."""
_PREFILLED = "capture"
"""Tasks of this unit type come with suggestions on purpose: to leave them as they are is an answer."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What one task, as it was at a pull, proves.

    ``shown`` is what it proves to have shown, if anything, ``place`` the unit of today, ``reasons`` why none of
    its answers can count, ``origin`` what its plan knows; ``prefilled`` tasks are meant to be left as they came.
    """

    shown: Shown | None
    place: Place | None
    asked: Asked | None
    reasons: tuple[Reason, ...]
    origin: Origin | None
    prefilled: bool


class Grounds:
    """The grounds of all tasks."""

    def __init__(self, known: Histories, corpus: Corpus, origins: Mapping[str, Origin]) -> None:
        shown = (seen.shown for _, _, seen in known.tasks.items() if isinstance(seen.shown, Shown))
        self._configs = known.configs
        self._places = places(shown, corpus)
        self._origins = origins
        self._asked: dict[str, Asked | None] = {}
        self._last: tuple[TaskSeen | None, Ground] = None, self._made(None)

    def of(self, task: TaskSeen | None) -> Ground:
        """The ground of a task, or of one that the archive does not know."""
        # The answers to a task lie together in the archive.
        if task is not self._last[0]:
            self._last = task, self._made(task)
        return self._last[1]

    def _made(self, task: TaskSeen | None) -> Ground:
        if task is None or not isinstance(task.shown, Shown):
            why = str(task.shown) if task else "the task is not in the archive"
            return Ground(None, None, None, (Reason("task_unknown", "", why),), None, prefilled=False)
        one = task.shown
        place, asked = self._places.get(one), self._what_was_asked(one.config_sha256)
        reasons = tuple(_unproven(one, place, asked))
        return Ground(
            one, place, asked, reasons, self._origins.get(one.task_key), one.unit_type == _PREFILLED
        )

    def _what_was_asked(self, sha256: str) -> Asked | None:
        """What a config asks; none where nobody has it any more, or can read it."""
        if sha256 not in self._asked:
            xml = self._configs.get(sha256)
            try:
                self._asked[sha256] = None if xml is None else asked_of(xml)
            except BuilderError:
                self._asked[sha256] = None
        return self._asked[sha256]


def _unproven(one: Shown, place: Place | None, asked: Asked | None) -> Iterator[Reason]:
    if place is None:
        what = f"the text of {one.unit_type} {one.unit_id} that was shown"
        yield Reason("text_changed", "", f"{what} is not in the tables any more")
    if asked is None:
        what = f"config {one.config} with the hash {one.config_sha256}"
        yield Reason("config_unknown", "", f"{what} is neither in the archive nor with a round")
