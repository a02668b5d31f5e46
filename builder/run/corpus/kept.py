"""The parts of tables that builds keep beside them, each under the hash of what it was made of."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from builder.core.captures import CaptureFile
from builder.core.errors import DataError
from builder.core.private import UNCOMMITTED, keep_uncommitted
from builder.core.seal import is_sealed
from builder.core.storage import discard, make_folder, names_in, read_json, replace, write_new

_TAG = "CACHEDIR.TAG"
_SAID = b"""Signature: 8a477f597d28d172789f06886806bc55
# Parts of the tables beside this folder. `builder build` takes from here what it need not make again, and
# removes what no capture needs any more. The whole folder may go at any time: the next build makes it anew.
"""
_GRACE = 2_000_000_000
"""Nanoseconds: changes that are further apart than this have different times on any file system."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a shard of that listing was when it was read: its content's key, and whether that is settled.

    It is not where one of its files had changed so lately that the next change may bear the same time.
    """

    key: str
    settled: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """The folder of the parts that are kept, and how many bytes of rows stay there after a build."""

    folder: Path
    most_bytes: int

    def rows(self, key: str) -> Path:
        """The file of the rows of the shard with this content."""
        return self.folder / f"{key}.rows"

    def sums(self, key: str) -> Path:
        """The file of what of it goes into the small tables: names to be summed, and issues."""
        return self.folder / f"{key}.sums"

    def holds(self, key: str) -> bool:
        """Whether the part of that content is there as it was written, which after a power cut is not sure."""
        return is_sealed(self.rows(key)) and is_sealed(self.sums(key))

    def stamp_of(self, listing: str) -> Stamp | None:
        """The stamp of a shard with that listing; none where none is there, or it cannot be read."""
        try:
            return Stamp(**read_json(self._stamp(listing)))
        except (DataError, TypeError):
            return None

    def put_stamp(self, listing: str, stamp: Stamp) -> None:
        """Say of a listing what content it stands for."""
        replace(self._stamp(listing), json.dumps(asdict(stamp)).encode())

    def prepare(self, *, fresh: bool) -> None:
        """Make the folder, for git and backups to pass over; if ``fresh``, without what was in it."""
        if fresh:
            self.clear()
        make_folder(self.folder)
        write_new(self.folder / _TAG, _SAID)
        keep_uncommitted(self.folder, self.folder)

    def clear(self) -> None:
        """Remove everything that is kept."""
        discard(self.folder)

    def size(self, key: str) -> int:
        """How many bytes the rows of a part take; none where they are not there."""
        try:
            return self.rows(key).stat().st_size
        except FileNotFoundError:
            return 0

    def drop(self, key: str) -> None:
        """Remove the rows of a part; its sums stay until the sweep."""
        discard(self.rows(key))

    def drop_excess(self, keys: Iterable[str]) -> None:
        """Remove the rows of those parts that come when there is no more room."""
        room = self.most_bytes
        for key in keys:
            room -= self.size(key)
            if room < 0:
                self.drop(key)

    def sweep(self, listings: Iterable[str], keys: Iterable[str], also: Iterable[str] = ()) -> None:
        """Remove everything but what these shards need, and files of these names."""
        needed = {_TAG, UNCOMMITTED, *also, *(self._stamp(one).name for one in listings)}
        needed |= {file.name for key in keys for file in (self.rows(key), self.sums(key))}
        discard(*(self.folder / name for name in names_in(self.folder) - needed))

    def _stamp(self, listing: str) -> Path:
        return self.folder / f"{listing}.stamp"


def kept_beside(tables: Path, most_bytes: int) -> Kept:
    """Where the parts of these tables are kept."""
    return Kept(tables.parent / f".{tables.name}.parts", most_bytes)


def listing_key(recipe: str, shard: Iterable[CaptureFile]) -> str:
    """The hash of what a folder's listing tells of captures; while it stays, none of them was touched."""
    told = (
        f"\0{one.capture}\0{one.size}\0{one.changed}\0{_name(one.meta_file)}\0{one.meta_changed}"
        for one in shard
    )
    return sha256((recipe + "".join(told)).encode("utf-8", "surrogateescape")).hexdigest()


def settled(shard: Iterable[CaptureFile], read_at: int) -> bool:
    """Whether what was read then cannot have changed since without its listing telling."""
    return max(max(one.changed, one.meta_changed) for one in shard) < read_at - _GRACE


def _name(file: str | None) -> str:
    return Path(file).name if file else ""
