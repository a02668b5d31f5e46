"""How many rows the tables have, what is missing in them, and whether their links lead somewhere."""

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from builder.release.documents.counts.arrays import frequencies, has


def shapes(tables: Mapping[str, pa.Table]) -> dict[str, Any]:
    """Each table's rows, missing values by column, and rows by the version that brought them."""
    return {name: _shape(table) for name, table in sorted(tables.items())}


def _shape(table: pa.Table) -> dict[str, Any]:
    missing = {name: table[name].null_count for name in table.column_names if table[name].null_count}
    since = frequencies(table["since_version"]) if "since_version" in table.column_names else {}
    return {"rows": table.num_rows, "missing": missing, "since": since}


def links(tables: Mapping[str, pa.Table], schemas: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each column that refers to a table that is there: how many rows refer, and how many lead nowhere."""
    return [
        {
            "from": f"{name}.{column}",
            "to": f"{target}.{key}",
            **_link(tables[name][column], tables[target][key]),
        }
        for name, column, target, key in _references(schemas)
        if has(tables, name, column) and has(tables, target, key)
    ]


def _references(schemas: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str, str, str]]:
    for name, schema in sorted(schemas.items()):
        for column, said in schema["properties"].items():
            if "x-references" in said:
                target, key = said["x-references"].split(".")
                yield name, column, target, key


def _link(values: pa.ChunkedArray, keys: pa.ChunkedArray) -> dict[str, int]:
    said = values.drop_null()
    found = pc.sum(pc.is_in(said, value_set=keys.combine_chunks())).as_py() or 0
    return {"rows": len(said), "broken": len(said) - found}
