"""Releases that people are not in: what was withdrawn, and the key that pseudonyms are made with."""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from builder.core.immutable import discard_read_only
from builder.core.settings import Settings
from builder.core.tablefile import read_table, table_in
from builder.core.tree import read_tree
from builder.release.contents import contents
from builder.release.withdrawal.ledger import Withdrawal
from builder.run.corpus.withdrawn import add_to_ledger
from builder.run.releasing.keys import key_file, rotate_key
from builder.run.releasing.places import listed
from builder.run.releasing.verifying import verify_release
from tests.unit.run.releasing.labelled_pages import cut_one, labelled_pages


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A dataset with labels, and a key outside of it."""
    (tmp_path / "dataset").mkdir()
    return labelled_pages(tmp_path / "dataset")


def test_what_was_withdrawn_is_gone(settings: Settings) -> None:
    """A withdrawal is a major step: the text is gone everywhere, the place in the thread stays, the list names it."""
    first = cut_one(settings, "1.0.0")
    comments = read_table(settings.tables_dir, "comments").to_pylist()
    unit = next(row for row in comments if "5 hours" in row["text"])
    add_to_ledger(settings, [Withdrawal("comment", unit["comment_id"], "person-asked", "2026-11-24")])
    made = cut_one(settings)
    assert made.facts["release"]["version"] == "2.0.0"
    files = read_tree(made.folder)
    assert "5 hours" in " ".join(contents(read_tree(first.folder)).tables["comments"]["text"].to_pylist())
    tables = contents(files).tables
    assert not [row for row in tables["comments"].to_pylist() if row["text"] and "5 hours" in row["text"]]
    (listed_one,) = tables["withdrawn"].to_pylist()
    assert (listed_one["version"], listed_one["since_version"], listed_one["unit_type"]) == (
        "2.0.0",
        "2.0.0",
        "comment",
    )
    tombstone = next(
        row for row in tables["comments"].to_pylist() if row["comment_id"] == listed_one["unit_id"]
    )
    assert (tombstone["attribution"], tombstone["text"]) == ("withdrawn", None)
    assert listed_one["unit_id"] not in tables["labels"]["unit_id"].to_pylist()
    assert [one.status for one in listed(settings.releases_dir)] == ["superseded: withdrawal", "current"]
    assert verify_release(made.folder).faults == ()
    assert not cut_one(settings).new
    assert cut_one(settings, "2.0.1").facts["release"]["bump"] == "patch"


def test_withdrawn_words_cannot_be_guessed_from_changes(settings: Settings) -> None:
    """The hash of a span that is gone is the same whatever it marked, so nobody can try words until it fits."""
    old = contents(read_tree(cut_one(settings).folder)).tables["spans"].drop_columns(["since_version"])
    unit = read_table(settings.tables_dir, "comments")["comment_id"][0].as_py()
    add_to_ledger(settings, [Withdrawal("comment", unit, "person-asked", "2026-11-24")])
    told = table_in(read_tree(cut_one(settings).folder).files["changes/spans.parquet"], "spans").to_pylist()
    rows = {
        json.dumps([row["annotation_id"], row["version"], row["ordinal"]]): row for row in old.to_pylist()
    }
    assert told
    for one in told:
        row = rows[one["key"]]
        lines = [json.dumps(said, sort_keys=True, separators=(",", ":")) for said in (row, _but_text(row))]
        hashes = [sha256(line.encode()).hexdigest() for line in lines]
        assert (one["from_hash"] == hashes[0], one["from_hash"] == hashes[1]) == (False, True)


def _but_text(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "text"}


def test_the_place_of_the_key_is_no_part_of_a_release(settings: Settings) -> None:
    """Whoever keeps the same key elsewhere cuts the same release, to the byte."""
    first = cut_one(settings).tar.read_bytes()
    discard_read_only(settings.releases_dir)
    key = key_file(settings)
    moved = replace(settings, key=str(key.rename(key.with_name("moved.json"))))
    assert cut_one(moved).tar.read_bytes() == first


def test_another_key_is_a_major_step(settings: Settings) -> None:
    """With a rotated key all pseudonyms are others, and so is the first number of the version."""
    cut_one(settings, "1.0.0")
    rotate_key(settings)
    made = cut_one(settings)
    assert made.facts["release"]["version"] == "2.0.0"
    assert "key of the pseudonyms rotated" in made.facts["release"]["bump_reason"]
