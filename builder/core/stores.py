"""A place for files that a URL names: a folder, a bucket, a memory, whatever fsspec knows how to reach."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from builder.core.errors import OutputError, UsageError
from builder.core.reaching import reaching
from builder.core.storage import writing

CHUNK = 1 << 20
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
    # Folders are made on the way; a bucket that is not there is a mistake. What others write is seen at once.
    how = {"auto_mkdir": True} if protocol in {"file", "local"} else {"use_listings_cache": False}
    import fsspec  # noqa: PLC0415 - most commands meet no store

    try:
        system, root = fsspec.core.url_to_fs(url, **how)
    except ImportError as error:
        cure = "pip install 'newsthreads[s3]'" if protocol in {"s3", "s3a"} else str(error)
        raise UsageError(f"{url} needs a library that is not here: {cure}") from error
    except ValueError as error:
        raise UsageError(f"{url} is no place for files: {error}.") from error
    return Store(url, system, root.rstrip("/"))


def files_in(store: Store, folder: str = "") -> dict[str, int]:
    """The files below the place, by their path with slashes, with their sizes; none where there is nothing."""
    return {path: int(about["size"]) for path, about in facts_in(store, folder).items()}


def facts_in(store: Store, folder: str = "") -> dict[str, Mapping[str, Any]]:
    """As ``files_in``, with all that the store tells of each file."""
    begin = len(store.root) + 1
    with reaching(store.url):
        store.system.invalidate_cache()
        try:
            found = store.system.find(f"{store.root}/{folder}".rstrip("/"), detail=True)
        except FileNotFoundError:
            return {}
    # A folder that somebody made by hand is an empty file with a slash at its end, or named like the place.
    kept = ((path[begin:], about) for path, about in sorted(found.items()) if not path.endswith("/"))
    return {path: about for path, about in kept if path}


def names_in(store: Store, folder: str = "") -> tuple[str, ...]:
    """The names of what is right in a folder of the place, sorted; none where there is nothing."""
    with reaching(store.url):
        store.system.invalidate_cache()
        try:
            found = store.system.ls(f"{store.root}/{folder}".rstrip("/"), detail=False)
        except FileNotFoundError:
            return ()
    return tuple(sorted(path.rstrip("/").rpartition("/")[2] for path in found))


def sha256_in(store: Store, path: str, tell: Tell | None = None) -> str:
    """The SHA-256 of a file there, read back from its first byte to its last."""
    digest = sha256()
    with reaching(store.url), store.system.open(f"{store.root}/{path}", "rb") as opened:
        for chunk in _chunks(opened, tell):
            digest.update(chunk)
    return digest.hexdigest()


def read_in(store: Store, path: str) -> bytes:
    """The bytes of a file there."""
    with reaching(store.url):
        content: bytes = store.system.cat_file(f"{store.root}/{path}")
    return content


def put(store: Store, path: str, file: Path, tell: Tell | None = None) -> None:
    """Copy a file there, in the place of what is there under that path."""
    target = f"{store.root}/{path}"
    with reaching(store.url), file.open("rb") as source, store.system.open(target, "wb") as sink:
        for chunk in _chunks(source, tell):
            sink.write(chunk)


def get(store: Store, path: str, file: Path) -> str:
    """Copy a file from there into a new file here; its SHA-256. ``FileNotFoundError`` where it is not there."""
    digest = sha256()
    with (
        reaching(store.url, FileNotFoundError),
        writing(file),
        store.system.open(f"{store.root}/{path}", "rb") as source,
        file.open("xb") as sink,
    ):
        for chunk in _chunks(source, None):
            digest.update(chunk)
            sink.write(chunk)
    return digest.hexdigest()


def create(store: Store, path: str, content: bytes) -> bool:
    """Write a file unless there is one already, which the store itself decides; whether it was written."""
    with reaching(store.url, FileExistsError):
        try:
            store.system.pipe_file(f"{store.root}/{path}", content, mode="create")
        except FileExistsError:
            return False
    return True


def put_once(store: Store, path: str, content: bytes) -> bool:
    """Write a file that is never overwritten; whether it was written, and not there already with these bytes.

    Raises ``OutputError`` where there is another one.
    """
    if create(store, path, content):
        return True
    if sha256_in(store, path) != sha256(content).hexdigest():
        raise OutputError(f"There is another {store.url}/{path} already, and it is not overwritten.")
    return False


def remove(store: Store, path: str) -> None:
    """Remove a file there, or a folder with all that is in it; what is not there (any more) does not matter."""
    with reaching(store.url, FileNotFoundError), suppress(FileNotFoundError):
        store.system.rm(f"{store.root}/{path}", recursive=True)


def _chunks(opened: Any, tell: Tell | None) -> Iterator[bytes]:  # noqa: ANN401 - a file of any system
    while chunk := opened.read(CHUNK):
        yield chunk
        if tell:
            tell(len(chunk))
