"""Files are read and written here, and errors of writing become messages with a cure."""

import errno
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import Any, TextIO

from builder.core.errors import DataError, OutputError

_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_CURES = {
    errno.ENOSPC: "Free some space, or write elsewhere",
    errno.EDQUOT: "Free some of the quota, or write elsewhere",
    errno.EFBIG: "The file would grow beyond a limit: raise it, or write elsewhere",
    errno.EACCES: "Give yourself the right to write there, or write elsewhere",
    errno.EPERM: "Give yourself the right to write there, or write elsewhere",
    errno.EROFS: "It cannot be written to at all: write elsewhere",
    errno.EBUSY: "Something else holds it (a mount point?): write to a folder inside it, or elsewhere",
    errno.EXDEV: "It is a mount point: write to a folder inside it, or elsewhere",
    errno.EEXIST: "A file stands where a folder should be: move it away, or write elsewhere",
    errno.ENOTDIR: "A file stands where a folder should be: move it away, or write elsewhere",
    errno.ENAMETOOLONG: "Choose a shorter name",
}


def read_bytes(file: str, size: int | None = None) -> bytes:
    """All bytes of a file, with as few system calls as it takes; ``OSError`` as the system gives it.

    Who knows the size already spares a call; should the file have grown or shrunk since, it is read all the same.
    """
    handle = os.open(file, _FLAGS)
    try:
        size = os.fstat(handle).st_size if size is None else size
        first = os.read(handle, size + 1)
        if len(first) == size:
            return first
        parts = [first]
        while parts[-1]:
            parts.append(os.read(handle, 1 << 24))
        return b"".join(parts)
    finally:
        os.close(handle)


def file_sha256(file: Path) -> str:
    """The SHA-256 of a file; ``OSError`` as the system gives it."""
    with file.open("rb") as handle:
        return file_digest(handle, "sha256").hexdigest()


def read_text(file: Path) -> str | None:
    """The text of a file in UTF-8; none where it is not there. Raises ``DataError`` if it cannot be read."""
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{file} cannot be read: {error}. Mend it, or move it away.") from error


def read_folder(folder: Path) -> dict[str, bytes]:
    """The files right in a folder by name, hidden ones left out; none where there is no such folder.

    Raises ``DataError`` for one that cannot be read.
    """
    if not folder.is_dir():
        return {}
    try:
        files = [file for file in folder.iterdir() if file.is_file() and not file.name.startswith(".")]
        return {file.name: file.read_bytes() for file in files}
    except OSError as error:
        raise DataError(f"{folder} cannot be read: {error}. Give yourself the right to read it.") from error


def written_at(file: Path) -> float:
    """When a file was last written, in seconds since 1970; 0 where it is not there (any more)."""
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0


def last_change(status: os.stat_result) -> int:
    """When a file last changed in any way, in nanoseconds since 1970.

    The time of its content can be set to anything. The time of its status cannot, and moves with every change;
    on Windows it is that of creation.
    """
    return max(status.st_mtime_ns, status.st_ctime_ns)


def appears(file: Path, patience: float) -> bool:
    """Whether a file is there, or comes within so many seconds: what another machine wrote may show up late."""
    due = time.monotonic() + patience
    while not file.exists():
        if time.monotonic() >= due:
            return False
        time.sleep(0.2)
    return True


def look_of(file: Path) -> tuple[int, int]:
    """Size and last change of a file, by which one sees that it is untouched."""
    status = file.stat()
    return status.st_size, last_change(status)


def read_json(file: Path, cure: str = "Build again: builder build") -> Mapping[str, Any]:
    """The object in a JSON file; ``DataError`` with the cure where it is missing, unreadable or no object."""
    try:
        value = json.loads(file.read_bytes())
    except (OSError, ValueError) as error:
        raise DataError(f"{file} cannot be used: {error}. {cure}") from error
    if not isinstance(value, dict):
        raise DataError(f"{file} holds no JSON object. {cure}")
    return value


def read_json_any(file: Path, cure: str = "") -> Any:  # noqa: ANN401 - whatever the file holds
    """Whatever a JSON file holds; ``DataError`` with the cure where it is missing, unreadable or no JSON."""
    try:
        return json.loads(file.read_bytes())
    except (OSError, ValueError) as error:
        raise DataError(f"{file} cannot be used: {error}. {cure}".rstrip()) from error


