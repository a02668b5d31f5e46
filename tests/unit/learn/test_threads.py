"""Threads: real texts with gold, as a folder holds them."""

from pathlib import Path

import pytest

from builder.core.errors import DataError
from builder.learn.threads import article_alone, load_threads
from tests.unit.learn.folder import NAMES, thread_of


def test_a_folder_holds_threads(folder: Path) -> None:
    """Every text of the renderings is a thread with its gold, its fold and the name that it is matched by."""
    found = load_threads(folder)
    assert {thread.name for thread in found} == {name.rsplit("/", 1)[1] for name in NAMES}
    assert [thread.rendering for thread in found] == ["seedlike"] * 2 + ["seedlinks"] * 2
    assert sorted(thread.fold for thread in found) == [0, 0, 1, 1]
    for thread in found:
        assert thread.file == f"{thread.rendering}/{thread.name}.{thread.rendering}.txt"
        assert thread.text == (folder / thread.file).read_bytes()
        assert thread.gold["headline"].encode() in thread.text


def test_one_rendering_can_be_asked_for(folder: Path) -> None:
    """Only the renderings that are wanted are read."""
    assert {thread.rendering for thread in load_threads(folder, ("seedlinks",))} == {"seedlinks"}
    assert load_threads(folder, ()) == ()


def test_a_folder_without_an_index_is_refused(tmp_path: Path) -> None:
    """The error names the folder and the command."""
    with pytest.raises(DataError, match=r"holds no index\.json.*builder eval DIR"):
        load_threads(tmp_path)


def test_missing_gold_is_named(tmp_path: Path) -> None:
    """A text without gold raises with the name of the file that is missing."""
    (tmp_path / "index.json").write_text('[{"name": "one", "fold": 0}]', encoding="utf-8")
    (tmp_path / "seedlike").mkdir()
    (tmp_path / "seedlike/one.seedlike.txt").write_text("x", encoding="utf-8")
    with pytest.raises(DataError, match=r"one\.seedlike\.json"):
        load_threads(tmp_path)


def test_an_article_alone_ends_where_its_article_ends() -> None:
    """Headline and paragraphs stay, with the gaps between them; every comment goes, and gold knows it."""
    gold = {
        "headline": "Head",
        "paragraphs": ["One.", "Two."],
        "comments": [{"author": "Ann", "body": ["Yes."]}],
    }
    found = article_alone(thread_of("Head\n\nOne.\n\n\n\nTwo.\n\n\nAnn\n\nYes.\n", gold))
    assert found.text == b"Head\n\nOne.\n\n\n\nTwo.\n"
    assert (found.gold["comments"], found.gold["paragraphs"]) == ([], ["One.", "Two."])
    captioned = article_alone(
        thread_of("Head\n\nA bridge\n\nOne.\n\nTwo.\n\n\nYes.\n", {**gold, "caption": "A bridge"})
    )
    assert captioned.text == b"Head\n\nA bridge\n\nOne.\n\nTwo.\n"
    headless = article_alone(thread_of("One.\n\nTwo.\n\n\nYes.\n", {**gold, "headline": None}))
    assert headless.text == b"One.\n\nTwo.\n"
