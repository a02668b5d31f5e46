"""Which releases there are, and whether anything was made since the last of them."""

from pathlib import Path

from builder.core.errors import DataError
from builder.core.settings import Settings
from builder.core.staging import MARK
from builder.core.storage import written_at
from builder.run.corpus.stage import LATER, MISSING, READY, STALE, Stage
from builder.run.labels.label_set_record import label_set_names
from builder.run.releasing.afar import listed_at
from builder.run.releasing.places import CURRENT, Listed

_CURE = "builder release"


def releases_stage(settings: Settings) -> Stage:
    """The releases of a dataset; stale where tables, answers or labels were made since the last of them."""
    home = settings.releases_place
    try:
        known = listed_at(home)
    except DataError as error:
        return Stage("releases", MISSING, settings.releases, (str(error),), "")
    if not known:
        return Stage("releases", LATER, settings.releases, ("no release yet",), _CURE)
    facts = [f"{one.folder}: {one.status}" for one in known if one.status == CURRENT]
    older = len(known) - len(facts)
    facts += [f"{older} before"] if older else []
    if isinstance(home, Path) and any(written_at(made) > _cut(home, known) for made in _made(settings)):
        return Stage(
            "releases", STALE, settings.releases, (*facts, "the dataset was changed since then"), _CURE
        )
    return Stage("releases", READY, settings.releases, tuple(facts), "")


def _cut(home: Path, known: tuple[Listed, ...]) -> float:
    return max(written_at(home / f"{one.folder}.tar") for one in known)


def _made(settings: Settings) -> list[Path]:
    sets = [settings.label_sets_dir / name / MARK for name in label_set_names(settings.label_sets_dir)]
    return [settings.tables_dir / MARK, settings.merged_dir / MARK, *sets]
