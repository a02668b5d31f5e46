"""Tables and archive of an older version are lifted to this builder's, folder by folder."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from builder.annotate.archive import lifting as lines
from builder.contracts import lifting
from builder.contracts.catalogue import ANNOTATION, CORPUS, LABELS, Table, table
from builder.contracts.columns import check_columns
from builder.core.errors import DataError, UsageError
from builder.core.linefile import line_files, read_lines, rewrite_lines
from builder.core.lock import locked
from builder.core.places import Url
from builder.core.settings import Settings
from builder.core.staging import MARK, staged
from builder.core.storage import folders_in, read_json, write_json
from builder.core.tablefile import read_table
from builder.core.version import __version__
from builder.run.corpus.writer import table_writer


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps over first numbers: of tables, and of the lines of an archive."""

    of_tables: lifting.Steps = field(default_factory=lambda: lifting.STEPS)
    of_lines: lines.Steps = field(default_factory=lambda: lines.STEPS)
    form: int = lines.FORM


@dataclass(frozen=True, slots=True)
class Lifted:
    """What was lifted, or would be: a table in a folder (or ``archive``), from which version to which, its rows."""

    folder: str
    table: str
    before: str
    after: str
    rows: int


OURS = Steps()


def migrate(settings: Settings, steps: Steps = OURS, *, dry: bool = False) -> tuple[Lifted, ...]:
    """Lift what is of an older version; a folder is replaced at one stroke, and the old one stands until then.

    All is lifted before anything is replaced. Raises ``DataError`` with the cure where there is no way from an
    older version, or where something was written by a newer one; nothing is changed then.
    """
    folders = [folder for folder in _folders(settings) if _outdated(folder)]
    made = {folder: dict(_tables(folder, steps.of_tables)) for folder in folders}
    old = _old_lines(settings, steps)
    if not dry:
        for folder, tables in made.items():
            _put(folder, tables)
        if old:
            with locked(settings.archive_dir):
                rewrite_lines(
                    settings.archive_dir, partial(lines.lifted, steps=steps.of_lines, form=steps.form)
                )
    found = [one for folder, tables in made.items() for one in _lifted(settings, folder, tables)]
    archive = [Lifted(settings.archive, "lines", str(old[0]), str(steps.form), old[1])] if old else []
    return (*found, *archive)


def _folders(settings: Settings) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Every folder of tables that a dataset has, with the tables in it."""
    if isinstance(settings.tables_place, Url):
        raise UsageError(f"Tables at {settings.tables_place} are not migrated but built again: builder build")
    home = settings.label_sets_dir
    sets = ((home / name, LABELS) for name in folders_in(home))
    for folder, names in ((settings.tables_dir, CORPUS), (settings.merged_dir, ANNOTATION), *sets):
        if (folder / MARK).is_file():
            yield folder, names


_Folder = tuple[Path, tuple[str, ...]]


def _outdated(folder: _Folder) -> bool:
    place, names = folder
    schemas = _schemas(place)
    return any(schemas.get(name) != table(name).version for name in names)


def _schemas(place: Path) -> Mapping[str, Any]:
    """The versions that a record names; ``DataError`` where the record is damaged."""
    schemas = read_json(place / MARK, lifting.REMAKE).get("schemas")
    if not isinstance(schemas, dict):
        raise DataError(f"{place / MARK} names no versions of schemas. {lifting.REMAKE}.")
    return schemas


def _tables(folder: _Folder, steps: lifting.Steps) -> Iterator[tuple[str, tuple[str, pa.Table]]]:
    """The tables of a folder under today's schemas, each with the version that it had."""
    place, names = folder
    schemas = _schemas(place)
    for name in names:
        if name not in schemas:
            raise DataError(f"{place} was made by a builder that knew no table {name}. {lifting.REMAKE}.")
        before = read_table(place, name)
        version = lifting.version_of(before) or str(schemas[name])
        yield name, (version, _sound(place, lifting.lifted(before, table(name), version, steps), table(name)))


def _sound(place: Path, made: pa.Table, contract: Table) -> pa.Table:
    faults = check_columns(made, contract.name)
    if faults:
        raise DataError(f"{place}: {contract.name} cannot be lifted: {faults[0]}. {lifting.REMAKE}.")
    return made


def _put(folder: _Folder, tables: Mapping[str, tuple[str, pa.Table]]) -> None:
    place, _ = folder
    out = place.resolve()
    with locked(out), staged(out) as fresh:
        for name, (_, made) in tables.items():
            with table_writer(fresh, name) as writer:
                writer.write(made)
        schemas = {name: table(name).version for name in tables}
        write_json(fresh / MARK, {**read_json(out / MARK), "builder": __version__, "schemas": schemas})


def _lifted(
    settings: Settings, folder: _Folder, tables: Mapping[str, tuple[str, pa.Table]]
) -> Iterator[Lifted]:
    place = folder[0].relative_to(settings.root).as_posix()
    for name, (version, made) in tables.items():
        if version != table(name).version:
            yield Lifted(place, name, version, table(name).version, made.num_rows)


def _old_lines(settings: Settings, steps: Steps) -> tuple[int, int] | None:
    """The oldest form of the archive's lines, and how many are old; each is lifted once to see that it can be."""
    every = (line for file in line_files(settings.archive_dir) for line in read_lines(file))
    forms = [lines.form_of(line) for line in every if lines.lifted(line, steps.of_lines, steps.form) != line]
    return (min(forms), len(forms)) if forms else None
