"""What a release is made of, as hashes and times: whether anything has become different since it was cut."""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from builder.core.settings import Settings
from builder.core.staging import MARK
from builder.core.storage import file_sha256, written_at
from builder.release.withdrawal.ledger import Entry, as_line
from builder.run.corpus.withdrawn import read_ledger
from builder.run.labels.label_set_record import label_set_names

PARTS: Mapping[str, str] = MappingProxyType(
    {
        "tables": "the tables were built",
        "annotations": "answers were merged",
        "labels": "label sets were made",
        "withdrawals": "something was withdrawn",
    }
)
"""The parts that a release is made of, and what has happened where one is different."""


def made_of(settings: Settings, parts: Iterable[str] = tuple(PARTS)) -> dict[str, str]:
    """The hash of each of these parts as it is now: of the tables' files, and of what the ledger takes away."""
    return {part: _hash_of(settings, part) for part in parts}


def changed_at(settings: Settings) -> dict[str, float]:
    """When each part was written last, in seconds since 1970; 0 where there is none."""
    return {
        "tables": written_at(settings.tables_dir / MARK),
        "annotations": written_at(settings.merged_dir / MARK),
        "labels": max((written_at(folder / MARK) for folder in _label_sets(settings)), default=0.0),
        "withdrawals": written_at(settings.withdrawals_file),
    }


def _hash_of(settings: Settings, part: str) -> str:
    if part == "withdrawals":
        ledger = read_ledger(settings)
        entries: tuple[Entry, ...] = (*ledger.withdrawals, *ledger.overwritings)
        return _sha256(map(as_line, entries))
    folders = {"tables": [settings.tables_dir], "annotations": [settings.merged_dir]}
    return _sha256(_lines(folders.get(part) or _label_sets(settings)))


def _lines(folders: list[Path]) -> Iterator[str]:
    for folder in folders:
        for file in sorted(folder.glob("*.parquet")):
            yield f"{folder.name}/{file.name} {file_sha256(file)}\n"


def _label_sets(settings: Settings) -> list[Path]:
    home = settings.label_sets_dir
    return [home / name for name in label_set_names(home)]


def _sha256(lines: Iterable[str]) -> str:
    return sha256("".join(lines).encode()).hexdigest()
