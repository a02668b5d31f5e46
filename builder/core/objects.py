"""Single files at a store, named by their URLs: read whole, read in pieces, looked at."""

import io
import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from stat import S_IFREG
from typing import Any

from builder.core.reaching import reaching
from builder.core.stores import Store, open_store

_PIECE = 1 << 23
_OWN = (FileNotFoundError, PermissionError)
"""What is wrong with one file; anything else is wrong with the way to all of them."""
_VERSION = ("ETag", "etag", "generation", "md5Hash", "md5")
_WRITTEN = ("LastModified", "last_modified", "mtime", "updated", "modified", "created")
_NEVER_SETTLED = (1 << 63) - 1


def read_url(url: str) -> bytes:
    """All bytes of a file; ``OSError`` where it is not there or may not be read, ``Unreachable`` for all else."""
    store = open_store(url)
    with reaching(url, *_OWN):
        content: bytes = store.system.cat_file(store.root, **_whole(store))
    return content


def read_urls(urls: Sequence[str]) -> dict[str, bytes | OSError]:
    """The bytes of files at one store, asked for side by side, or why one cannot be read."""
    if not urls:
        return {}
    paths = {open_store(url).root: url for url in urls}
    store = open_store(urls[0])
    with reaching(urls[0]):
        answers = store.system.cat(list(paths), on_error="return", **_whole(store))
    return {url: _answer(answers[path], url) for path, url in paths.items()}


def _whole(store: Store) -> dict[str, int]:
    """How to ask for files that are small: s3fs asks for the size first, unless it is to read in one piece."""
    return {"max_concurrency": 1} if "s3" in store.system.protocol else {}


def _answer(answer: bytes | Exception, url: str) -> bytes | OSError:
    if isinstance(answer, bytes):
        return answer
    try:
        with reaching(url, *_OWN):
            raise answer
    except _OWN as error:
        return error


def kind_of(url: str) -> str | None:
    """Whether a URL is a ``file`` or a ``directory``; none where it is neither."""
    store = open_store(url)
    with reaching(url, FileNotFoundError):
        store.system.invalidate_cache()
        try:
            kind: str = store.system.info(store.root)["type"]
        except FileNotFoundError:
            return None
    return kind


def status_at(url: str) -> os.stat_result:
    """The status of a file; ``OSError`` where it is not there."""
    store = open_store(url)
    with reaching(url, *_OWN):
        store.system.invalidate_cache()
        facts = store.system.info(store.root)
    if facts["type"] != "file":
        raise FileNotFoundError(url)
    return status_of(facts)


def status_of(facts: Mapping[str, Any]) -> os.stat_result:
    """What a store tells of a file, as a status: its size, and in the place of times what tells its versions apart.

    That is below zero, made of the store's own sign of a version and its time of writing: no clock of this machine is
    held against the store's. Where a store has neither, it is a time that never comes, so that nothing is relied on.
    """
    version = [str(facts[name]) for name in _VERSION if facts.get(name)]
    written = [_moment(facts[name]) for name in _WRITTEN if facts.get(name)]
    sign = int.from_bytes(sha256("\0".join((*version, *written)).encode()).digest()[:7], "big")
    changed = -1 - sign if version or written else _NEVER_SETTLED
    times = {"st_mtime_ns": changed, "st_ctime_ns": changed}
    return os.stat_result((S_IFREG | 0o444, 0, 0, 1, 0, 0, int(facts["size"] or 0), 0, 0, 0), times)


def _moment(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


class Stream(io.RawIOBase):
    """A file at a store that is read as it is needed, a few megabytes at a time."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url
        store = open_store(url)
        with reaching(url, *_OWN):
            self._file = store.system.open(store.root, "rb", block_size=_PIECE)

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - whatever has room
        """Read into a buffer; how many bytes."""
        with reaching(self._url, *_OWN):
            data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go somewhere else; where that is."""
        return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        """Where it is."""
        return int(self._file.tell())

    def close(self) -> None:
        """Let go of it."""
        if not self.closed:
            self._file.close()
        super().close()
