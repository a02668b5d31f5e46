"""What can be exported: the tables of a release, or those of the dataset as they are now."""

from pathlib import Path

from builder.contracts import catalogue
from builder.contracts.catalogue import Table, table_of
from builder.core.errors import DataError
from builder.core.settings import Settings
from builder.core.storage import read_json
from builder.core.tablefile import read_table
from builder.release.contents import FACTS
from builder.release.export.values import Source
from builder.release.withdrawal.tombstones import widened
from builder.release.withdrawal.without import without
from builder.run.corpus.withdrawn import read_ledger
from builder.run.releasing.gathering import tables_at_home

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
    tables = without(tables_at_home(settings), read_ledger(settings))
    contracts = {
        name: table_of(widened(name, catalogue.schema(name))) for name in tables if name in catalogue.TABLES
    }
    return Source(settings.name, None, {name: tables[name] for name in contracts}, contracts)


def _contract(folder: Path, name: str) -> Table:
    return table_of(read_json(folder / "schemas" / f"{name}.schema.json", _CURE))
