"""The parts of all shards are made, or taken as they are where earlier builds have made them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial

from builder.core.stopwatch import stage
from builder.run.corpus.executor import Executor, Team, serial
from builder.run.corpus.ground import Ground
from builder.run.corpus.ledger import Ledger
from builder.run.corpus.report import Progress
from builder.run.corpus.survey import Surveyed, to_do
from builder.run.corpus.work import Job, Workplace, work

Tell = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Making:
    """The keys of all shards in order, each as soon as its part is there; who makes them, and what they have done."""

    keys: Iterator[str]
    team: Team
    ledger: Ledger


@contextmanager
def making(ground: Ground, place: Workplace, execute: Executor) -> Iterator[Making]:
    """Have the parts made that are not there."""
    missing = to_do(ground.surveyed, ground.kept)
    ledger = Ledger()
    with ExitStack() as stack:
        with stage("start workers"):
            team = stack.enter_context((execute if missing else serial)(place, len(missing)))
        yield Making(_made(ground.surveyed, missing, place, team, ledger), team, ledger)


def followed(
    keys: Iterable[str], surveyed: Sequence[Surveyed], tell: Tell, issues: Callable[[], int]
) -> Iterator[str]:
    """The keys as they come; after each has been dealt with, how far the build is gets told."""
    so_far = Progress(0, sum(len(one.shard) for one in surveyed), 0, sum(one.size for one in surveyed), 0)
    for key, one in zip(keys, surveyed, strict=True):
        yield key
        captures, size = so_far.captures + len(one.shard), so_far.bytes + one.size
        so_far = replace(so_far, captures=captures, bytes=size, issues=issues())
        tell(so_far)


def as_before(
    made: Making, surveyed: Sequence[Surveyed], before: tuple[str, ...], tell: Tell
) -> tuple[tuple[str, ...], bool]:
    """Take keys as long as they are those from before; those taken, and whether all are the same to the end.

    As long as that is so, the tables from before may be what they should be, and none need be written.
    """
    taken: list[str] = []
    for key in followed(made.keys, surveyed, tell, int) if before else ():
        taken.append(key)
        if before[len(taken) - 1 : len(taken)] != (key,):
            break
    return tuple(taken), tuple(taken) == before


def _made(
    surveyed: Sequence[Surveyed], missing: Sequence[Surveyed], place: Workplace, team: Team, ledger: Ledger
) -> Iterator[str]:
    answers = iter(team(partial(work, place), [Job(one.shard, one.listing) for one in missing]))
    awaited = {one.listing for one in missing}
    for one in surveyed:
        if one.key is not None and one.listing not in awaited:
            yield one.key
            continue
        with stage("wait for shards"):
            done = next(answers)
        ledger.add(one.shard, done)
        yield done.key
