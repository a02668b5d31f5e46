"""What stands in the way of a release: all of it is told at once, before any work is done."""

from collections.abc import Callable, Iterable, Iterator

from builder.core.errors import BuilderError, NotReady
from builder.core.settings import Settings
from builder.release.documents.licences import check_licence
from builder.run.corpus.record import read_record
from builder.run.corpus.stage import MISSING, STALE, Stage
from builder.run.releasing.datasheet import answers_of
from builder.run.releasing.facts import Wanted
from builder.run.releasing.keys import read_key
from builder.run.releasing.reviewing import read_reviewed
from builder.run.releasing.versioning import parsed

_JUDGED = ("tables", "annotations", "labels")


def refuse_obstacles(settings: Settings, wanted: Wanted, stages: Iterable[Stage]) -> None:
    """Raise what stands in the way of a release.

    ``stages`` are those of the dataset, so that nothing is cut of what is out of date; without any, that is passed
    over. One error is raised as it is; several are the details of a ``NotReady``.
    """
    found = [*_missing(settings, wanted), *_stale(stages)]
    if len(found) == 1:
        raise found[0]
    if found:
        lines = tuple(
            line for one in found for line in (f"  - {one}", *(f"    {more}" for more in one.details))
        )
        raise NotReady(f"{len(found)} things stand in the way of a release; nothing was cut.", lines)


def _missing(settings: Settings, wanted: Wanted) -> Iterator[BuilderError]:
    for check in _checks(settings, wanted):
        try:
            check()
        except BuilderError as error:
            yield error


def _checks(settings: Settings, wanted: Wanted) -> Iterator[Callable[[], object]]:
    if wanted.version:
        yield lambda: parsed(wanted.version or "")
    yield lambda: check_licence(settings.licence)
    yield lambda: read_record(settings.tables_dir)
    yield lambda: answers_of(settings)
    if wanted.tier != "private":
        yield lambda: read_key(settings)
        yield lambda: read_reviewed(settings)


def _stale(stages: Iterable[Stage]) -> Iterator[BuilderError]:
    """The stages whose rows are not those of what they are made of; answers that were never merged, too."""
    judged = [one for one in stages if one.name in _JUDGED]
    stale = [one for one in judged if one.state == STALE or (one.state, one.name) == (MISSING, "annotations")]
    for one in stale:
        why = "; ".join(one.changes or one.facts[-1:])
        yield NotReady(
            f"The {one.name} in {one.place} are out of date: {why.rstrip('.')}. Make them anew: "
            f"{one.todo or 'builder status'}. Or cut a release of them as they are: --stale"
        )
