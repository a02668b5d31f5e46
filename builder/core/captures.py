"""Which raw captures lie below a folder, each in a file of its own or packed with others, under which names."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from errno import ENOENT
from itertools import islice
from operator import attrgetter

from builder.core.capturefile import LARGEST, MOST, CaptureFile, Found
from builder.core.ids import article_id
from builder.core.issues import Issue, issue
from builder.core.loose import capture_file, collect, may_be_capture, regular, single, source_of
from builder.core.namesakes import first_of_each_name
from builder.core.packed.listing import held_in
from builder.core.packed.names import address, is_packed, name_of, parted
from builder.core.packed.reading import records
from builder.core.packed.record import oversized
from builder.core.places import Place, Url, read, read_together, status
from builder.core.plural import FEW
from builder.core.roster import Roster, pack
from builder.core.storage import last_change
from builder.core.walk import legible, trouble, walk

__all__ = ["CaptureFile", "Found", "find_captures", "locate", "read_capture", "read_captures"]

_ASKED_AT_ONCE = 256
"""Files at a store, where to ask takes longer than to be told."""


def find_captures(root: Place, largest: int = LARGEST) -> Found:
    """All captures below ``root``, or the one capture that ``root`` is, or those packed in it.

    A capture is a file ``*.txt`` that is neither hidden nor a README; a file given as the root is one
    whatever its name. The first folder below the root is its source; a file directly in the root, or given
    as the root, has its own folder's name as the source. So it is with the records of packed files, for which
    see ``builder.core.packed.names``. One with more bytes than ``largest`` is an issue.
    Raises ``UsageError`` where the root cannot be listed.
    """
    issues: list[Issue] = []
    packed, passed_over = list[bytes](), list[str]()
    ignored, at_top, in_packs = 0, 0, False
    for some in _found(root, largest, issues):
        packed += pack(str(root.absolute()), _within(some.captures, largest, issues))
        ignored, at_top = ignored + len(some.others), at_top + some.at_top
        passed_over = sorted([*passed_over, *some.others])[:FEW]
        in_packs = in_packs or some.packed
    captures = first_of_each_name(root, Roster(str(root.absolute()), sorted(packed)), issues)
    in_order = tuple(sorted(issues, key=attrgetter("capture", "code", "message")))
    return Found(captures, in_order, ignored, in_packs, tuple(passed_over), at_top)


@dataclass(frozen=True, slots=True)
class _Some:
    """The captures of one folder or packed file, and the names of what beside them is none."""

    captures: Sequence[CaptureFile]
    others: Sequence[str] = ()
    at_top: int = 0
    packed: bool = False


def _found(root: Place, largest: int, issues: list[Issue]) -> Iterator[_Some]:
    """Captures folder by folder, and those of each packed file."""
    if root.is_file():
        yield _Some(_alone(root.absolute(), largest, issues), packed=is_packed(root.name))
        return
    for folder, entries in walk(root, issues):
        packs = [entry for entry in entries if is_packed(entry.name) and may_be_capture(entry.name)]
        loose = [entry for entry in entries if entry not in packs] if packs else entries
        found: list[CaptureFile] = []
        others = collect(folder or source_of(root), loose, found, issues)
        yield _Some(found, [f"{folder}/{name}".lstrip("/") for name in others], 0 if folder else len(found))
        for entry in packs:
            name = f"{folder}/{legible(entry.name)}" if folder else legible(entry.name)
            yield _Some(_unpacked(entry.path, name, largest, issues), packed=True)


def locate(root: Place, capture: str) -> CaptureFile | None:
    """The capture of that name below ``root``, or that ``root`` is; none where there is no such file."""
    parts = parted(capture)
    if parts is not None:
        file = _packed_file(root, parts[0])
        held = _unpacked(str(file), parts[0], MOST, []) if file.is_file() else []
        return next((one for one in held if one.capture == capture), None)
    if root.is_file():
        only = single(root)
        return only if only.capture == capture else None
    source, _, rest = capture.partition("/")
    for place in (capture, rest) if source == source_of(root) else (capture,):
        if (root / place).is_file():
            return capture_file(capture, source, root / place)
    return None


def read_capture(root: Place, capture: str) -> bytes:
    """The bytes of the capture of that name; ``OSError`` where there is none or it cannot be read."""
    data = next(data for _, data in read_captures(root, [capture]))
    if isinstance(data, OSError):
        raise data
    return data


def read_captures(root: Place, captures: Sequence[str]) -> Iterator[tuple[int, bytes | OSError]]:
    """The bytes of the captures of these names, each with its place among them, or why it cannot be read.

    Each packed file is read once from its beginning to its end, so the packed come last, and in its order.
    """
    packed: dict[str, dict[str, int]] = {}
    loose: dict[int, str] = {}
    for place, capture in enumerate(captures):
        parts = parted(capture)
        if parts is not None:
            packed.setdefault(parts[0], {})[capture] = place
        else:
            loose[place] = capture
    yield from _read_loose(root, loose)
    for name, wanted in packed.items():
        yield from _read_packed(_packed_file(root, name), name, wanted)


def _read_loose(root: Place, captures: Mapping[int, str]) -> Iterator[tuple[int, bytes | OSError]]:
    waiting = iter(captures.items())
    at_once = _ASKED_AT_ONCE if isinstance(root, Url) else 1
    while some := list(islice(waiting, at_once)):
        files = [f"{root}/{capture}" for _, capture in some] if at_once > 1 else []
        came = read_together(files)
        for place, capture in some:
            data = came.get(f"{root}/{capture}")
            yield place, data if isinstance(data, bytes) else _one_loose(root, capture)


def _one_loose(root: Place, capture: str) -> bytes | OSError:
    try:
        return _found_loose(root, capture)
    except OSError as error:
        return error


def _found_loose(root: Place, capture: str) -> bytes:
    try:
        return read(f"{root}/{capture}")
    except (FileNotFoundError, NotADirectoryError):
        found = locate(root, capture)
        if found is None:
            raise
        return read(found.file)


def _read_packed(file: Place, name: str, wanted: dict[str, int]) -> Iterator[tuple[int, bytes | OSError]]:
    for record in records(str(file), MOST):
        place = wanted.pop(address(name, record.id), None) if isinstance(record.data, bytes) else None
        if place is not None:
            yield place, record.data  # type: ignore[misc] # as has just been seen
        if not wanted:
            return
    for place in wanted.values():
        yield place, FileNotFoundError(ENOENT, os.strerror(ENOENT))


def _packed_file(root: Place, name: str) -> Place:
    return root if root.is_file() and root.name == name else root / name


def _unpacked(file: str, name: str, largest: int, issues: list[Issue]) -> list[CaptureFile]:
    """The captures in a packed file."""
    try:
        changed = last_change(regular(status(file)))
    except OSError as error:
        issues.append(trouble(name, error))
        return []
    return [
        CaptureFile(
            article_id(held.capture),
            held.capture,
            name_of(held.capture).partition("/")[0],
            file,
            held.size,
            None,
            changed,
            record=held.record,
        )
        for held in held_in(file, name, largest, issues)
    ]


def _within(found: Sequence[CaptureFile], largest: int, issues: list[Issue]) -> Iterator[CaptureFile]:
    """The captures that are not too large; each other one is an issue."""
    for one in found:
        if one.size <= largest:
            yield one
        else:
            issues.append(issue(one.capture, *oversized(one.size, largest)))


def _alone(file: Place, largest: int, issues: list[Issue]) -> list[CaptureFile]:
    if is_packed(file.name):
        return _unpacked(str(file), legible(file.name), largest, issues)
    return [single(file)]
