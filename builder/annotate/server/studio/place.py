"""Which studio is a dataset's own: below the user's data, never in the dataset's tree."""

import os
from hashlib import sha256
from itertools import count
from pathlib import Path

from platformdirs import user_data_path

from builder.annotate.server.studio.state import account
from builder.core.errors import DataError
from builder.core.lock import locked
from builder.core.private import private_folder, replace_private
from builder.core.settings import Settings
from builder.core.storage import read_json

_HOME = "BUILDER_STUDIO_HOME"
_NAME = 48  # characters, of up to four bytes, of which a file system takes 255
_APP = "newsthreads"
_PATIENCE = 60.0  # seconds


def studio_folder(settings: Settings) -> Path:
    """The folder of the data of a dataset's studio: the one that it claimed, else one that follows from its place."""
    return _above() / (_claimed(settings) or _by_place(settings))


def claim_studio(settings: Settings) -> tuple[Path, Path | None]:
    """See to it that a dataset has a studio of its own; its folder, and that of another which lay in the way.

    The claim is kept with the dataset's private files, so that a dataset which is moved finds its studio again.
    Where another dataset lay at the same place before, as an earlier clone does, its studio is left to it: tasks and
    labels of two datasets must not be taken for one another's.
    """
    private_folder(settings.studio_file.parent)
    with locked(settings.studio_file, _PATIENCE):
        folder = studio_folder(settings)
        if _claimed(settings):
            return folder, None
        own = folder if _has_worked(settings) else _first_free(folder)
        replace_private(settings.studio_file, {"folder": own.name})
        return own, None if own == folder else folder


def _above() -> Path:
    home = os.environ.get(_HOME)
    return (Path(home) if home else user_data_path(_APP, appauthor=False) / "studio").absolute()


def _by_place(settings: Settings) -> str:
    mark = sha256(os.fsencode(settings.root.resolve())).hexdigest()[:8]
    plain = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in settings.name[:_NAME])
    return f"{plain}-{mark}"


def _claimed(settings: Settings) -> str:
    """The name of the claimed folder; nothing where none was claimed."""
    file = settings.studio_file
    if not file.exists():
        return ""
    name = read_json(file).get("folder")
    if not isinstance(name, str) or not name or Path(name).name != name:
        raise DataError(
            f'{file} should hold {{"folder": NAME}}. Put back your copy, or remove it: builder studio up.'
        )
    return name


def _has_worked(settings: Settings) -> bool:
    """Whether tasks were made or labels pulled here, so that the studio at this place can only be this dataset's."""
    return settings.rounds_dir.exists() or settings.archive_dir.exists()


def _first_free(folder: Path) -> Path:
    others = (folder.with_name(f"{folder.name}-{number}") for number in count(2))
    return folder if account(folder) is None else next(other for other in others if account(other) is None)
