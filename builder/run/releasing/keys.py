"""The key that pseudonyms in releases are made with: one file a dataset, outside its tree, for its owner alone."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from builder.core.errors import DataError, UsageError
from builder.core.private import copy_private, open_to_others, private_folder, replace_private
from builder.core.settings import Settings
from builder.core.storage import read_json
from builder.release.privacy.keyed import key_id

_APP = "newsthreads"
_BYTES = 32
_CURE = "Put back your copy of it. Without it the next release needs a key of its own: builder key rotate"
_ABOUT = (
    "The key that pseudonyms in releases of this dataset are made with. Private: whoever has it can find the people "
    "behind them. Keep a copy in a safe place, and never in the dataset's folder."
)


@dataclass(frozen=True, slots=True)
class Key:
    """A key: its 32 random bytes, the id that releases tell, the day it was made (UTC), and its file."""

    secret: bytes = field(repr=False)
    key_id: str
    made_on: str
    file: Path


def key_file(settings: Settings, given: Path | None = None) -> Path:
    """Where a dataset's key is: as given, as the settings say, or in the user's data under the dataset's name.

    Raises ``UsageError`` for a place in the dataset's tree, or where the dataset has no name to go by.
    """
    file = given or (settings.root / Path(settings.key).expanduser() if settings.key else _usual(settings))
    tree = _tree(settings.root.resolve())
    written = Path(os.path.normpath(file.absolute()))
    inside = next((one for one in (written, file.resolve()) if _lies_in(one, tree)), None)
    if inside is not None:
        raise UsageError(
            f"{inside} lies in {tree}, and what lies there is published sooner or later. Keep the key elsewhere: "
            'builder key new --file FILE, then key = "FILE" in [tool.builder]'
        )
    return file


def read_key(settings: Settings, file: Path | None = None) -> Key:
    """The key of a dataset.

    Raises ``UsageError`` where there is none or others may read it, ``DataError`` where it is damaged.
    """
    place = key_file(settings, file)
    if not place.is_file():
        raise UsageError(
            f"There is no key at {place}. Make one: builder key new. If there was one, put it back."
        )
    if open_to_others(place):
        raise UsageError(f"Others may read the key at {place}. Take that right from them: chmod 600 {place}")
    value = read_json(place, _CURE)
    try:
        secret = bytes.fromhex(value["key"])
        sound = len(secret) == _BYTES and value["key_id"] == key_id(secret)
        made_on = str(value["made_on"])
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(f"{place} is damaged: {error!r}. {_CURE}") from error
    if not sound:
        raise DataError(f"{place} is damaged: the key is not the one of its id. {_CURE}")
    return Key(secret, value["key_id"], made_on, place)


def new_key(settings: Settings, file: Path | None = None) -> Key:
    """Make the first key of a dataset; raises ``UsageError`` where there is one already."""
    place = key_file(settings, file)
    if place.exists():
        raise UsageError(f"There is a key at {place} already. To change it: builder key rotate")
    return _write(place)


def rotate_key(settings: Settings, file: Path | None = None) -> tuple[Key, Path]:
    """Make a new key in the place of the old one, which is kept beside it; the new key, and where the old one is."""
    old = read_key(settings, file)
    kept = old.file.with_name(f"{old.file.stem}-{old.made_on}-{old.key_id}{old.file.suffix}")
    copy_private(old.file, kept)
    return _write(old.file), kept


def older_keys(key: Key) -> tuple[Path, ...]:
    """The files of the keys that were rotated out, oldest first."""
    return tuple(sorted(key.file.parent.glob(f"{key.file.stem}-????-??-??-????????{key.file.suffix}")))


def _write(file: Path) -> Key:
    secret, made_on = secrets.token_bytes(_BYTES), datetime.now(UTC).date().isoformat()
    name = key_id(secret)
    value: Mapping[str, Any] = {"about": _ABOUT, "key_id": name, "made_on": made_on, "key": secret.hex()}
    if not file.parent.exists():
        private_folder(file.parent)
    replace_private(file, value)
    return Key(secret, name, made_on, file)


def _usual(settings: Settings) -> Path:
    if settings.name == Settings(settings.root).name:
        raise UsageError(
            'The dataset has no name to keep a key under. Give it one: name = "..." in [tool.builder]'
        )
    plain = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in settings.name)
    return user_data_path(_APP, appauthor=False) / "keys" / f"{plain}.json"


def _tree(root: Path) -> Path:
    """The working copy that a dataset lies in, or the dataset's own folder where it lies in none."""
    return next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), root)


def _lies_in(file: Path, tree: Path) -> bool:
    return file.is_relative_to(tree) or any(one.exists() and one.samefile(tree) for one in file.parents)
