"""Captures: every text below the raw folder, under a name that does not depend on the machine."""

import os
from pathlib import Path

import pytest

from builder.core.captures import Found, find_captures, locate
from builder.core.errors import UsageError
from builder.core.ids import article_id


def raw(root: Path, *files: str) -> Path:
    """A raw folder with these files, each with its own name as content."""
    for name in files:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name, encoding="utf-8")
    return root


def names(found: Found) -> list[str]:
    """The names of the captures found, sorted."""
    return sorted(one.capture for one in found.captures)


def codes(found: Found) -> list[tuple[str, str]]:
    """The issues of a search, without their words."""
    return [(one.capture, one.code) for one in found.issues]


def test_the_first_folder_is_the_source(tmp_path: Path) -> None:
    """A capture is named by source and path; equal file names in different folders are different captures."""
    found = find_captures(raw(tmp_path / "raw", "paper/a.txt", "paper/2031/a.txt", "radio/a.txt", "top.txt"))
    assert names(found) == ["paper/2031/a.txt", "paper/a.txt", "radio/a.txt", "raw/top.txt"]
    assert {one.source for one in found.captures} == {"paper", "radio", "raw"}


def test_captures_come_by_article_id(tmp_path: Path) -> None:
    """The order is that of the article ids, whatever the order on disk."""
    found = find_captures(raw(tmp_path, *(f"paper/{number}.txt" for number in range(50))))
    ids = [article_id(one.capture) for one in found.captures]
    assert ids == sorted(ids)


def test_only_texts_are_captures(tmp_path: Path) -> None:
    """Hidden files and READMEs are passed over, files of another kind are counted."""
    root = raw(tmp_path / "raw", "p/a.txt", "p/README.txt", "p/.b.txt", ".git/c.txt", "p/d.html", "p/e.TXT")
    found = find_captures(root)
    assert (names(found), found.ignored, found.issues) == (["p/a.txt"], 2, ())
    assert (found.passed_over, found.at_top) == (("p/d.html", "p/e.TXT"), 0)
    (root / "top.txt").touch()
    assert find_captures(root).at_top == 1


def test_a_single_file_is_a_capture(tmp_path: Path) -> None:
    """A file given as the root is a capture whatever its name; its folder is the source."""
    raw(tmp_path, "paper/a.txt", "paper/b.dump")
    assert names(find_captures(tmp_path / "paper/a.txt")) == ["paper/a.txt"]
    assert names(find_captures(tmp_path / "paper/b.dump")) == ["paper/b.dump"]


def test_side_files_are_found(tmp_path: Path) -> None:
    """A side file is named after a capture, with or without its .txt; an orphan is an issue."""
    root = raw(
        tmp_path, "p/a.txt", "p/a.txt.meta.json", "p/b.txt", "p/b.meta.json", "p/c.meta.json", "p/d.txt"
    )
    found = find_captures(root)
    beside = {one.capture: one.meta_file and Path(one.meta_file).name for one in found.captures}
    assert beside == {"p/a.txt": "a.txt.meta.json", "p/b.txt": "b.meta.json", "p/d.txt": None}
    assert codes(found) == [("p/c.meta.json", "meta_orphan")]


def test_two_files_of_one_name(tmp_path: Path) -> None:
    """Of two files that come to the same name one is taken, always the same, and the other is an issue."""
    found = find_captures(raw(tmp_path / "paper", "a.txt", "paper/a.txt"))
    assert (names(found), codes(found)) == (["paper/a.txt"], [("paper/a.txt", "duplicate_capture")])
    assert str(tmp_path) not in found.issues[0].message


def test_links_are_followed_and_loops_reported(tmp_path: Path) -> None:
    """A link elsewhere is followed; one that leads back up, to itself or nowhere is an issue."""
    root = raw(tmp_path / "raw", "p/a.txt")
    raw(tmp_path / "elsewhere", "b.txt")
    (root / "q").symlink_to(tmp_path / "elsewhere")
    (root / "p/up").symlink_to(root)
    (root / "p/self.txt").symlink_to("self.txt")
    (root / "p/gone.txt").symlink_to("nowhere.txt")
    found = find_captures(root)
    assert names(found) == ["p/a.txt", "q/b.txt"]
    assert codes(found) == [("p/gone.txt", "vanished"), ("p/self.txt", "link_loop"), ("p/up", "link_loop")]


def test_a_pipe_is_no_capture(tmp_path: Path) -> None:
    """What only looks like a text is never opened, since reading a pipe would wait for ever."""
    root = raw(tmp_path, "p/a.txt")
    os.mkfifo(root / "p/pipe.txt")
    assert codes(find_captures(root)) == [("p/pipe.txt", "unreadable")]


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    """A file name that is no UTF-8 gets a name that can be stored, and the file can still be opened."""
    root = raw(tmp_path, "p/a.txt")
    (root / os.fsdecode(b"p/caf\xe9.txt")).write_text("x", encoding="utf-8")
    found = {one.capture: one.file for one in find_captures(root).captures}
    assert Path(found["p/caf\\xe9.txt"]).read_text(encoding="utf-8") == "x"


def test_no_such_folder(tmp_path: Path) -> None:
    """A raw folder that is not there is wrong usage."""
    with pytest.raises(UsageError, match="--raw"):
        find_captures(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["raw/top.txt", "paper/2031/a.txt"])
def test_a_capture_is_located_by_name(tmp_path: Path, name: str) -> None:
    """The file of a capture is found again by the capture's name, as the search found it."""
    root = raw(tmp_path / "raw", "paper/2031/a.txt", "paper/2031/a.meta.json", "top.txt")
    assert locate(root, name) in find_captures(root).captures
    assert locate(root, "paper/none.txt") is None
    assert locate(root / "top.txt", "raw/top.txt") == find_captures(root / "top.txt").captures[0]
