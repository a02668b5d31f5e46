"""Executors: who does the work is chosen by name, by number, or by how much there is."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from builder.core.captures import CaptureFile
from builder.core.errors import UsageError
from builder.run.corpus import executor
from builder.run.corpus.executor import automatic, choose, processes, serial
from builder.tables.parts import ShardTables
from tests.unit.run.standin import tables_of


def shards(folder: Path, count: int) -> list[tuple[CaptureFile, ...]]:
    """So many shards of one capture each."""
    made = []
    for number in range(count):
        (folder / f"{number}.txt").write_text(f"Head {number}\nAnn: {number}", encoding="utf-8")
        file = str(folder / f"{number}.txt")
        made.append((CaptureFile(f"a{number}", f"p/{number}.txt", "p", file, 9, None),))
    return made


def broken(_captures: Sequence[CaptureFile]) -> ShardTables:
    """Work that meets a bug."""
    raise ZeroDivisionError


def test_an_executor_is_chosen() -> None:
    """A name decides, else a number of workers, else the work."""
    assert choose("serial", None) is serial is choose(None, 1)
    assert choose(None, None) is automatic
    assert choose("processes", None) not in {serial, automatic}
    assert choose(None, 2) not in {serial, automatic}
    with pytest.raises(UsageError, match="processes"):
        choose("serial", 2)


@pytest.mark.parametrize(("cores", "count", "many"), [(1, 9, False), (2, 2, False), (2, 9, True)])
def test_little_work_is_done_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cores: int, count: int, many: bool
) -> None:
    """Processes are started only where there are cores for them and work that pays."""
    chosen: list[int] = []
    monkeypatch.setattr(executor, "available_cores", lambda: cores)
    monkeypatch.setattr(executor, "processes", lambda workers: chosen.append(workers) or serial)
    parts = list(automatic(tables_of, shards(tmp_path, count), tmp_path))
    assert (len(parts), chosen) == (count, [cores] if many else [])


def test_answers_come_in_order_and_leave_nothing(tmp_path: Path) -> None:
    """Several processes answer in the order of the shards, and what they put down is taken away."""
    (tmp_path / "spool").mkdir()
    parts = processes(2)(tables_of, shards(tmp_path, 9), tmp_path / "spool")
    names = [part.articles["capture"].to_pylist() for part in parts]
    assert names == [[f"p/{number}.txt"] for number in range(9)]
    assert list((tmp_path / "spool").iterdir()) == []


def test_an_error_in_a_worker_is_the_same_error(tmp_path: Path) -> None:
    """What goes wrong in a worker goes wrong here, with the worker's own words."""
    (tmp_path / "spool").mkdir()
    with pytest.raises(ZeroDivisionError):
        list(processes(2)(broken, shards(tmp_path, 3), tmp_path / "spool"))
