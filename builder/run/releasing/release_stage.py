"""Which releases there are, and whether anything was made since the last one of each tier."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from builder.core.errors import DataError
from builder.core.places import Place
from builder.core.settings import Settings
from builder.core.storage import written_at
from builder.release.version import Version
from builder.run.corpus.stage import LATER, MISSING, READY, STALE, Stage
from builder.run.releasing.afar import listed_at
from builder.run.releasing.made_of import PARTS, changed_at, made_of
from builder.run.releasing.places import HOLDING, Listed

_CURE = "builder release"


def releases_stage(settings: Settings) -> Stage:
    """The releases of a dataset; stale where tables, answers, labels or withdrawals are others than the last has.

    Each tier is judged by itself, since each has releases of its own.
    """
    home = settings.releases_place
    try:
        known = listed_at(home)
    except DataError as error:
        return Stage("releases", MISSING, settings.releases, (str(error),), "")
    if not known:
        return Stage("releases", LATER, settings.releases, ("no release yet",), _CURE)
    last = latest(known)
    stale = {one.folder: said for one in last if (said := ", ".join(_changes(settings, home, one)))}
    facts = [_said(one, stale.get(one.folder, "")) for one in last]
    facts += [f"{len(known) - len(last)} before"] if len(known) > len(last) else []
    todo = " && ".join(_cut_again(one) for one in last if one.folder in stale)
    changes = tuple(f"{folder}: {said} since then" for folder, said in stale.items())
    return Stage("releases", STALE if stale else READY, settings.releases, tuple(facts), todo, changes)


def latest(known: Sequence[Listed]) -> tuple[Listed, ...]:
    """The last release of each tier, in the order in which the tiers came to be."""
    ordered = sorted(known, key=lambda one: Version.parse(one.version))
    last = {one.line: one for one in ordered}
    return tuple(last[line] for line in dict.fromkeys(one.line for one in known))


def _said(one: Listed, changes: str) -> str:
    said = f"{one.folder}: latest of tier {one.tier}"
    held = ", holds what was withdrawn" if one.status == HOLDING else ""
    return f"{said}{held}{f'; {changes} since then' if changes else ''}"


def _cut_again(one: Listed) -> str:
    return _CURE if one.tier == "research" else f"{_CURE} --tier {one.tier}"


def _changes(settings: Settings, home: Place, one: Listed) -> Iterator[str]:
    """What has happened since a release was cut.

    What was written before it is not looked at; of what was written after it the content counts, where that of the
    release is known.
    """
    later = list(PARTS)
    if isinstance(home, Path):
        cut = written_at(home / f"{one.folder}.tar")
        later = [part for part, time in changed_at(settings).items() if time > cut]
    now = made_of(settings, later)
    yield from (PARTS[part] for part in later if now[part] != one.made_of.get(part))
