"""Logs: their last lines, and those that follow."""

import threading
from pathlib import Path

from builder.core.logs import last_lines, new_lines


def test_the_last_lines(tmp_path: Path) -> None:
    """So many lines from the end, all of a shorter file, none of a missing one or where none are wanted."""
    log = tmp_path / "log"
    assert last_lines(log, 5) == []
    log.write_bytes(b"one\ntwo\nthr\xffee\n")
    assert last_lines(log, 2) == ["two", "thr\ufffdee"]
    assert last_lines(log, 9) == ["one", "two", "thr\ufffdee"]
    assert last_lines(log, 0) == []


def test_the_lines_that_follow(tmp_path: Path) -> None:
    """What was there before is left out; what is appended comes line by line."""
    log = tmp_path / "log"
    log.write_text("old\n", encoding="utf-8")
    with log.open("a", encoding="utf-8", buffering=1) as appended:
        later = threading.Timer(0.3, appended.write, ["new\n"])
        later.start()
        assert next(new_lines(log, pause=0.01)) == "new"
        later.join()
