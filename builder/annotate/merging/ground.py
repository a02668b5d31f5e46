"""What the answers to a task are read against: the text that it showed, and what was asked about it."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from builder.annotate.merging.asked import asked_of
from builder.annotate.merging.histories import Histories, TaskSeen
from builder.annotate.merging.interpret import Asked
from builder.annotate.merging.places import Corpus, Place, Places
from builder.annotate.merging.results import Reason
from builder.annotate.merging.shown import Shown
from builder.annotate.tasks import POOL, Origin
from builder.core.errors import BuilderError

_PREFILLED = "capture"
"""Tasks of this unit type come with suggestions on purpose: to leave them as they are is an answer."""


class Ground(Struct, gc=False):
    """What one task, as it was at a pull, proves: nothing, or the unit that it showed to whom, and what was asked.

    ``unit_id`` and ``text`` are those of today; ``reasons`` say why none of its answers can count; ``origin`` is
    what its plan knows; ``prefilled`` tasks are meant to be left as they came; ``withdrawn`` is the reason
    against all answers where the unit was.
    """

    made_at: str = ""
    task_key: str | None = None
    assignee: str = POOL
    unit_id: str | None = None
    text: str | None = None
    asked: Asked | None = None
    reasons: tuple[Reason, ...] = ()
    origin: Origin | None = None
    prefilled: bool = False
    withdrawn: Reason | None = None


class Grounds:
    """The grounds of all tasks."""

    def __init__(self, known: Histories, corpus: Corpus, origins: Mapping[str, Origin]) -> None:
        shown = (seen.shown for _, _, seen in known.tasks.items() if isinstance(seen.shown, Shown))
        self._configs = known.configs
        self._places = Places(shown, corpus)
        self._origins = origins
        self._asked: dict[str, Asked | None] = {}

    def of(self, task: TaskSeen | None) -> Ground:
        """The ground of a task, or of one that the archive does not know."""
        if task is None:
            return Ground(reasons=(Reason("task_unknown", "", "the task is not in the archive"),))
        if not isinstance(task.shown, Shown):
            return Ground(task.created_at, reasons=(Reason("task_unknown", "", task.shown),))
        one = task.shown
        place, asked = self._places.of(one), self._what_was_asked(one.config_sha256)
        return Ground(
            task.created_at,
            one.task_key,
            one.assignee,
            place.unit_id if place else None,
            place.text if place else None,
            asked,
            () if place and asked else tuple(_unproven(one, place, asked)),
            self._origins.get(one.task_key),
            one.unit_type == _PREFILLED,
            Reason("withdrawn", "", f"{one.unit_type} {one.unit_id} was withdrawn")
            if one.withdrawn
            else None,
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
