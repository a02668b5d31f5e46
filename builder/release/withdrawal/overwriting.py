"""Words of standing texts that quote what was withdrawn, or name who wrote it, are overwritten in all tables."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from builder.release.withdrawal.ledger import Overwriting
from builder.release.withdrawal.quotes import Passages, Place, joined, named, overwritten, passages, quoted
from builder.release.withdrawal.units import Gone, Tables

_TEXTS: Mapping[str, tuple[str, ...]] = {"articles": ("headline", "caption", "text"), "comments": ("text",)}


@dataclass(slots=True)
class _Thread:
    """What must not stand in a thread any more: passages of withdrawn texts, names of who wrote them."""

    texts: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    passages: Passages = frozenset()

    def places(self, text: str, *, names: bool) -> list[Place]:
        """Where that stands in a text."""
        return quoted(text, self.passages) + (named(text, self.names) if names else [])


def overwriting(tables: Tables, leaving: Gone) -> dict[str, pa.Table]:
    """The tables with such words overwritten, sign by sign; the units that are gone are left as they are."""
    if "text" not in tables["comments"].column_names:
        return dict(tables)
    threads = _threads(tables, leaving)
    changed = _changed(tables, leaving, threads)
    kept = {**tables, **{name: _with_texts(tables[name], texts) for name, texts in changed.items()}}
    units = {unit: new for texts in changed.values() for unit, new in _units(texts)}
    return _with_notes(_annotations(kept, units), threads)


def overwritings(tables: Tables, leaving: Gone) -> tuple[Overwriting, ...]:
    """What of standing texts is overwritten, as it is written down before the withdrawn texts are nowhere."""
    threads = _threads(tables, leaving)
    return tuple(
        Overwriting(unit, column, len(text), tuple(places))
        for name in _TEXTS
        for (unit, column), text, places in _found(tables[name], name, leaving, threads)
    )


_Changes = dict[tuple[str, str], str]
"""New texts by unit and column."""


def _threads(tables: Tables, leaving: Gone) -> dict[str, _Thread]:
    comments = tables["comments"]
    spelt = _spellings(tables)
    found: dict[str, _Thread] = defaultdict(_Thread)
    mine = comments.filter(_are(comments, "comment_id", leaving.comments))
    for row in _records(mine, ("article_id", "author_id", "author_name", "text")):
        thread = found[row["article_id"]]
        thread.texts += [row["text"]] if row["text"] else []
        thread.names |= {row["author_name"], spelt.get(row["author_id"] or "")} - {None}
    for thread in found.values():
        thread.passages = passages(thread.texts)
    return dict(found)


def _spellings(tables: Tables) -> Mapping[str, str]:
    authors = tables.get("authors")
    if authors is None or "name" not in authors.column_names:
        return {}
    return _pairs(authors, "author_id", "name")


def _changed(tables: Tables, leaving: Gone, threads: Mapping[str, _Thread]) -> dict[str, _Changes]:
    return {
        name: {
            place: overwritten(text, places)
            for place, text, places in _found(tables[name], name, leaving, threads)
        }
        for name in _TEXTS
        if name in tables
    }


def _found(
    table: pa.Table, name: str, leaving: Gone, threads: Mapping[str, _Thread]
) -> Iterator[tuple[tuple[str, str], str, list[Place]]]:
    """Each text that changes: its unit and column, what it says, and where that is overwritten."""
    key = f"{name.removesuffix('s')}_id"
    columns = [column for column in _TEXTS[name] if column in table.column_names]
    known = _known(leaving)
    mine = pc.or_(_are(table, "article_id", threads), _are(table, key, {unit for unit, _, _ in known}))
    gone = leaving.comments | leaving.articles
    for row in _records(table.filter(mine), tuple(dict.fromkeys((key, "article_id", *columns)))):
        thread = threads.get(row["article_id"], _Thread())
        for column in columns if row[key] not in gone else ():
            text = row[column] or ""
            places = joined(
                [
                    *thread.places(text, names=name == "comments"),
                    *known.get((row[key], column, len(text)), ()),
                ]
            )
            if places:
                yield (row[key], column), text, places


def _known(leaving: Gone) -> Mapping[tuple[str, str, int], list[Place]]:
    """The places that the ledger has, by unit, column and length of the text."""
    found: dict[tuple[str, str, int], list[Place]] = defaultdict(list)
    for one in leaving.overwritings:
        found[one.unit_id, one.column, one.length] += one.places
    return found


def _are(table: pa.Table, column: str, values: Iterable[str]) -> pa.ChunkedArray:
    return pc.is_in(table[column], value_set=pa.array(sorted(values), pa.string()))


def _with_texts(table: pa.Table, texts: _Changes) -> pa.Table:
    key = "comment_id" if "comment_id" in table.column_names else "article_id"
    for column in sorted({column for _, column in texts}):
        table = _replaced(
            table, column, key, {unit: new for (unit, one), new in texts.items() if one == column}
        )
    if "text_sha256" in table.column_names:
        hashes = {unit: _sha256(new) for (unit, column), new in texts.items() if column == "text"}
        table = _replaced(table, "text_sha256", key, hashes)
    return table


def _units(texts: _Changes) -> Iterator[tuple[str, str]]:
    """The units whose text is what people labelled, with their new texts."""
    yield from ((unit, new) for (unit, column), new in texts.items() if column == "text")


def _annotations(tables: Tables, units: Mapping[str, str]) -> dict[str, pa.Table]:
    kept = dict(tables)
    if "tasks" not in kept or not units:
        return kept
    if "text_sha256" in kept["tasks"].column_names:
        of_unit = {unit: _sha256(new) for unit, new in units.items()}
        kept["tasks"] = _replaced(kept["tasks"], "text_sha256", "unit_id", of_unit)
    if "spans" in kept and "text" in kept["spans"].column_names:
        kept["spans"] = _cut_anew(kept["spans"], kept["annotations"], units)
    return kept


def _with_notes(tables: Tables, threads: Mapping[str, _Thread]) -> dict[str, pa.Table]:
    """The tables with what annotators wrote about a unit of such a thread overwritten too."""
    kept = dict(tables)
    if "answers" not in kept or "text" not in kept["answers"].column_names:
        return kept
    of_unit = _pairs(kept["comments"], "comment_id", "article_id")
    of_annotation = _pairs(kept["annotations"], "annotation_id", "unit_id")
    texts = []
    for row in _records(kept["answers"], ("annotation_id", "text")):
        unit = of_annotation.get(row["annotation_id"])
        thread = threads.get(of_unit.get(unit, unit) or "")
        text = row["text"]
        texts.append(overwritten(text, thread.places(text, names=True)) if text and thread else text)
    kept["answers"] = _with_column(kept["answers"], "text", texts)
    return kept


def _pairs(table: pa.Table, key: str, value: str) -> dict[Any, Any]:
    return dict(zip(table[key].to_pylist(), table[value].to_pylist(), strict=True))


def _cut_anew(spans: pa.Table, annotations: pa.Table, units: Mapping[str, str]) -> pa.Table:
    """The spans with their texts as the new texts of their units have them."""
    of = _pairs(annotations, "annotation_id", "unit_id")
    texts = []
    for row in _records(spans, ("annotation_id", "start", "end", "text")):
        text = units.get(of.get(row["annotation_id"]) or "")
        texts.append(row["text"] if text is None else text[row["start"] : row["end"]])
    return _with_column(spans, "text", texts)


def _replaced(table: pa.Table, column: str, key: str, new: Mapping[str, str]) -> pa.Table:
    pairs = zip(table[key].to_pylist(), table[column].to_pylist(), strict=True)
    return _with_column(table, column, [new.get(unit, value) for unit, value in pairs])


def _with_column(table: pa.Table, column: str, values: Sequence[str | None]) -> pa.Table:
    place = table.schema.get_field_index(column)
    return table.set_column(place, table.schema.field(place), pa.array(values, pa.string()))


def _records(table: pa.Table, columns: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """The rows of a table with these columns, null where there is no such column."""
    there = [column for column in columns if column in table.column_names]
    for row in table.select(there).to_pylist():
        yield dict.fromkeys(columns) | row


def _sha256(text: str) -> str:
    return sha256(text.encode()).hexdigest()
