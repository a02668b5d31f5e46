"""The private list of annotators."""

from pathlib import Path

import pytest

from builder.core.errors import DataError
from builder.run.annotation.annotators import called, keep_pseudonyms, read_pseudonyms


def test_a_pseudonym_is_kept(tmp_path: Path) -> None:
    """Who has a pseudonym keeps it, however the list grows and however the name is written."""
    file = tmp_path / "private" / "annotators.json"
    people = read_pseudonyms(file).with_names(["Ana"])
    keep_pseudonyms(file, people)
    again = read_pseudonyms(file).with_names(["bo@lab.example"])
    keep_pseudonyms(file, again)
    assert read_pseudonyms(file).of("ana@annotators.example") == people.of("Ana")
    assert read_pseudonyms(file).of("bo@lab.example") == again.of("BO@lab.example ")


def test_two_datasets_do_not_share_pseudonyms(tmp_path: Path) -> None:
    """Without the key nobody can tell that two pseudonyms are one person."""
    one, other = (read_pseudonyms(tmp_path / name) for name in ("one.json", "other.json"))
    assert one.of("ana") != other.of("ana")


def test_the_list_is_for_its_owner(tmp_path: Path) -> None:
    """Nobody else on the machine may read the list."""
    file = tmp_path / "private" / "annotators.json"
    keep_pseudonyms(file, read_pseudonyms(file).with_names(["ana"]))
    assert file.stat().st_mode & 0o077 == 0


def test_a_damaged_list_is_never_replaced(tmp_path: Path) -> None:
    """A list that cannot be read is an error, not a reason for new pseudonyms."""
    file = tmp_path / "annotators.json"
    file.write_text('{"key": "zz", "annotators": {}}', encoding="utf-8")
    with pytest.raises(DataError, match="damaged"):
        read_pseudonyms(file)


def test_namesakes_are_told_apart(tmp_path: Path) -> None:
    """Two people whose addresses differ in the host alone are called by their whole addresses."""
    people = read_pseudonyms(tmp_path / "annotators.json").with_names(["a@x.example", "a@y.example", "bo"])
    assert set(called(people).values()) == {"a@x.example", "a@y.example", "bo"}
