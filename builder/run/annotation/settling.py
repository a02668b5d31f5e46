"""How far disagreements are settled, from the merged tables."""

from collections import defaultdict
from dataclasses import dataclass

from builder.annotate.planning.rounds import Round
from builder.core.settings import Settings
from builder.core.tablefile import read_table
from builder.run.annotation.rounds import all_rounds

_BY_RANK = ("rejected", "skipped", "merged")


@dataclass(frozen=True, slots=True)
class Settling:
    """What became of the disagreements of a round that were sent out: each unit is counted once."""

    round: str
    about: str
    units: int
    settled: int
    skipped: int
    rejected: int

    @property
    def open(self) -> int:
        """How many units nobody has answered."""
        return self.units - self.settled - self.skipped - self.rejected


def settling(settings: Settings, about: str | None = None) -> tuple[Settling, ...]:
    """How far each round of adjudication is, or the one of a round; ``DataError`` where nothing was merged."""
    best: dict[str, int] = defaultdict(lambda: -1)
    columns = ("task_key", "status")
    table = read_table(settings.merged_dir, "annotations", columns)
    for key, status in zip(*(table[name].to_pylist() for name in columns), strict=True):
        if status in _BY_RANK:
            best[key] = max(best[key], _BY_RANK.index(status))
    found = [
        one for one in all_rounds(settings.rounds_dir) if one.adjudicates and about in {None, one.adjudicates}
    ]
    return tuple(_settling(one, best) for one in found)


def _settling(one: Round, best: dict[str, int]) -> Settling:
    ranks = [best[one.key(task)] for task in one.tasks]
    rejected, skipped, settled = (ranks.count(rank) for rank in range(len(_BY_RANK)))
    return Settling(one.name, one.adjudicates or "", one.n_units, settled, skipped, rejected)
