"""The tables of a release or a dataset are written in the form of another program."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from builder.core.database import write_database
from builder.core.fresh import fresh_folder
from builder.core.private import UNCOMMITTED, keep_uncommitted
from builder.core.storage import files_below, write_lines
from builder.release.export import convokit, sqlite
from builder.release.export.text import csv_lines, json_lines
from builder.release.export.values import Source, rows


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: in which form, where, which files with how many bytes, from how many rows a table."""

    form: str
    folder: Path
    files: Mapping[str, int]
    rows: Mapping[str, int]

    def as_json(self) -> dict[str, Any]:
        """The report as values that ``json.dumps`` takes."""
        return {**asdict(self), "folder": str(self.folder)}


def export(source: Source, form: str, out: Path) -> Exported:
    """Write tables in a form (``convokit``, ``csv``, ``jsonl``, ``sqlite``) to a new folder.

    The same tables give the same bytes; git passes over those of a dataset, which nobody released.
    Raises ``OutputError`` where there is something at ``out`` already, ``DataError`` where the form needs what the
    tables do not have.
    """
    with fresh_folder(out) as folder:
        if source.version is None:
            keep_uncommitted(folder)
        _FORMS[form](source, folder)
    counts = {name: table.num_rows for name, table in source.tables.items()}
    used = convokit.NEEDED if form == "convokit" else tuple(counts)
    files = (file for file in files_below(out) if file.name != UNCOMMITTED)
    sizes = {file.relative_to(out).as_posix(): file.stat().st_size for file in files}
    return Exported(form, out, sizes, {name: counts[name] for name in used})


def _convokit(source: Source, folder: Path) -> None:
    write_lines(folder / "utterances.jsonl", convokit.utterances(source))
    write_lines(folder / "speakers.json", [convokit.speakers(source)])
    write_lines(folder / "conversations.json", [convokit.conversations(source)])
    write_lines(folder / "corpus.json", [convokit.corpus(source)])
    write_lines(folder / "index.json", [convokit.index(source)])


def _csv(source: Source, folder: Path) -> None:
    for name, table in source.tables.items():
        write_lines(folder / f"{name}.csv", csv_lines(table))


def _jsonl(source: Source, folder: Path) -> None:
    for name, table in source.tables.items():
        write_lines(folder / f"{name}.jsonl", json_lines(table))


def _sqlite(source: Source, folder: Path) -> None:
    insertions = (
        (sqlite.insertion(name, table.column_names), rows(table)) for name, table in source.tables.items()
    )
    file = folder / f"{source.name}.sqlite"
    write_database(file, sqlite.statements(source), insertions, sqlite.indices(source))


_FORMS: Mapping[str, Callable[[Source, Path], None]] = {
    "convokit": _convokit,
    "csv": _csv,
    "jsonl": _jsonl,
    "sqlite": _sqlite,
}
