"""Which raw captures lie below a folder, under which names, with which side files."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from builder.core.ids import article_id
from builder.core.issues import Issue, issue
from builder.core.storage import last_change, read_bytes
from builder.core.walk import legible, trouble, walk

_SUFFIX = ".txt"
_META = ".meta.json"
_NO_CAPTURE = "README"


class CaptureFile(NamedTuple):
    """A raw capture on disk: article id, name ``source/path.txt``, source, file, size in bytes, side file if any.

    ``changed`` and ``meta_changed`` are when it and its side file last changed, in nanoseconds since 1970 by the
    file system's clock.
    """

    article_id: str
    capture: str
    source: str
    file: str
    size: int
    meta_file: str | None
    changed: int = 0
    meta_changed: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came upon: captures by ascending article id, issues, how many files are no captures."""

    captures: tuple[CaptureFile, ...]
    issues: tuple[Issue, ...]
    ignored: int


def find_captures(root: Path) -> Found:
    """All captures below ``root``, or the one capture that ``root`` is.

    A capture is a file ``*.txt`` that is neither hidden nor a README; a file given as the root is one
    whatever its name. The first folder below the root is its source; a file directly in the root, or given
    as the root, has its own folder's name as the source.
    Raises ``UsageError`` where the root cannot be listed.
    """
    if root.is_file():
        return Found((_single(root),), (), 0)
    found: list[CaptureFile] = []
    issues: list[Issue] = []
    ignored = 0
    for folder, entries in walk(root, issues):
        ignored += _collect(folder or _source_of(root), entries, found, issues)
    unique = _first_of_each_name(root, found, issues)
    captures = tuple(sorted(unique))
    return Found(captures, tuple(sorted(issues, key=attrgetter("capture", "code", "message"))), ignored)


def locate(root: Path, capture: str) -> CaptureFile | None:
    """The capture of that name below ``root``, or that ``root`` is; none where there is no such file."""
    if root.is_file():
        only = _single(root)
        return only if only.capture == capture else None
    source, _, rest = capture.partition("/")
    for place in (capture, rest) if source == _source_of(root) else (capture,):
        if (root / place).is_file():
            return _capture_file(capture, source, root / place)
    return None


def read_capture(root: Path, capture: str) -> bytes:
    """The bytes of the capture of that name; ``OSError`` where there is none or it cannot be read."""
    try:
        return read_bytes(f"{root}/{capture}")
    except (FileNotFoundError, NotADirectoryError):
        found = locate(root, capture)
        if found is None:
            raise
        return read_bytes(found.file)


def _source_of(folder: Path) -> str:
    return legible(folder.resolve().name) or "root"


def _single(file: Path) -> CaptureFile:
    source = _source_of(file.absolute().parent)
    return _capture_file(f"{source}/{legible(file.name)}", source, file.absolute())


def _capture_file(capture: str, source: str, file: Path) -> CaptureFile:
    beside = [os.fspath(file.with_name(name)) for name in _meta_names(file.name)]
    meta = next((name for name in beside if os.path.isfile(name)), None)
    status = file.stat()
    times = last_change(status), last_change(os.stat(meta)) if meta else 0
    return CaptureFile(article_id(capture), capture, source, os.fspath(file), status.st_size, meta, *times)


def _meta_names(name: str) -> tuple[str, str]:
    return name + _META, name.removesuffix(_SUFFIX) + _META


def _collect(
    folder: str, entries: list[os.DirEntry[str]], found: list[CaptureFile], issues: list[Issue]
) -> int:
    """Sort the files of one folder into captures, side files and others; how many others there are."""
    metas = {entry.name: entry for entry in entries if entry.name.endswith(_META)}
    texts = [entry for entry in entries if entry.name.endswith(_SUFFIX) and _may_be_capture(entry.name)]
    used: set[str] = set()
    source = folder.partition("/")[0]
    for entry in texts:
        capture = f"{folder}/{legible(entry.name)}"
        meta = next((name for name in _meta_names(entry.name) if name in metas), None) if metas else None
        if meta:
            used.add(meta)
        try:
            status = _status(entry)
        except OSError as error:
            issues.append(trouble(capture, error))
        else:
            beside, meta_changed = _beside(metas[meta]) if meta else (None, 0)
            about = entry.path, status.st_size, beside, last_change(status), meta_changed
            found.append(CaptureFile(article_id(capture), capture, source, *about))
    issues.extend(_orphan(f"{folder}/{legible(name)}") for name in metas if name not in used)
    return sum(_may_be_capture(entry.name) for entry in entries) - len(texts) - len(metas)


def _may_be_capture(name: str) -> bool:
    return not name.startswith(_NO_CAPTURE)


def _status(entry: os.DirEntry[str]) -> os.stat_result:
    status = entry.stat()
    if not S_ISREG(status.st_mode):
        raise OSError("it is no regular file")
    return status


def _beside(meta: os.DirEntry[str]) -> tuple[str, int]:
    """A side file, and when it last changed; 0 where that cannot be told, as whoever reads it will find."""
    try:
        return meta.path, last_change(meta.stat())
    except OSError:
        return meta.path, 0


def _orphan(name: str) -> Issue:
    return issue(name, "meta_orphan", "This side file belongs to no capture; name it after one or remove it.")


def _first_of_each_name(
    root: Path, found: Iterable[CaptureFile], issues: list[Issue]
) -> Iterator[CaptureFile]:
    """The captures without those whose name another file has already; each of these is an issue."""
    found = list(found)
    if len({one.capture for one in found}) == len(found):
        yield from found
        return
    # The longer path is the one of which the name is literally true, where `locate` looks first.
    by_name = sorted(found, key=lambda one: (one.capture, -len(one.file)))
    for name, group in groupby(by_name, key=attrgetter("capture")):
        first, *others = group
        yield first
        for other in others:
            left_out, kept = (Path(one.file).relative_to(root.absolute()) for one in (other, first))
            said = (
                f"In the raw folder, {left_out} has the name of {kept} and was left out; rename one of them."
            )
            issues.append(issue(name, "duplicate_capture", said))
