"""What adjudicators settled takes the place of what was made of the annotators' answers."""

from collections.abc import Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from builder.contracts.arrow import arrow_schema
from builder.labels.label_rows import JOIN, Rows
from builder.labels.settled import Place, Settled

_PLACE = ("unit_type", "unit_id", "question")


def with_settled(tables: Rows, settled: Mapping[Place, Settled], label_set: str) -> Rows:
    """The tables in which the settled answers are the labels; rows are in no order.

    Votes, shares and entropy stay those of the annotators, so that one sees what was settled. A question that
    fell away for the adjudicator has no label, whatever annotators said.
    """
    if not settled:
        return tables
    kept, touched = {}, {}
    for name, each in tables.items():
        mine = pc.is_in(_keys(each), value_set=pa.array(["\n".join(place) for place in settled]))
        kept[name], touched[name] = each.filter(pc.invert(mine)), each.filter(mine).to_pylist()
    rows = {
        "labels": list(_labels(touched["labels"], settled, label_set)),
        "label_shares": list(_shares(touched["label_shares"], settled)),
        "label_spans": list(_spans(settled, label_set)),
    }
    return {
        name: pa.concat_tables([kept[name], pa.Table.from_pylist(rows[name], schema=arrow_schema(name))])
        for name in tables
    }


def _keys(rows: pa.Table) -> pa.ChunkedArray:
    return pc.binary_join_element_wise(*(rows[name] for name in _PLACE), "\n")


_Row = dict[str, object]


def _place(row: Mapping[str, object]) -> Place:
    return str(row["unit_type"]), str(row["unit_id"]), str(row["question"])


def _head(place: Place, label_set: str) -> _Row:
    return {"label_set": label_set, **dict(zip(_PLACE, place, strict=True))}


def _labels(touched: list[_Row], settled: Mapping[Place, Settled], label_set: str) -> Iterator[_Row]:
    before = {_place(row): row for row in touched}
    for place, answer in settled.items():
        if answer.asked:
            voted = before.get(place, {"n": 0, "entropy": None})
            yield {
                **_head(place, label_set),
                "hard": JOIN.join(answer.chosen),
                "mean": answer.number,
                "n": voted["n"],
                "entropy": voted["entropy"],
                "tie": False,
                "method": "adjudication",
                "adjudicated": True,
            }


def _shares(touched: list[_Row], settled: Mapping[Place, Settled]) -> Iterator[_Row]:
    for row in touched:
        answer = settled[_place(row)]
        if answer.asked:
            yield {**row, "hard": row["option"] in answer.chosen}


def _spans(settled: Mapping[Place, Settled], label_set: str) -> Iterator[_Row]:
    for place, answer in settled.items():
        for label, start, end in dict.fromkeys(answer.spans):
            yield {**_head(place, label_set), "label": label, "start": start, "end": end, "share": None}
