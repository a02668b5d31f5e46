"""A place for files that a URL names: a folder, a bucket, a memory, whatever fsspec knows how to reach."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import fsspec

from builder.core.errors import OutputError, UsageError

CHUNK = 1 << 20
# Errors that are no OSError, told by their module: the library is there only where its store is used.
_OWN_ERRORS = ("botocore.",)
Tell = Callable[[int], None]
"""Is told how many bytes more are done."""


@dataclass(frozen=True, slots=True)
class Store:
    """A place for files: its URL, the file system of fsspec, and the path there."""

    url: str
    system: Any
    root: str


def open_store(url: str) -> Store:
    """The place that a URL names; nothing is asked of it yet. ``UsageError`` for one that cannot be reached so."""
    protocol = url.partition("://")[0] if "://" in url else "file"
    try:
        # Folders are made on the way; a bucket that is not there is a mistake.
        how = {"auto_mkdir": True} if protocol in {"file", "local"} else {}
        system, root = fsspec.core.url_to_fs(url, **how)
    except ImportError as error:
        extra = "s3" if protocol in {"s3", "s3a"} else protocol
        raise UsageError(
            f"{url} needs a library that is not here: {error}. Install newsthreads[{extra}]."
        ) from error
    except ValueError as error:
        raise UsageError(f"{url} is no place for files: {error}.") from error
    return Store(url, system, root.rstrip("/"))


def files_in(store: Store) -> dict[str, int]:
    """The files below the place, by their path with slashes, with their sizes; none where there is nothing."""
    with _reaching(store):
        store.system.invalidate_cache()
        if not store.system.exists(store.root):
            return {}
        found = store.system.find(store.root, detail=True)
    begin = len(store.root) + 1
    return {path[begin:]: int(about["size"]) for path, about in sorted(found.items())}


def sha256_in(store: Store, path: str, tell: Tell | None = None) -> str:
    """The SHA-256 of a file there, read back from its first byte to its last."""
    digest = sha256()
    with _reaching(store), store.system.open(f"{store.root}/{path}", "rb") as opened:
        for chunk in _chunks(opened, tell):
            digest.update(chunk)
    return digest.hexdigest()


def read_in(store: Store, path: str) -> bytes:
    """The bytes of a file there."""
    with _reaching(store):
        content: bytes = store.system.cat_file(f"{store.root}/{path}")
    return content


def put(store: Store, path: str, file: Path, tell: Tell | None = None) -> None:
    """Copy a file there, in the place of what is there under that path."""
    target = f"{store.root}/{path}"
    with _reaching(store), file.open("rb") as source, store.system.open(target, "wb") as sink:
        for chunk in _chunks(source, tell):
            sink.write(chunk)


def _chunks(opened: Any, tell: Tell | None) -> Iterator[bytes]:  # noqa: ANN401 - a file of any system
    while chunk := opened.read(CHUNK):
        yield chunk
        if tell:
            tell(len(chunk))


@contextmanager
def _reaching(store: Store) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        if isinstance(error, RuntimeError):  # as fsspec says that a store can only be read
            raise UsageError(
                f"{store.url} is no place that can be written to. Name a folder or a bucket."
            ) from error
        if isinstance(error, OSError) or type(error).__module__.startswith(_OWN_ERRORS):
            said = str(error) or type(error).__name__
            raise OutputError(
                f"{store.url} cannot be used: {said}. What was copied stays there; the same command goes on from it."
            ) from error
        raise
