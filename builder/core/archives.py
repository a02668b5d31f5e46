"""Folders kept as one compressed file that only this user may read, and brought back from it."""

import os
import sqlite3
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path, PurePosixPath

from builder.core.errors import DataError
from builder.core.private import private_folder
from builder.core.storage import writing


def copy_database(source: Path, file: Path) -> None:
    """Copy an SQLite database that may be in use, as it is at one instant."""
    with writing(file), closing(sqlite3.connect(source)) as used, closing(sqlite3.connect(file)) as copy:
        used.backup(copy)


def pack(file: Path, members: Mapping[str, Path]) -> None:
    """Put files under their names into a new .tar.gz; nothing half done is left."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    with writing(file):
        try:
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as opened, tarfile.open(fileobj=opened, mode="w:gz") as packed:
                for name, member in members.items():
                    packed.add(member, name)
            beside.replace(file)
        finally:
            beside.unlink(missing_ok=True)


def unpack(file: Path, folder: Path) -> None:
    """Bring back what ``pack`` put away; ``DataError`` where the file is missing, broken or not of that kind."""
    try:
        with tarfile.open(file, mode="r:gz") as packed:
            for name, content in _contents(packed, file):
                place = folder / name
                private_folder(place.parent)
                place.write_bytes(content)
                place.chmod(0o600)
    except (OSError, EOFError, tarfile.TarError) as error:
        raise DataError(f"{file} cannot be brought back: {error}.") from error


def _contents(packed: tarfile.TarFile, file: Path) -> Iterator[tuple[str, bytes]]:
    for member in packed:
        opened = packed.extractfile(member) if member.isfile() else None
        parts = PurePosixPath(member.name).parts
        if opened is None or ".." in parts or parts[:1] == ("/",):
            raise DataError(f"{file} is no backup: it holds {member.name!r}.")
        yield member.name, opened.read()
