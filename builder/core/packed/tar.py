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
    waiting: list[Record] = []  # of a capture and its side file, the one that came first, or both
    for member in _members(file, largest):
        if waiting and not _belong(waiting[-1], member):
            yield _together(waiting)
            waiting = []
        waiting.append(member)
        if len(waiting) == 2:
            yield _together(waiting)
            waiting = []
    if waiting:
        yield _together(waiting)


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


def _members(file: str, largest: int) -> Iterator[Record]:
    """The members that are captures or side files; a folder or a file that is neither is passed over."""
    with opened(file) as stream:
        try:
            with tarfile.open(fileobj=stream, mode="r|") as archive:
                number = 0
                while (member := archive.next()) is not None:
                    archive.members.clear()  # type: ignore[attr-defined] # it would keep them all
                    name = fsencode(member.name).decode("utf-8", "backslashreplace").removeprefix("./")
                    if name.endswith((TEXT, META)) and _visible(name) and not member.isdir():
                        yield Record(number, name, _content(archive, member, largest))
                    number += 1
        except tarfile.TarError as error:
            raise ValueError(str(error)) from error


def is_capture(name: str) -> bool:
    """Whether a member of that name is a capture: a text file, not hidden, and no README."""
    return name.endswith(TEXT) and _visible(name)


def _visible(name: str) -> bool:
    *_, last = parts = name.split("/")
    return not any(part.startswith(".") for part in parts) and not last.startswith("README")


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
