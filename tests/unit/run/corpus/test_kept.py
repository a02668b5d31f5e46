"""What is kept: parts under their content, stamps under their listing, and no more than is needed."""

from pathlib import Path

import pytest

from builder.core.captures import CaptureFile
from builder.core.errors import DataError
from builder.core.tablefile import read_parts
from builder.run.corpus import work as work_module
from builder.run.corpus.inputs import content_key, read_inputs
from builder.run.corpus.kept import Kept, Stamp, kept_beside, listing_key, settled
from builder.run.corpus.work import Job, Workplace, read_part, work
from tests.unit.run.standin import tables_of

CAPTURE = CaptureFile("a0", "p/a.txt", "p", "a.txt", 9, None, 1_000)


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    """A folder for parts."""
    made = kept_beside(tmp_path / "tables", 0)
    made.prepare(fresh=False)
    return made


def job(folder: Path, text: str = "Head\nAnn: hello") -> Job:
    """A shard of one capture."""
    file = folder / "a.txt"
    file.write_text(text, encoding="utf-8")
    return Job((CAPTURE._replace(file=str(file), size=len(text)),), "listing")


@pytest.mark.parametrize(
    "other", [{"capture": "p/b.txt"}, {"size": 8}, {"changed": 999}, {"meta_file": "m"}, {"meta_changed": 1}]
)
def test_a_listing_is_known_by_name_size_and_time(other: dict[str, str | int]) -> None:
    """Whatever a listing tells of a capture is in its key, where its files lie is not."""
    key = listing_key("recipe", [CAPTURE])
    assert listing_key("recipe", [CAPTURE._replace(**other)]) != key
    assert listing_key("other", [CAPTURE]) != key
    assert listing_key("recipe", [CAPTURE._replace(file="elsewhere/a.txt")]) == key


def test_content_is_known_by_name_and_bytes(tmp_path: Path) -> None:
    """The key of a content moves with names, bytes and side files, and with nothing else."""
    (capture,) = job(tmp_path).shard
    key = content_key("recipe", read_inputs([capture]))
    assert content_key("recipe", read_inputs([capture._replace(changed=5)])) == key
    assert content_key("other", read_inputs([capture])) != key
    assert content_key("recipe", read_inputs([capture._replace(capture="p/b.txt")])) != key
    (tmp_path / "meta").write_bytes(b"{}")
    assert content_key("recipe", read_inputs([capture._replace(meta_file=str(tmp_path / "meta"))])) != key
    (tmp_path / "a.txt").write_text("other", encoding="utf-8")
    assert content_key("recipe", read_inputs([capture])) != key


def test_work_is_done_once(kept: Kept, tmp_path: Path) -> None:
    """A shard's part is made, stamped, and taken as it is the next time."""
    place = Workplace(tables_of, "recipe", tmp_path, kept)
    first, again = work(place, job(tmp_path)), work(place, job(tmp_path))
    assert (first.parsed, again.parsed, again.key) == (True, False, first.key)
    assert kept.stamp_of("listing") == Stamp(first.key, settled=True)
    assert read_part(kept, first.key).comments["text"].to_pylist() == ["hello"]
    assert "read" in first.spent


def test_what_cannot_be_read_is_not_stamped(kept: Kept, tmp_path: Path) -> None:
    """A capture that vanished may be back the next time, so its shard is read again."""
    gone = job(tmp_path)
    Path(gone.shard[0].file).unlink()
    done = work(Workplace(lambda _: tables_of([]), "recipe", tmp_path, kept), gone)
    assert done.parsed
    assert kept.stamp_of("listing") is None


def test_a_part_that_is_spoilt_is_not_there(kept: Kept, tmp_path: Path) -> None:
    """Only files that are whole to their end, and nowhere changed, count."""
    key = work(Workplace(tables_of, "recipe", tmp_path, kept), job(tmp_path)).key
    whole = kept.rows(key).read_bytes()
    changed = whole.replace(b"hello", b"hallo")
    assert changed != whole
    for spoilt in (whole[:-1], whole[:100], b"", whole[:-8] + bytes(8), changed):
        kept.rows(key).write_bytes(spoilt)
        assert not kept.holds(key)
    kept.rows(key).write_bytes(whole)
    assert kept.holds(key)
    assert len(read_parts(kept.rows(key))) > 1


def test_a_part_that_is_gone_is_told(kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where somebody removes a part while it is needed, it is named."""
    key = work(Workplace(tables_of, "recipe", tmp_path, kept), job(tmp_path)).key
    kept.drop(key)
    monkeypatch.setattr(work_module, "_SHOWS_UP", 0.0)
    with pytest.raises(DataError, match=key):
        read_part(kept, key)


def test_a_sweep_leaves_what_is_needed(kept: Kept, tmp_path: Path) -> None:
    """Parts and stamps of no shard go, also what dead processes left; the note for backups stays, and that for git."""
    key = work(Workplace(tables_of, "recipe", tmp_path, kept), job(tmp_path)).key
    work(Workplace(tables_of, "other", tmp_path, kept), job(tmp_path))
    kept.put_stamp("old", Stamp("0", settled=True))
    (kept.folder / ".0.rows.ab12").touch()
    kept.sweep(["listing"], [key], ["receipt.json"])
    names = {file.name for file in kept.folder.iterdir()}
    assert names == {"CACHEDIR.TAG", ".gitignore", "listing.stamp", f"{key}.rows", f"{key}.sums"}


def test_spoilt_stamps_say_nothing(kept: Kept) -> None:
    """A stamp that cannot be read is none."""
    for spoilt in (b"", b"[]", b'{"key": "0"}', b'{"key": "0", "settled": true, "more": 1}'):
        (kept.folder / "listing.stamp").write_bytes(spoilt)
        assert kept.stamp_of("listing") is None


def test_the_young_are_not_settled() -> None:
    """A file that had changed less than two seconds before it was read may have changed again at the same time."""
    assert settled([CAPTURE], CAPTURE.changed + 2_000_000_001)
    assert not settled([CAPTURE], CAPTURE.changed + 2_000_000_000)
    assert not settled([CAPTURE._replace(meta_changed=5_000)], CAPTURE.changed + 2_000_000_001)
