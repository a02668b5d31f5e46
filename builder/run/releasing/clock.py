"""The stages of a line: each is told when it begins, and how long it took is kept."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from builder.core.memory import give_back_memory

Tell = Callable[[int, int, str], None]
"""Is told how many stages are done, of how many, and what is being done now."""


@dataclass(slots=True)
class Clock:
    """The seconds of each stage so far; ``stages`` are how many there will be, ``tell`` is told of each."""

    stages: int
    tell: Tell | None = None
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """One stage, which is what is done inside; one of the same name adds to it."""
        give_back_memory()  # what was dropped since the stage before it, too
        if self.tell:
            self.tell(len(self.seconds), self.stages, name)
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = round(self.seconds.get(name, 0.0) + time.perf_counter() - begun, 3)
