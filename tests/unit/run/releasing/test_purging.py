"""Releases after a withdrawal, and older ones that are purged of it."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from builder.core.errors import DataError, UsageError
from builder.core.settings import Settings
from builder.core.storage import files_below
from builder.run.annotation.merging import merge_archive
from builder.run.releasing.purging import purge
from builder.run.releasing.verifying import verify_release
from builder.run.releasing.withdrawing import Asked, plan_withdrawal, withdraw
from tests.unit.run.released import QUOTING, SAID, comment, cut_release, released_dataset, with_key

MINE = comment(SAID)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A dataset with labels."""
    return released_dataset(tmp_path)


@pytest.fixture
def releases(settings: Settings) -> tuple[Path, Path]:
    """A release with a comment, and the one after it was withdrawn."""
    old = cut_release(settings)
    withdraw(settings, plan_withdrawal(settings, Asked(("Zacharias",), "person-asked")), None)
    merge_archive(settings)
    return old, cut_release(settings)


def everything(folder: Path) -> str:
    """All that a release says: its documents, and each cell of its tables."""
    said = []
    for file in files_below(folder):
        if file.suffix == ".parquet":
            said.append(json.dumps(pq.read_table(file).to_pylist(), default=str, ensure_ascii=False))
        else:
            said.append(file.read_text(encoding="utf-8"))
    return "\n".join(said)


def rows(folder: Path, table: str) -> list[dict[str, object]]:
    """The rows of a table of a release."""
    found: list[dict[str, object]] = pq.read_table(folder / "data" / f"{table}.parquet").to_pylist()
    return found


def test_the_next_release_is_without_it(releases: tuple[Path, Path]) -> None:
    """Text, name and labels are gone from all files of the next release, and its place in the thread is left."""
    old, new = releases
    assert SAID in everything(old)
    said = everything(new)
    assert SAID not in said
    assert "Zacharias" not in said
    (tombstone,) = [row for row in rows(new, "comments") if row["comment_id"] == MINE["comment_id"]]
    assert (tombstone["attribution"], tombstone["text"], tombstone["author_id"]) == ("withdrawn", None, None)
    assert tombstone["position"] == 1
    assert MINE["comment_id"] not in {row["unit_id"] for row in rows(new, "labels")}


def test_the_next_release_lists_it(releases: tuple[Path, Path]) -> None:
    """Each withdrawn unit is listed with its reason and the first version without it, and both releases verify."""
    old, new = releases
    listed = rows(new, "withdrawn")
    assert {row["unit_type"] for row in listed} == {"author", "comment"}
    assert {(row["version"], row["reason_class"]) for row in listed} == {("0.2.0", "person-asked")}
    assert [verify_release(folder).faults for folder in (old, new)] == [(), ()]


@pytest.mark.usefixtures("releases")
def test_an_older_withdrawal_keeps_its_version(settings: Settings) -> None:
    """A release after that lists the unit with the same version, and those withdrawn since with its own."""
    other = comment("Nobody asked the fishermen.")["comment_id"]
    withdraw(settings, plan_withdrawal(settings, Asked((other,), "error")), None)
    merge_archive(settings)
    third = cut_release(settings)
    versions = {row["unit_id"]: row["version"] for row in rows(third, "withdrawn")}
    assert (versions[MINE["comment_id"]], versions[other]) == ("0.2.0", "0.3.0")
    assert verify_release(third).faults == ()


def test_a_quotation_is_overwritten(releases: tuple[Path, Path]) -> None:
    """Who quotes it keeps the comment, with as many signs and the quoted words and the name overwritten."""
    _, new = releases
    (row,) = [row for row in rows(new, "comments") if row["comment_id"] == comment(QUOTING)["comment_id"]]
    text = str(row["text"])
    assert len(text) == len(QUOTING)
    assert text.startswith("You write: ███ █████ ")
    assert text.endswith("Well, █████████, that is how it goes")


def test_an_old_release_is_purged(releases: tuple[Path, Path]) -> None:
    """A purged copy has nothing of it, says so, and verifies; the old one stays as it was."""
    old, new = releases
    done = purge(old, new / "data/withdrawn.parquet", old.with_name("copy"))
    said = everything(done.folder)
    assert SAID not in said
    assert "Zacharias" not in said
    assert verify_release(done.folder).faults == ()
    assert SAID in everything(old)
    release = json.loads((done.folder / "stats.json").read_text(encoding="utf-8"))["release"]
    assert release["status"] == "superseded: withdrawal"
    for name in ("README.md", "DATASHEET.md"):
        assert "superseded: withdrawal" in (done.folder / name).read_text(encoding="utf-8")
    assert done.units == {"comment": 3, "article": 0, "author": 1}


@pytest.mark.parametrize("tier", ["research", "open"])
def test_what_left_the_house_is_purged(tmp_path: Path, tier: str) -> None:
    """Under pseudonyms, and without any text, a release is purged by what the next one lists."""
    settings = with_key(released_dataset(tmp_path / "house"), tmp_path / "key")
    old = cut_release(settings, tier=tier)
    withdraw(settings, plan_withdrawal(settings, Asked(("Zacharias",), "person-asked")), None)
    merge_archive(settings)
    new = cut_release(settings, tier=tier)
    done = purge(old, new / "data/withdrawn.parquet", old.with_name("copy"))
    assert [verify_release(each).faults for each in (new, done.folder)] == [(), ()]
    assert not [word for word in (SAID, "Zacharias") if word in everything(new) + everything(done.folder)]
    assert done.units == {"comment": 3, "article": 0, "author": 1}
    tombstones = [row for row in rows(done.folder, "comments") if row["attribution"] == "withdrawn"]
    assert [row["text_hmac"] for row in tombstones] == [None, None, None]


def test_the_publisher_purges_in_place(releases: tuple[Path, Path]) -> None:
    """Purged in place, folder and tar are new, the list has their hashes, and what follows still verifies."""
    old, new = releases
    purge(old, new / "data/withdrawn.parquet")
    assert SAID not in everything(old)
    assert [verify_release(each).faults for each in (old, new, old.with_name(f"{old.name}.tar"))] == [
        (),
        (),
        (),
    ]
    (listed,) = [
        one
        for one in json.loads((old.parent / "releases.json").read_text(encoding="utf-8"))["releases"]
        if one["folder"] == old.name
    ]
    assert listed["status"] == "superseded: withdrawal"
    assert not list(old.parent.glob(".*staging*"))


def test_a_second_purge_has_nothing_to_do(releases: tuple[Path, Path]) -> None:
    """A release that has nothing of it is left alone, and the caller told."""
    old, new = releases
    purge(old, new / "data/withdrawn.parquet")
    with pytest.raises(UsageError, match="no need to purge"):
        purge(old, new / "data/withdrawn.parquet")


def test_another_table_is_refused(releases: tuple[Path, Path]) -> None:
    """A file that is no table of withdrawals takes nothing out of anything."""
    old, new = releases
    with pytest.raises(DataError, match="is no table of withdrawals"):
        purge(old, new / "data/labels.parquet")
