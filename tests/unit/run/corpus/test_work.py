"""A shard is worked on in as many pieces as memory wants, and its part is the same."""

from pathlib import Path

import pytest

from builder.core.captures import find_captures
from builder.run.corpus import work as working
from builder.run.corpus.inputs import Input, palatable, read_inputs
from builder.run.corpus.kept import Kept
from builder.run.corpus.shard import build_shard
from builder.run.corpus.work import Job, Workplace, read_part, work
from builder.tables.authors import sum_names
from tests.integration.command import captures


def test_pieces_make_the_same_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However little is worked on at once, the rows of a part are those of the whole."""
    found = find_captures(captures(tmp_path / "raw", 9)).captures
    parts = []
    for at_once in (1, 90_000, working.AT_ONCE):
        monkeypatch.setattr(working, "AT_ONCE", at_once)
        kept = Kept(tmp_path / str(at_once), 0)
        kept.prepare(fresh=False)
        pieces = []

        def function(inputs: list[Input], pieces: list[int] = pieces) -> object:
            pieces.append(len(inputs))
            return build_shard(inputs)

        done = work(Workplace(function, "recipe", tmp_path, kept), Job(found, "listing"))
        parts.append((pieces, read_part(kept, done.key)))
    (ones, first), (some, second), (whole, third) = parts
    assert (ones, whole) == ([1] * 9, [9])
    assert 1 < len(some) < 9
    for name in ("articles", "comments", "segments", "issues"):
        assert getattr(first, name).equals(getattr(second, name))
        assert getattr(first, name).equals(getattr(third, name))
    assert sum_names([first.names]).equals(sum_names([third.names]))


def test_what_no_worker_can_hold_is_told(tmp_path: Path) -> None:
    """A capture of endless short lines is an issue with its size, its need and the cure; the others stay."""
    (tmp_path / "a.txt").write_bytes(b"a\n\n" * 2_000_000)
    (tmp_path / "b.txt").write_bytes(b"b")
    read = read_inputs(find_captures(tmp_path).captures)
    told = {one.file.capture.rpartition("/")[2]: one.data for one in palatable(read, 64_000_000)}
    assert told["b.txt"] == b"b"
    assert told["a.txt"].code == "too_large"
    assert "It has 6,000,000 bytes in so many short lines" in told["a.txt"].message
    assert "about 1,466 MB" in told["a.txt"].message
    allowed = int(told["a.txt"].message.rpartition(" ")[2])
    assert all(isinstance(one.data, bytes) for one in palatable(read, allowed))
