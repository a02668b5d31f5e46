"""A build whose tables go to any place: made in a local folder, and at a URL put there when they are whole."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from builder.core.mirror import desk_for
from builder.core.places import Place
from builder.run.corpus.executor import Executor, serial
from builder.run.corpus.ground import Build
from builder.run.corpus.pipeline import build
from builder.run.corpus.report import BuildReport

if TYPE_CHECKING:
    from builder.run.corpus.making import Tell


@dataclass(frozen=True, slots=True)
class Goal:
    """Where the tables go, and the local folder for what has to do with URLs."""

    place: Place
    scratch: Path


def build_at(
    goal: Goal, order: Build, execute: Executor = serial, tell: "Tell | None" = None, wait: float = 0.0
) -> BuildReport:
    """Build as ordered, but to that goal; until all went well, a reader sees what stood there before.

    What ``build`` keeps for the next time stays on this machine. Raises what it raises, ``Unreachable`` where the
    store cannot be used, ``Busy`` where another builder put tables there meanwhile.
    """
    if isinstance(goal.place, Path):
        return build(replace(order, tables=goal.place), execute, tell, wait)
    with desk_for(goal.place, goal.scratch, wait) as desk:
        report = build(replace(order, tables=desk.folder), execute, tell, wait)
        desk.put()
    return replace(report, tables=goal.place)
