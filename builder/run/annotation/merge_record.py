"""The record beside the merged tables: what they were made from, the same bytes for the same merge."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from builder.annotate.merging.merge import Summary
from builder.core.errors import DataError
from builder.core.linefile import line_files
from builder.core.settings import Settings
from builder.core.settings_file import find_settings
from builder.core.staging import MARK
from builder.core.storage import read_json

FORMAT = 1
_AGAIN = "Merge again: builder merge"


@dataclass(frozen=True, slots=True)
class MergeRecord:
    """What a folder of merged tables was made from: the builder, how many files the archive had, what came of it."""

    builder: str
    archive_files: int
    summary: Summary
    rows: Mapping[str, int]
    schemas: Mapping[str, str]
    files: tuple[str, ...]
    format: int = FORMAT


def read_merge_record(folder: Path) -> MergeRecord:
    """The record of a folder of merged tables; ``DataError`` where there is none or it is of another format."""
    if not (folder / MARK).is_file():
        raise DataError(f"There are no merged annotations in {folder}. Merge first: builder merge")
    value = read_json(folder / MARK, _AGAIN)
    if value.get("format") != FORMAT:
        raise DataError(f"{folder / MARK} was written by another version. {_AGAIN}")
    try:
        summary = Summary(**value["summary"])
        return MergeRecord(**{**value, "summary": summary, "files": tuple(value["files"])})
    except (KeyError, TypeError) as error:
        raise DataError(f"{folder / MARK} is incomplete: {error}. {_AGAIN}") from error


def refuse_lost_pulls(settings: Settings) -> None:
    """Raise ``DataError`` where the archive has fewer files than the last merge read: answers would be lost."""
    there = len(line_files(settings.archive_dir))
    try:
        read = read_merge_record(settings.merged_dir).archive_files
    except DataError:
        return
    if there < read:
        raise DataError(
            f"{settings.archive_dir} has {there} of the {read} files that the last merge read. Put back your copy "
            f"of the last ones; to do without what they hold, remove {settings.merged_dir}."
        )


def merged_beside(tables: Path) -> Path:
    """Where the merged tables of the dataset are that a folder of tables belongs to."""
    return dataset_of(tables).merged_dir


def dataset_of(tables: Path) -> Settings:
    """The settings of the dataset that a folder of tables belongs to.

    Where these tables are not the ones that its settings mean, all its other folders are taken to be beside
    them, under their usual names.
    """
    settings = find_settings(tables)
    if settings.tables_dir.resolve() == tables.resolve():
        return settings
    usual = Settings(root=tables.resolve().parent)
    return replace(
        usual,
        raw=Path(usual.raw).name,
        tables=tables.name,
        rounds=Path(usual.rounds).name,
        archive=Path(usual.archive).name,
        merged=Path(usual.merged).name,
        label_sets=Path(usual.label_sets).name,
        private=Path(usual.private).name,
        withdrawals=Path(usual.withdrawals).name,
    )
