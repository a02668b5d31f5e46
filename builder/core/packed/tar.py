"""Tar archives as packed captures: text files under their paths, a side file right before or after its capture."""

import tarfile
from collections.abc import Iterator
from os import fsencode

from builder.core.packed.record import Fault, Record, oversized
from builder.core.packed.streams import opened

TEXT, META = ".txt", ".meta.json"
_LARGEST_META = 1 << 20
_NO_FILE = Fault("unreadable", "It is no regular file but a link or the like. Put the file itself there.")
_ORPHAN = Fault(
    "meta_orphan", "This side file has no capture right before or after it; put them together, or remove it."
)


def side_files(name: str) -> tuple[str, str]:
    """The names that the side file of a capture may have."""
    return name + META, name.removesuffix(TEXT) + META


def records(file: str, largest: int, _first: int) -> Iterator[Record]:
    """The captures of an archive, numbered by its members from 0; ``DAMAGE`` where it cannot be read on."""
    held: Record | None = None
    side: Record | None = None
    for member in _members(file, largest):
        if not member.id.endswith(META):
            if held:
                yield held
            held, side = _together(member, side) if side and _belongs(side, member) else member, None
        elif held and held.meta is None and _belongs(member, held):
            held = _together(held, member)
        else:
            if side:
                yield side._replace(data=_ORPHAN)
            side = member
    yield from [one for one in (held, side and side._replace(data=_ORPHAN)) if one]


def _belongs(side: Record, capture: Record) -> bool:
    return side.id in side_files(capture.id)


def _together(capture: Record, side: Record) -> Record:
    return capture._replace(meta=side.data if isinstance(side.data, bytes) else b"")


def _members(file: str, largest: int) -> Iterator[Record]:
    """The members that are captures or side files; a folder or a file that is neither is passed over."""
    with opened(file) as stream:
        try:
            with tarfile.open(fileobj=stream, mode="r|") as archive:
                number = 0
                while (member := archive.next()) is not None:
                    archive.members.clear()  # type: ignore[attr-defined] # it would keep them all
                    name = fsencode(member.name).decode("utf-8", "backslashreplace").removeprefix("./")
                    if is_capture(name) and not member.isdir():
                        yield Record(number, name, _content(archive, member, largest))
                    number += 1
        except tarfile.TarError as error:
            raise ValueError(str(error)) from error


def is_capture(name: str) -> bool:
    """Whether a member of that name is a capture or a side file."""
    *_, last = parts = name.split("/")
    hidden = any(part.startswith(".") for part in parts)
    return name.endswith((TEXT, META)) and not hidden and not last.startswith("README")


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo, largest: int) -> bytes | Fault:
    most = _LARGEST_META if member.name.endswith(META) else largest
    if member.size > most:
        return oversized(member.size, most)
    unpacked = archive.extractfile(member) if member.isreg() else None
    if unpacked is None:
        return _NO_FILE
    data = unpacked.read()
    if len(data) < member.size:
        raise EOFError("the file ends too soon")
    return data
