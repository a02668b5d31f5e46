"""Changes: what became of the ids from one build to the next."""

import pyarrow as pa

from builder.tables.changes import IdChanges, id_changes


def rows(**places: int) -> pa.Table:
    """A table of ids with their places."""
    return pa.table(
        {"id": pa.array(places.keys(), pa.string()), "position": pa.array(places.values(), pa.int32())}
    )


def test_every_id_is_counted_once() -> None:
    """An id stayed, moved or went, or is new."""
    changes = id_changes(rows(a=0, b=1, c=2, d=3), rows(a=0, c=1, d=2, e=3, f=4))
    assert changes == IdChanges(stayed=1, moved=2, went=1, new=2)


def test_ids_without_places_cannot_move() -> None:
    """Of ids alone one can only say that they stayed, went or are new."""
    changes = id_changes(rows(a=0, b=1).select(["id"]), rows(b=0, c=1).select(["id"]))
    assert changes == IdChanges(stayed=1, moved=0, went=1, new=1)


def test_empty_tables_compare() -> None:
    """From nothing to something all is new, and back all went."""
    assert id_changes(rows(), rows(a=0)) == IdChanges(stayed=0, moved=0, went=0, new=1)
    assert id_changes(rows(a=0), rows()) == IdChanges(stayed=0, moved=0, went=1, new=0)
