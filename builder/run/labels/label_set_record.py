"""The record beside a label set: how it was made, and what its method found out about annotators."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from builder.core.errors import DataError
from builder.core.staging import MARK
from builder.core.storage import file_sha256, folders_in, read_json

FORMAT = 1
_AGAIN = "Make the label set again under another name: builder aggregate"


@dataclass(frozen=True, slots=True)
class LabelSetRecord:
    """How a label set was made; ``how`` is what was asked for, ``estimates`` what the method says of annotators.

    ``merged_sha256`` is the hash of the merged answers that it was last seen to be made of.
    """

    builder: str
    label_set: str
    how: Mapping[str, Any]
    estimates: tuple[Mapping[str, Any], ...]
    rows: Mapping[str, int]
    schemas: Mapping[str, str]
    files: tuple[str, ...]
    format: int = FORMAT
    merged_sha256: str = ""


def merged_sha256(folder: Path) -> str:
    """The hash of the tables in a folder of merged answers."""
    lines = (f"{file.name} {file_sha256(file)}\n" for file in sorted(folder.glob("*.parquet")))
    return sha256("".join(lines).encode()).hexdigest()


def label_set_names(folder: Path) -> tuple[str, ...]:
    """The names of the label sets in a folder, in the order of their numbers where they have some."""
    names = (name for name in folders_in(folder) if (folder / name / MARK).is_file())
    return tuple(sorted(names, key=_natural))


def _natural(name: str) -> tuple[str, int, str]:
    word = name.rstrip("0123456789")
    return word, int(name[len(word) :] or 0), name


def read_label_set_record(folder: Path) -> LabelSetRecord:
    """The record of a label set; ``DataError`` where there is none or it is of another format."""
    value = read_json(folder / MARK, _AGAIN)
    if value.get("format") != FORMAT:
        raise DataError(f"{folder / MARK} was written by another version. {_AGAIN}")
    try:
        return LabelSetRecord(
            **{**value, "estimates": tuple(value["estimates"]), "files": tuple(value["files"])}
        )
    except (KeyError, TypeError) as error:
        raise DataError(f"{folder / MARK} is incomplete: {error}. {_AGAIN}") from error
