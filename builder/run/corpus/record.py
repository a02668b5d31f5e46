"""The build record beside the tables: what they were built from, the same bytes for the same build."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from builder.core.captures import CaptureFile
from builder.core.errors import DataError
from builder.core.places import Place, Url, is_url
from builder.core.staging import MARK
from builder.core.storage import read_json, write_json

FORMAT = 1


@dataclass(frozen=True, slots=True)
class RawListing:
    """Which captures there were: how many, how many bytes, and a hash over their names and sizes."""

    captures: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """What a folder of tables was built from: the raw path as seen from it, the builder, its weights.

    ``languages`` is what determined languages, empty if nothing did; ``near_copies`` says whether these were
    looked for, beside exact ones.
    """

    raw: str
    builder: str
    weights_sha256: str
    listing: RawListing
    rows: Mapping[str, int]
    schemas: Mapping[str, str]
    files: tuple[str, ...]
    languages: str = ""
    near_copies: bool = False
    format: int = FORMAT


def listing_of(captures: Iterable[CaptureFile]) -> RawListing:
    """The listing of captures in their order."""
    names = sha256()
    count, size = 0, 0
    for one in captures:
        names.update(f"{one.capture}\t{one.size}\n".encode())
        count, size = count + 1, size + one.size
    return RawListing(count, size, names.hexdigest())


def write_record(tables: Path, record: BuildRecord) -> None:
    """Put the record beside the tables."""
    write_json(tables / MARK, asdict(record))


def read_record(tables: Path) -> BuildRecord:
    """The record of a folder of tables; ``DataError`` where there is none or it is of another format."""
    if not (tables / MARK).is_file():
        raise DataError(f"There are no tables in {tables}. Build them first: builder build")
    value = read_json(tables / MARK)
    if value.get("format") != FORMAT:
        raise DataError(f"{tables / MARK} was written by another version. Build again: builder build")
    try:
        listing = RawListing(**value["listing"])
        return BuildRecord(**{**value, "listing": listing, "files": tuple(value["files"])})
    except (KeyError, TypeError) as error:
        raise DataError(f"{tables / MARK} is incomplete: {error}. Build again: builder build") from error


def raw_seen_from(tables: Path, raw: Place) -> str:
    """How to get from the tables to the raw captures, with slashes; absolute where there is no way; or their URL."""
    if isinstance(raw, Url):
        return raw.text
    try:
        return Path(os.path.relpath(raw.resolve(), tables.resolve())).as_posix()
    except ValueError:
        return raw.resolve().as_posix()


def raw_of(tables: Path, record: BuildRecord) -> Place:
    """Where the raw captures of these tables are, or were."""
    if is_url(record.raw):
        return Url(record.raw)
    return Path(os.path.normpath(tables.resolve() / record.raw))
