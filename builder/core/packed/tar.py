"""Tar archives as packed captures: text files under their paths, a side file right before or after its capture."""

import tarfile
from collections.abc import Iterator
from os import fsencode
from typing import Self

from builder.core.packed.record import DAMAGE, Fault, Record, oversized
from builder.core.packed.streams import opened

TEXT, META = ".txt", ".meta.json"
_LARGEST_META = 1 << 20
_HERE = "./"
_ABOVE = (".", "..")  # begin with a dot and hide nothing
_NO_FILE = Fault("unreadable", "It is no regular file but a link or the like. Put the file itself there.")
_ORPHAN = Fault(
    "meta_orphan", "This side file has no capture right before or after it; put them together, or remove it."
)


def side_files(name: str) -> tuple[str, str]:
    """The names that the side file of a capture may have."""
    return name + META, name.removesuffix(TEXT) + META


def records(file: str, largest: int, _first: int) -> Iterator[Record]:
    """The captures of an archive, numbered by its members from 0; ``DAMAGE`` where it cannot be read on."""
    waiting: list[Record] = []  # of a capture and its side file, the one that came first, or both
    broken: Exception | None = None
    try:
        for member in _members(file, largest):
            if waiting and not _belong(waiting[-1], member):
                yield _together(waiting)
                waiting = []
            waiting.append(member)
            if len(waiting) == 2:
                yield _together(waiting)
                waiting = []
    except DAMAGE as error:
        broken = error
    if waiting:
        yield _together(waiting)
    if broken:
        raise broken


def _belong(first: Record, second: Record) -> bool:
    side, capture = (first, second) if first.id.endswith(META) else (second, first)
    return side.id in side_files(capture.id)


def _together(records: list[Record]) -> Record:
    """A capture with its side file if that is there; a side file alone is a fault."""
    capture, *side = sorted(records, key=lambda one: one.id.endswith(META))
    if capture.id.endswith(META):
        return capture._replace(data=_ORPHAN)
    return (
        capture._replace(meta=side[0].data if isinstance(side[0].data, bytes) else b"") if side else capture
    )


class _Member(tarfile.TarInfo):
    """A member. To Python an archive ends where no header can be read; in truth it ends with a block of zeros."""

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> Self:
        """The next member; ``ValueError`` where neither a header stands nor the end."""
        try:
            return super().fromtarfile(archive)
        except tarfile.HeaderError as error:
            if type(error).__name__ == "EOFHeaderError":
                raise
            raise ValueError(f"no member begins where one should: {error}") from error


def _members(file: str, largest: int) -> Iterator[Record]:
    """The members that are captures or side files; a folder or a file that is neither is passed over."""
    with opened(file) as stream:
        try:
            with tarfile.open(fileobj=stream, mode="r|", tarinfo=_Member) as archive:
                number = 0
                while (member := archive.next()) is not None:
                    archive.members.clear()  # type: ignore[attr-defined] # it would keep them all
                    name = _named(member)
                    if name.endswith((TEXT, META)) and _visible(name) and not member.isdir():
                        yield Record(number, name, _content(archive, member, largest))
                    number += 1
        except tarfile.TarError as error:
            raise ValueError(str(error)) from error


def _named(member: tarfile.TarInfo) -> str:
    name = fsencode(member.name).decode("utf-8", "backslashreplace")
    while name.startswith(_HERE):
        name = name.removeprefix(_HERE)
    return name


def is_capture(name: str) -> bool:
    """Whether a member of that name is a capture: a text file, not hidden, and no README."""
    return name.endswith(TEXT) and _visible(name) and not name.startswith(_HERE)


def _visible(name: str) -> bool:
    *_, last = parts = name.split("/")
    hidden = any(part.startswith(".") and part not in _ABOVE for part in parts)
    return not hidden and not last.startswith("README")


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
