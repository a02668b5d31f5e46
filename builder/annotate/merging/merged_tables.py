"""Settled versions as the rows of the annotation tables, in their order."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from builder.annotate.annotators import Pseudonyms
from builder.annotate.merging.batches import Columns
from builder.annotate.merging.histories import Histories
from builder.annotate.merging.rows import SAYING
from builder.annotate.merging.shown import Shown
from builder.annotate.merging.standing import Settled, begins
from builder.contracts import instants
from builder.contracts.arrow import arrow_schema


def tables_of(
    columns: Columns, settled: Settled, known: Histories, people: Pseudonyms
) -> dict[str, pa.Table]:
    """All tables of annotations, each sorted as its schema says."""
    annotations = _annotations(settled, people)
    return {
        "tasks": _tasks(known),
        "annotations": annotations,
        **{name: _saying(name, columns[name], settled) for name in SAYING},
        "annotators": _annotators(annotations, people),
    }


def _annotations(settled: Settled, people: Pseudonyms) -> pa.Table:
    schema, versions = arrow_schema("annotations"), settled.versions
    made = {
        "version": pa.array(settled.numbers.astype(np.int32)),
        "annotator_id": _pseudonyms(versions["annotator"], people),
        "status": settled.statuses,
    }
    return pa.table([made[name] if name in made else versions[name] for name in schema.names], schema)


def _pseudonyms(addresses: pa.ChunkedArray, people: Pseudonyms) -> pa.Array:
    found = addresses.combine_chunks().dictionary_encode()
    names = pa.array([people.of(each) for each in found.dictionary.to_pylist()], pa.string())
    return pa.DictionaryArray.from_arrays(found.indices, names).dictionary_decode()


def _saying(name: str, rows: pa.Table, settled: Settled) -> pa.Table:
    """The rows of what versions say, of those whose rows are kept in that table."""
    status = "rejected" if name == "rejects" else "merged"
    places = settled.places[rows["row"].to_numpy()]
    counts = np.append(
        np.asarray(pc.equal(settled.statuses, status)), False
    )  # the last is for what is nowhere
    kept = np.flatnonzero(counts[places])
    kept = kept[np.argsort(places[kept], kind="stable")]
    versions, numbers = settled.versions["annotation_id"].take(places[kept]), settled.numbers[places[kept]]
    rows = rows.drop_columns("row").take(kept)
    return pa.table([versions, numbers.astype(np.int32), *rows.columns], arrow_schema(name))


def _annotators(annotations: pa.Table, people: Pseudonyms) -> pa.Table:
    """A row for each annotator: how much of theirs is merged, and when they first and last saved anything."""
    made, saved = (annotations[name].cast(pa.int64()) for name in ("created_at", "updated_at"))
    work = pa.table(
        {
            "annotator_id": annotations["annotator_id"],
            "merged": pc.equal(annotations["status"], "merged").cast(pa.int32()),
            "first": pc.min_element_wise(made, saved),
            "last": pc.max_element_wise(made, saved),
        }
    )
    found = work.filter(work["annotator_id"].is_valid()).group_by("annotator_id", use_threads=False)
    found = found.aggregate([("merged", "sum"), ("first", "min"), ("last", "max")]).sort_by("annotator_id")
    groups = [people.groups.get(person) or None for person in found["annotator_id"].to_pylist()]
    columns = [found[name] for name in ("annotator_id", "merged_sum", "first_min", "last_max")]
    schema = arrow_schema("annotators")
    return pa.table(
        [
            *(each.cast(kind) for each, kind in zip(columns, schema.types[:-1], strict=True)),
            pa.array(groups, pa.string()),
        ],
        schema,
    )


def _tasks(known: Histories) -> pa.Table:
    """One row a key: the task that is on its server, or of several the one made last."""
    found = [(of, at, seen) for of, at, seen in known.tasks.items() if isinstance(seen.shown, Shown)]
    made = instants.parse_all([seen.created_at for _, _, seen in found])
    columns = {
        "server": [of[0] for of, _, _ in found],
        "project": [of[1] for of, _, _ in found],
        "pushed_at": pc.coalesce(made, instants.parse_all([at for _, at, _ in found])),
        "deleted": [bool(known.gone.last((*of, seen.created_at))) for of, _, seen in found],
    }
    schema, shown = arrow_schema("tasks"), [seen.shown for _, _, seen in found]
    for name in schema.names:
        if name not in columns:
            columns[name] = [getattr(one, name) for one in shown]
    rows = pa.table(
        [pa.array(columns[name], kind) for name, kind in zip(schema.names, schema.types, strict=True)], schema
    )
    return rows.take(_latest([of[2] for of, _, _ in found], rows))


def _latest(numbers: list[int], rows: pa.Table) -> NDArray[np.int64]:
    """The row of each key that stands for it, in the order of the keys."""
    ranked = rows.select(["task_key", "deleted", "pushed_at", "server", "project"])
    ranked = ranked.append_column("number", pa.array(numbers, pa.int64()))
    ranked = ranked.append_column("place", pa.array(np.arange(len(numbers))))
    falling = ("deleted", "place")  # of the same task as it was at several pulls, the first
    keys = [(name, "descending" if name in falling else "ascending") for name in ranked.column_names]
    order = np.asarray(pc.sort_indices(ranked, keys), np.int64)
    return order[np.roll(begins(ranked.select(["task_key"]).take(order)), -1)]
