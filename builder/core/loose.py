"""Captures in files of their own, with their side files."""

import os
from collections.abc import Sequence
from stat import S_ISREG

from builder.core.capturefile import CaptureFile
from builder.core.ids import article_id
from builder.core.issues import Issue, issue
from builder.core.packed.names import parted
from builder.core.places import Place, status
from builder.core.storage import last_change
from builder.core.walk import Entry, legible, trouble

_SUFFIX = ".txt"
_META = ".meta.json"
_KNOWN = (_SUFFIX, _META)
_NO_CAPTURE = "README"
_RESERVED = (
    "It is named like a record in a packed file. Rename it so that no # follows an ending of such files."
)


def single(file: Place) -> CaptureFile:
    """The one capture that a file is, whatever its name; its folder is its source."""
    source = source_of(file.absolute().parent)
    return capture_file(f"{source}/{legible(file.name)}", source, file.absolute())


def capture_file(capture: str, source: str, file: Place) -> CaptureFile:
    """The capture of that name in a file, with its side file."""
    beside = [file.parent / name for name in _meta_names(file.name)]
    meta = next((str(name) for name in beside if name.is_file()), None)
    about = status(str(file))
    times = last_change(about), last_change(status(meta)) if meta else 0
    return CaptureFile(article_id(capture), capture, source, str(file), about.st_size, meta, *times)


def _meta_names(name: str) -> tuple[str, str]:
    return name + _META, name.removesuffix(_SUFFIX) + _META


def collect(
    folder: str, entries: Sequence[Entry], found: list[CaptureFile], issues: list[Issue]
) -> list[str]:
    """Sort the files of one folder into captures, side files and others; the names of the others."""
    metas = {entry.name: entry for entry in entries if entry.name.endswith(_META)}
    texts = [entry for entry in entries if entry.name.endswith(_SUFFIX) and may_be_capture(entry.name)]
    used: set[str] = set()
    source = folder.partition("/")[0]
    for entry in texts:
        capture = f"{folder}/{legible(entry.name)}"
        if parted(capture):
            issues.append(issue(capture, "unreadable", _RESERVED))
            continue
        meta = next((name for name in _meta_names(entry.name) if name in metas), None) if metas else None
        if meta:
            used.add(meta)
        try:
            about = regular(entry.stat())
        except OSError as error:
            issues.append(trouble(capture, error))
        else:
            beside, meta_changed = _beside(metas[meta]) if meta else (None, 0)
            rest = entry.path, about.st_size, beside, last_change(about), meta_changed
            found.append(CaptureFile(article_id(capture), capture, source, *rest))
    issues.extend(_orphan(f"{folder}/{legible(name)}") for name in metas if name not in used)
    return [
        legible(name) for name in map(_name, entries) if may_be_capture(name) and not name.endswith(_KNOWN)
    ]


def _name(entry: Entry) -> str:
    return entry.name


def source_of(folder: Place) -> str:
    """The source of what lies right in a folder that is no source's."""
    return legible(folder.resolve().name) or "root"


def may_be_capture(name: str) -> bool:
    """Whether a file of that name is not there to say something about its folder."""
    return not name.startswith(_NO_CAPTURE)


def regular(about: os.stat_result) -> os.stat_result:
    """The status of a regular file; ``OSError`` for anything else, from which reading might never return."""
    if not S_ISREG(about.st_mode):
        raise OSError("it is no regular file")
    return about


def _beside(meta: Entry) -> tuple[str, int]:
    """A side file, and when it last changed; 0 where that cannot be told, as whoever reads it will find."""
    try:
        return meta.path, last_change(meta.stat())
    except OSError:
        return meta.path, 0


def _orphan(name: str) -> Issue:
    return issue(name, "meta_orphan", "This side file belongs to no capture; name it after one or remove it.")
