"""Tars whose bytes depend on the files in them alone: no owner, no clock, nothing compressed."""

import io
import os
import tarfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

from builder.core.storage import files_below, writing

_MODE = 0o644
_MODE_FOLDER = 0o755


def write_tar(file: Path, folder: Path, top: str, day: date) -> None:
    """Pack the files below a folder into a new tar, under ``top``, sorted by path, all as old as that day.

    What is in a release is compressed already, and what a compressor makes depends on its version.
    """
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    with writing(file):
        try:
            with (
                beside.open("wb") as opened,
                tarfile.open(fileobj=opened, mode="w", format=tarfile.PAX_FORMAT) as packed,
            ):
                for member, content in _members(folder, top, day):
                    packed.addfile(member, content)
            beside.chmod(0o444)
            beside.replace(file)
        finally:
            beside.unlink(missing_ok=True)


def _members(folder: Path, top: str, day: date) -> Iterator[tuple[tarfile.TarInfo, io.BufferedReader | None]]:
    moment = int(datetime.combine(day, time(), UTC).timestamp())
    files = {file.relative_to(folder).as_posix(): file for file in files_below(folder)}
    folders = {above.as_posix() for path in files for above in Path(path).parents if above != Path()}
    for path in sorted({"", *folders, *files}):
        member = tarfile.TarInfo(f"{top}/{path}".rstrip("/"))
        member.mtime = moment
        if path not in files:
            member.type, member.mode = tarfile.DIRTYPE, _MODE_FOLDER
            yield member, None
            continue
        member.size, member.mode = files[path].stat().st_size, _MODE
        with files[path].open("rb") as content:
            yield member, content
