"""The tables as they may leave: pseudonyms for people, no names or addresses in texts, spans and hashes that fit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType

import pyarrow as pa
import pyarrow.compute as pc

from builder.contracts import catalogue
from builder.release.privacy.decide import NAME
from builder.release.privacy.edits import Edited
from builder.release.privacy.names import thread_names
from builder.release.privacy.released import (
    with_comment_hashes,
    with_released_ids,
    with_task_hashes,
    with_text_hmacs,
    with_texts,
)
from builder.release.privacy.reviewed import NOTHING, Reviewed, entry_for
from builder.release.privacy.scan import Standing
from builder.release.privacy.spans import moved_label_spans, moved_spans
from builder.release.privacy.texts import Cleaned, cleaned
from builder.release.privacy.threads import ARTICLE_TEXTS

_SHOWN = 5
_STEP = 10_000
"""Texts that are objects at once."""
_IDS = {"articles": "article_id", "comments": "comment_id"}


@dataclass(frozen=True, slots=True)
class Private:
    """Tables without the people in them; how many places of each kind were masked; what stands in the way."""

    tables: Mapping[str, pa.Table]
    counts: Mapping[str, int]
    names_replaced: int
    leaks: tuple[Standing, ...]
    listed: tuple[Standing, ...]

    @property
    def declared(self) -> Mapping[str, pa.Table]:
        """The tables that have a schema."""
        return {name: table for name, table in self.tables.items() if name in catalogue.TABLES}

    def refusal(self, file: str) -> str | None:
        """Why the tables may not leave, with what to write into the reviewed ``file``; none if they may."""
        if self.leaks:
            return _leaking(self.leaks)
        return _undecided(self.listed, file) if self.listed else None


def _leaking(leaks: Sequence[Standing]) -> str:
    some = "\n".join(f"  {one}" for one in leaks[:_SHOWN])
    return (
        f"{len(leaks)} names of commenters would leave in texts:\n{some}\n"
        "This is a fault of the builder, and no file can accept them. Please report it."
    )


def _undecided(listed: Sequence[Standing], file: str) -> str:
    entries = {(one.name, one.article_id): one for one in listed}
    lines = "\n\n".join(f"# {one.context}\n{entry_for(*key)}" for key, one in sorted(entries.items()))
    return (
        f"{len(entries)} names of commenters are ordinary words, too, and stand in texts of their threads. Look at "
        f'each and add it to {file} with a reason: the verdict "keep" leaves the word, "replace" takes the name '
        f"out.\n\n{lines}\n"
    )


def masked(
    tables: dict[str, pa.Table],
    key: bytes,
    tier: str,
    names: pa.Table | None = None,
    reviewed: Reviewed = NOTHING,
) -> Private:
    """The tables as they may leave at a tier, in the order of the ids that they had at home.

    At ``research`` names of a thread's commenters and addresses in texts are replaced, spans moved, texts hashed
    anew. At ``open``, where texts do not leave at all, spans keep the places that they have in the original text,
    which readers may rebuild from their own captures. At ``private`` nothing changes. Else the tables are taken out
    of those that were given as others come in their places: both at once would be twice the memory.

    Args:
        tables: the built tables by name; of annotations, labels, splits and withdrawals those that there are.
        key: the secret of the dataset, 32 random bytes.
        tier: ``open``, ``research`` or ``private``.
        names: what ``thread_names`` gave before withdrawals; by default it is taken from the tables.
        reviewed: verdicts on names that are ordinary words, too.
    """
    if tier == "private":
        return Private(tables, MappingProxyType({}), 0, (), ())
    done = Cleaned({}, {}, (), ())
    made = {**tables, "comments": with_text_hmacs(tables["comments"], key)}
    if tier == "research":
        done = cleaned(tables, thread_names(tables) if names is None else names, reviewed)
        made = _rewritten(made, done, key)
    tables.clear()
    released = with_released_ids(made, key)
    counts = {kind: count for kind, count in done.counts.items() if kind != NAME}
    return Private(released, counts, done.counts.get(NAME, 0), done.leaks, done.listed)


def _rewritten(tables: dict[str, pa.Table], done: Cleaned, key: bytes) -> dict[str, pa.Table]:
    by_column: dict[tuple[str, str], dict[int, Edited]] = {}
    for (table, column, row), one in done.changed.items():
        by_column.setdefault((table, column), {})[row] = one
    made = _annotations_moved(tables, by_column, key)
    for column in ARTICLE_TEXTS:
        made["articles"] = with_texts(made["articles"], column, by_column.get(("articles", column), {}))
    comments = by_column.get(("comments", "text"), {})
    made["comments"] = with_comment_hashes(with_texts(made["comments"], "text", comments), comments)
    return made


def _annotations_moved(
    tables: dict[str, pa.Table], by_column: Mapping[tuple[str, str], Mapping[int, Edited]], key: bytes
) -> dict[str, pa.Table]:
    """The tables whose rows say something of a text; comments and articles must still be as they were built."""
    ids: list[str] = []
    changed: dict[str, Edited] = {}
    for table, name in _IDS.items():
        here = tables[table][name].to_pylist()
        changed.update((here[row], one) for row, one in by_column.get((table, "text"), {}).items())
        ids += here
    made = dict(tables)
    if "tasks" in tables:
        known = _hashes(tables, changed)
        made["tasks"] = with_task_hashes(tables["tasks"], known, key)
    if "spans" in tables:
        made["spans"] = moved_spans(tables, ids, changed)
    if "label_spans" in tables:
        made["label_spans"] = moved_label_spans(tables["label_spans"], changed)
    return made


def _hashes(tables: Mapping[str, pa.Table], changed: Mapping[str, Edited]) -> dict[tuple[str, str], str]:
    """The hash of each text that has tasks as released, by unit and hash of the text as built."""
    known = {}
    units = pc.unique(tables["tasks"]["unit_id"])
    for table, name in _IDS.items():
        rows = tables[table].select([name, "text"])
        for batch in rows.filter(pc.is_in(rows[name], value_set=units)).to_batches(_STEP):
            for unit, text in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                if text is not None:
                    before = sha256(text.encode()).hexdigest()
                    known[unit, before] = (
                        sha256(changed[unit].text.encode()).hexdigest() if unit in changed else before
                    )
    return known