def write_json(file: Path, value: Mapping[str, Any]) -> None:
    """Write an object as JSON, the same bytes for the same object."""
    file.write_bytes(_json(value))


def replace_json(file: Path, value: Mapping[str, Any]) -> None:
    """Put an object as JSON in the place of a file at one stroke, the same bytes for the same object."""
    replace(file, _json(value))


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False).encode() + b"\n"


def folders_in(folder: Path) -> tuple[str, ...]:
    """The names of the folders in a folder, sorted, hidden ones left out; none where it is not there."""
    if not folder.is_dir():
        return ()
    return tuple(
        sorted(one.name for one in folder.iterdir() if one.is_dir() and not one.name.startswith("."))
    )


def names_in(folder: Path) -> set[str]:
    """The names of all that is in a folder, hidden or not; none where it is not there."""
    return {one.name for one in folder.iterdir()} if folder.is_dir() else set()


def write_new(file: Path, content: bytes) -> bool:
    """Write a file unless there is one already; whether it was written."""
    with writing(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with file.open("xb") as handle:
                handle.write(content)
        except FileExistsError:
            return False
    return True


def append(file: Path, content: bytes) -> None:
    """Add to the end of a file, made if need be, so that it outlives a power cut."""
    with writing(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("ab") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())


def replace(file: Path, content: bytes) -> None:
    """Put new content in the place of a file at one stroke: a reader sees the old or the new."""
    beside = file.with_name(f".{file.name}.{os.getpid()}-{secrets.token_hex(4)}")
    with writing(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            beside.write_bytes(content)
            beside.replace(file)
        finally:
            beside.unlink(missing_ok=True)


def write_lines(file: Path, lines: Iterable[str]) -> None:
    """Write texts one behind the other as UTF-8, line ends as they are."""
    with writing(file), file.open("w", encoding="utf-8", newline="") as handle:
        handle.writelines(lines)


def set_aside(file: Path) -> None:
    """Make room for a new file or folder; the last that was there is kept beside it as ``NAME.old``."""
    if file.exists():
        old = file.with_name(f"{file.name}.old")
        with writing(file):
            discard(old)
            file.rename(old)


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, unless it is there."""
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)


def same_sha256(file: Path, sha256: str) -> bool:
    """Whether a file is there and has this hash."""
    try:
        return file_sha256(file) == sha256
    except OSError:
        return False


def same_bytes(file: Path, content: bytes) -> bool:
    """Whether a file is there and holds exactly these bytes."""
    try:
        return file.read_bytes() == content
    except OSError:
        return False


def files_below(folder: Path) -> list[Path]:
    """The files below a folder, sorted; none where there is no folder."""
    return sorted(file for file in folder.rglob("*") if file.is_file())


def size_of(folder: Path) -> int:
    """How many bytes the files below a folder hold."""
    return sum(file.lstat().st_size for file in files_below(folder))


def discard(*files: Path) -> None:
    """Remove files, or folders with all that is in them; what is not there (any more) does not matter."""
    for file in files:
        if file.is_dir() and not file.is_symlink():
            shutil.rmtree(file, ignore_errors=True)
        else:
            file.unlink(missing_ok=True)


def silence(stream: TextIO) -> None:
    """Let what is still to be written to a stream go nowhere: whoever read it has had enough."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


@contextmanager
def scratch_folder(folder: Path) -> Iterator[Path]:
    """A new folder that is gone after the block."""
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        discard(folder)


@contextmanager
def writing(where: Path) -> Iterator[None]:
    """Inside, a system error that keeps us from writing becomes an ``OutputError`` about ``where``."""
    try:
        yield
    except OSError as error:
        if error.errno not in _CURES or not _concerns(error, where):
            raise
        said = os.strerror(error.errno)
        raise OutputError(f"{where} cannot be written: {said}. {_CURES[error.errno]}.") from error


def _concerns(error: OSError, where: Path) -> bool:
    """Whether an error is about a place, what is kept beside it under its name, or a folder above it."""
    if error.filename is None:
        return True
    path = Path(os.fsdecode(error.filename))
    beside = path.relative_to(where.parent).parts if path.is_relative_to(where.parent) else ()
    return where.is_relative_to(path) or f".{''.join(beside[:1]).lstrip('.')}.".startswith(f".{where.name}.")
