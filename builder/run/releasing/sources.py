"""What can be exported: the tables of a release, or those of the dataset as they are now."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa

from builder.contracts import catalogue
from builder.contracts.catalogue import ANNOTATION, CORPUS, LABELS, Table, table_of
from builder.core.errors import DataError
from builder.core.settings import Settings
from builder.core.staging import MARK
from builder.core.storage import read_json
from builder.core.tablefile import read_table
from builder.release.export.values import Source
from builder.release.withdrawal.tombstones import widened
from builder.release.withdrawal.without import without
from builder.run.annotation.merge_record import read_merge_record
from builder.run.corpus.record import read_record
from builder.run.corpus.withdrawn import read_ledger
from builder.run.labels.label_set_record import label_set_names, read_label_set_record

FACTS = "stats.json"
_CURE = "Is it the folder of a release? Cut one: builder release"


def release_source(folder: Path) -> Source:
    """The tables of a release, with the schemas that came with it; ``DataError`` where it is none."""
    facts = read_json(folder / FACTS, _CURE)
    try:
        names = tuple(facts["files"])
        of = facts["release"]
        tables = {name: read_table(folder / "data", name) for name in names}
        return Source(of["name"], of["version"], tables, {name: _contract(folder, name) for name in names})
    except (KeyError, TypeError) as error:
        raise DataError(f"{folder / FACTS} is incomplete: {error}. {_CURE}") from error


def dataset_source(settings: Settings) -> Source:
    """The tables of a dataset as they are now, without what was withdrawn.

    Those of annotations and labels are among them where there are any. ``DataError`` where nothing was built.
    """
    tables = without(present_tables(settings), read_ledger(settings))
    contracts = {
        name: table_of(widened(name, catalogue.schema(name))) for name in tables if name in catalogue.TABLES
    }
    return Source(settings.name, None, {name: tables[name] for name in contracts}, contracts)


def present_tables(settings: Settings) -> dict[str, pa.Table]:
    """Every table that a dataset has by now; label sets one below the other."""
    read_record(settings.tables_dir)
    tables = {name: read_table(settings.tables_dir, name) for name in CORPUS}
    if (settings.merged_dir / MARK).is_file():
        read_merge_record(settings.merged_dir)
        tables |= {name: read_table(settings.merged_dir, name) for name in ANNOTATION}
    return {**tables, **_labels(settings)}


def _labels(settings: Settings) -> Mapping[str, pa.Table]:
    folders = list(_label_sets(settings))
    if not folders:
        return {}
    return {name: pa.concat_tables([read_table(folder, name) for folder in folders]) for name in LABELS}


def _label_sets(settings: Settings) -> Iterator[Path]:
    for name in sorted(label_set_names(settings.label_sets_dir)):
        read_label_set_record(settings.label_sets_dir / name)
        yield settings.label_sets_dir / name


def _contract(folder: Path, name: str) -> Table:
    return table_of(read_json(folder / "schemas" / f"{name}.schema.json", _CURE))
