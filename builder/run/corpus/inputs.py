"""What is read of captures before anything is made of it, and the hash that stands for all of it."""

import atexit
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import groupby
from typing import NamedTuple

from builder.core.appetite import MOST_PER_BYTE, is_too_much
from builder.core.capturefile import LARGEST, MOST, CaptureFile
from builder.core.issues import Issue, issue
from builder.core.packed.names import address, parted
from builder.core.packed.reading import Cursor
from builder.core.packed.record import Fault, Record
from builder.core.places import is_url, read, read_together

_GONE = "It was there when the build began and is gone. Build again."
_idle: list[Cursor] = []
"""Cursors that nobody uses at the moment: each thread has its own while it reads."""
atexit.register(_idle.clear)  # files are closed while there is still a Python to close them


class Input(NamedTuple):
    """The bytes of a capture, their hash, and those of its side file if any; an issue where one cannot be read."""

    file: CaptureFile
    data: bytes | Issue
    sha256: str
    meta: bytes | Issue | None


def read_inputs(files: Sequence[CaptureFile]) -> list[Input]:
    """Read captures with their side files; those in packed files one file after the other."""
    packed = sorted(
        (one.file, one.record, place) for place, one in enumerate(files) if one.record is not None
    )
    unpacked = dict(_unpacked(files, [place for *_, place in packed])) if packed else {}
    loose = [one for one in files if one.record is None]
    came = read_together(list(_afar(loose))) if loose and is_url(loose[0].file) else {}
    return [unpacked[place] if place in unpacked else _input(one, came) for place, one in enumerate(files)]


def palatable(inputs: Sequence[Input], largest: int) -> list[Input]:
    """The captures, with an issue for those that take much more memory than their size says."""
    return [_refused(one, largest) if _too_much(one, largest) else one for one in inputs]


def _too_much(one: Input, largest: int) -> int:
    return is_too_much(one.data, largest) if isinstance(one.data, bytes) else 0


def _refused(one: Input, largest: int) -> Input:
    said = (
        f"It has {one.file.size:,} bytes in so many short lines that to parse it takes about "
        f"{_too_much(one, largest) // 1_000_000:,} MB of memory, more than {largest:,} bytes in usual "
        "lines may take. Cut it, or where a worker has as much: builder build --max-capture-bytes "
        f"{_too_much(one, largest) // MOST_PER_BYTE + 1}"
    )
    return Input(one.file, issue(one.file.capture, "too_large", said), "", None)


def all_read(inputs: Iterable[Input]) -> bool:
    """Whether everything could be read; what could not may be there the next time, though it looks the same."""
    return not any(isinstance(one.data, Issue) or isinstance(one.meta, Issue) for one in inputs)


def content_key(recipe: str, inputs: Iterable[Input]) -> str:
    """The hash of all that the tables of these captures depend on; ``recipe`` is that of all but the captures."""
    key = sha256(recipe.encode())
    for one in inputs:
        meta = sha256(one.meta).hexdigest() if isinstance(one.meta, bytes) else str(one.meta)
        data = f"{one.data}" if isinstance(one.data, Issue) else one.sha256
        key.update(f"\0{one.file.capture}\0{data}\0{meta}".encode())
    return key.hexdigest()


def _afar(files: Iterable[CaptureFile]) -> Iterator[str]:
    """Files at a store, which are slow to come one by one."""
    for one in files:
        if one.size <= MOST:
            yield one.file
            if one.meta_file:
                yield one.meta_file


def _input(file: CaptureFile, came: Mapping[str, bytes | OSError]) -> Input:
    data = _data(file, came)
    if isinstance(data, Issue):
        return Input(file, data, "", None)
    return Input(file, data, sha256(data).hexdigest(), _meta(file, came))


def _unpacked(files: Sequence[CaptureFile], places: Sequence[int]) -> Iterator[tuple[int, Input]]:
    """The packed captures at these places, in the order of their files and records, each with its place."""
    cursor = _idle.pop() if _idle else Cursor()
    for _, group in groupby(places, key=lambda place: files[place].file):
        wanted = {files[place].record or 0: place for place in group}
        alike = [files[place] for place in wanted.values()]
        # What is not wanted here may be larger, and is passed over without being read.
        largest = max(LARGEST, *(one.size for one in alike))
        for record in cursor.take(alike[0].file, alike[0].changed, largest, list(wanted)):
            place = wanted.pop(record.number)
            yield place, _of_record(files[place], record)
        for place in wanted.values():
            yield place, Input(files[place], issue(files[place].capture, "vanished", _GONE), "", None)
    _idle.append(cursor)


def _of_record(file: CaptureFile, record: Record) -> Input:
    parts = parted(file.capture)
    if isinstance(record.data, Fault) or parts is None or address(parts[0], record.id) != file.capture:
        return Input(file, issue(file.capture, "vanished", _GONE), "", None)
    return Input(file, record.data, sha256(record.data).hexdigest(), record.meta)


def _data(file: CaptureFile, came: Mapping[str, bytes | OSError]) -> bytes | Issue:
    if file.size > MOST:
        code, said = "too_large", f"It has {file.size} bytes; at most {MOST} can be parsed. Cut it."
    else:
        try:
            return _bytes(file.file, came, file.size)
        except FileNotFoundError:
            code, said = "vanished", _GONE
        except OSError as error:
            code, said = (
                "unreadable",
                f"It cannot be read: {error.strerror or error}. Give yourself the right to.",
            )
    return issue(file.capture, code, said)


def _meta(file: CaptureFile, came: Mapping[str, bytes | OSError]) -> bytes | Issue | None:
    try:
        return _bytes(file.meta_file, came) if file.meta_file else None
    except OSError as error:
        return issue(
            file.capture, "meta_invalid", f"Its side file cannot be read: {error.strerror or error}."
        )


def _bytes(file: str, came: Mapping[str, bytes | OSError], size: int | None = None) -> bytes:
    """What has come of a file already, or else its bytes."""
    answer = came.get(file)
    if isinstance(answer, OSError):
        raise answer
    return read(file, size) if answer is None else answer
