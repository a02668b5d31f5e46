"""Staging: a folder of tables is the old one or the new one, and nobody's files are ever deleted."""

from pathlib import Path

import pytest

from builder.core import staging
from builder.core.errors import OutputError
from builder.core.staging import MARK, staged
from builder.core.storage import write_json


def build(out: Path, content: str) -> None:
    """What a build does, with one table."""
    with staged(out) as folder:
        (folder / "articles.parquet").write_text(content, encoding="utf-8")
        write_json(folder / MARK, {"files": ["articles.parquet"]})


def fail(out: Path) -> None:
    """What a build does that ends in an error."""
    with staged(out) as folder:
        (folder / "articles.parquet").write_text("half", encoding="utf-8")
        raise ZeroDivisionError


def content(out: Path) -> str:
    """What the one table says."""
    return (out / "articles.parquet").read_text(encoding="utf-8")


def test_new_tables_take_the_place_of_the_old(tmp_path: Path) -> None:
    """After a build the new tables stand there and nothing stands beside them."""
    for said in ("one", "two"):
        build(tmp_path / "deep/tables", said)
    assert content(tmp_path / "deep/tables") == "two"
    assert [each.name for each in (tmp_path / "deep").iterdir()] == ["tables"]


def test_git_passes_over_them(tmp_path: Path) -> None:
    """Tables cannot be committed by accident wherever they are put, unless somebody wrote there that they may."""
    rules = tmp_path / "tables/.gitignore"
    for said, theirs in (("one", "*\n"), ("two", "*\n"), ("three", "!*\n")):
        if rules.exists():
            rules.write_text(theirs, encoding="utf-8")
        build(tmp_path / "tables", said)
        assert rules.read_text(encoding="utf-8") == theirs


def test_a_failed_build_changes_nothing(tmp_path: Path) -> None:
    """When a build ends in an error the old tables stand and nothing stands beside them."""
    build(tmp_path / "tables", "old")
    with pytest.raises(ZeroDivisionError):
        fail(tmp_path / "tables")
    assert content(tmp_path / "tables") == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["tables"]


def test_without_an_exchange_there_are_two_renames(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system cannot exchange folders, the new tables get there all the same."""
    monkeypatch.setattr(staging, "exchange", lambda _one, _other: False)
    test_new_tables_take_the_place_of_the_old(tmp_path)


def test_a_build_that_died_between_renames_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a builder died with the old tables moved away, the next one puts them back before it starts."""
    out = tmp_path / "tables"
    build(out, "old")
    out.rename(tmp_path / ".tables.old-1-a")
    (tmp_path / ".tables.staging-1-a").mkdir()
    monkeypatch.setattr(staging, "exchange", lambda _one, _other: False)
    with pytest.raises(ZeroDivisionError):
        fail(out)
    assert content(out) == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["tables"]


def test_a_dead_builders_leftovers_are_swept(tmp_path: Path) -> None:
    """Staging folders of builders that were killed go with the next build; similar names stay."""
    (tmp_path / ".tables.staging-77-abc/spool").mkdir(parents=True)
    (tmp_path / ".tables2.staging-77-abc").mkdir()
    build(tmp_path / "tables", "new")
    assert sorted(each.name for each in tmp_path.iterdir()) == [".tables2.staging-77-abc", "tables"]


@pytest.mark.parametrize("name", ["thesis.docx", "articles.parquet"])
def test_files_of_somebody_else_are_kept(tmp_path: Path, name: str) -> None:
    """A folder with files that no build wrote is refused, and they stay; an empty folder is used."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / name).write_text("years of work", encoding="utf-8")
    with pytest.raises(OutputError, match=name):
        build(tmp_path / "mine", "new")
    assert (tmp_path / "mine" / name).read_text(encoding="utf-8") == "years of work"
    (tmp_path / "empty").mkdir()
    build(tmp_path / "empty", "new")
    assert content(tmp_path / "empty") == "new"


def test_a_file_put_among_the_tables_is_kept(tmp_path: Path) -> None:
    """A stranger among built tables is noticed too, even one that looks like a table."""
    build(tmp_path / "tables", "old")
    (tmp_path / "tables/mine.parquet").write_text("years of work", encoding="utf-8")
    with pytest.raises(OutputError, match=r"mine\.parquet"):
        build(tmp_path / "tables", "new")
    assert content(tmp_path / "tables") == "old"


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    """Where a file stands in the place of the folder, or of one above it, the message says so."""
    (tmp_path / "tables").write_text("a file", encoding="utf-8")
    for out in (tmp_path / "tables", tmp_path / "tables/below"):
        with pytest.raises(OutputError, match="A file stands"):
            build(out, "new")
