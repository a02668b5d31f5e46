"""Where the time goes: seconds by stage, for whoever asked to be told."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock and of the processor; how often."""

    wall: float
    cpu: float
    times: int = 1

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(self.wall + other.wall, self.cpu + other.cpu, self.times + other.times)


Times = Mapping[str, Spent]
"""What was spent on each stage."""
NONE: Final[Times] = MappingProxyType({})
_NOTHING: Final = Spent(0.0, 0.0, 0)
_running: ContextVar[dict[str, Spent] | None] = ContextVar("running", default=None)


@contextmanager
def timing() -> Iterator[dict[str, Spent]]:
    """What is spent on stages inside, by name; stages within stages are counted with both."""
    spent: dict[str, Spent] = {}
    token = _running.set(spent)
    try:
        yield spent
    finally:
        _running.reset(token)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Count what is done inside as this stage, where somebody is timing."""
    spent = _running.get()
    if spent is None:
        yield
        return
    wall, cpu = time.perf_counter(), time.thread_time()
    try:
        yield
    finally:
        used = Spent(time.perf_counter() - wall, time.thread_time() - cpu)
        spent[name] = spent.get(name, _NOTHING) + used


def together(*all_times: Times) -> dict[str, Spent]:
    """The sums by stage, in the order in which the stages came."""
    sums: dict[str, Spent] = {}
    for times in all_times:
        for name, spent in times.items():
            sums[name] = sums.get(name, _NOTHING) + spent
    return sums
