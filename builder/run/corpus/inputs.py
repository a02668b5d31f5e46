"""What is read of captures before anything is made of it, and the hash that stands for all of it."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

from builder.core.captures import CaptureFile
from builder.core.issues import Issue, issue
from builder.core.storage import read_bytes

LARGEST = 1 << 30  # bytes; Arrow's offsets and ours are 32 bits wide


class Input(NamedTuple):
    """The bytes of a capture, their hash, and those of its side file if any; an issue where one cannot be read."""

    file: CaptureFile
    data: bytes | Issue
    sha256: str
    meta: bytes | Issue | None


def read_inputs(files: Sequence[CaptureFile]) -> list[Input]:
    """Read captures with their side files."""
    return [_input(file) for file in files]


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


def _input(file: CaptureFile) -> Input:
    data = _data(file)
    if isinstance(data, Issue):
        return Input(file, data, "", None)
    return Input(file, data, sha256(data).hexdigest(), _meta(file))


def _data(file: CaptureFile) -> bytes | Issue:
    if file.size > LARGEST:
        code, said = "too_large", f"It has {file.size} bytes; at most {LARGEST} can be parsed. Cut it."
    else:
        try:
            return read_bytes(file.file, file.size)
        except FileNotFoundError:
            code, said = "vanished", "It was there when the build began and is gone. Build again."
        except OSError as error:
            code, said = "unreadable", f"It cannot be read: {error.strerror}. Give yourself the right to."
    return issue(file.capture, code, said)


def _meta(file: CaptureFile) -> bytes | Issue | None:
    try:
        return read_bytes(file.meta_file) if file.meta_file else None
    except OSError as error:
        return issue(file.capture, "meta_invalid", f"Its side file cannot be read: {error.strerror}.")
