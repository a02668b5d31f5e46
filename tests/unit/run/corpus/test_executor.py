"""Executors: who does the work is chosen by name, by number, or by how much there is."""

from pathlib import Path

import pytest

from builder.core.errors import UsageError
from builder.run.corpus import executor
from builder.run.corpus.choice import choose
from builder.run.corpus.executor import automatic, processes, serial
from builder.run.corpus.kept import Kept
from builder.run.corpus.work import Workplace
from tests.unit.run.standin import tables_of

PLACE = Workplace(tables_of, "recipe", Path("raw"), Kept(Path("kept"), 0))


def doubled(number: int) -> int:
    """Some work."""
    return 2 * number


def broken(_number: int) -> int:
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


@pytest.mark.parametrize("name", ["serial", "processes", None])
def test_a_scheduler_brings_its_own_workers(name: str | None) -> None:
    """A scheduler goes with the executor dask alone, and with no number of workers."""
    with pytest.raises(UsageError, match="no --workers"):
        choose(name, 2, "localhost:1")
    if name:
        with pytest.raises(UsageError, match="executor dask"):
            choose(name, None, "localhost:1")


@pytest.mark.parametrize(("cores", "count", "many"), [(1, 9, False), (2, 2, False), (2, 9, True)])
def test_little_work_is_done_here(
    monkeypatch: pytest.MonkeyPatch, cores: int, count: int, many: bool
) -> None:
    """Processes are started only where there are cores for them and work that pays."""
    chosen: list[int] = []
    monkeypatch.setattr(executor, "available_cores", lambda: cores)
    monkeypatch.setattr(executor, "processes", lambda workers: chosen.append(workers) or serial)
    with automatic(PLACE, count) as team:
        assert list(team(doubled, range(count))) == [2 * number for number in range(count)]
    assert chosen == ([cores] if many else [])


def test_answers_come_in_order() -> None:
    """Several processes answer in the order of the items, one map after the other."""
    with processes(2)(PLACE, 9) as team:
        for count in (9, 3, 0):
            assert list(team(doubled, range(count))) == [2 * number for number in range(count)]


def test_an_error_in_a_worker_is_the_same_error() -> None:
    """What goes wrong in a worker goes wrong here, with the worker's own words."""
    with processes(2)(PLACE, 3) as team, pytest.raises(ZeroDivisionError):
        list(team(broken, range(3)))
