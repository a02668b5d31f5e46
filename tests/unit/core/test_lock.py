"""The lock: one builder at a time on one folder of tables."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from builder.core.errors import Busy
from builder.core.lock import locked

HOLD = "import sys; from pathlib import Path; from builder.core.lock import locked\nwith locked(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"  # noqa: E501


def test_a_second_builder_is_refused(tmp_path: Path) -> None:
    """While one process builds another is refused, and told which; a killed one holds nothing."""
    out = tmp_path / "tables"
    call = [sys.executable, "-c", HOLD, str(out)]
    with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as first:
        assert first.stdout
        first.stdout.readline()
        for _ in range(2):
            with pytest.raises(Busy, match=f"process {first.pid}"), locked(out):
                pass
        first.kill()
        first.wait()
        with locked(out):
            assert f"process {os.getpid()}" in (tmp_path / ".tables.lock").read_text(encoding="utf-8")


def test_two_datasets_do_not_wait_for_each_other(tmp_path: Path) -> None:
    """The lock is that of one folder of tables."""
    with locked(tmp_path / "one"), locked(tmp_path / "two"):
        assert (tmp_path / ".one.lock").exists()
