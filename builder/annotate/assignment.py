"""Who gets which unit, so that everybody has as much to do and every pair of annotators shares as much."""

from collections import Counter
from collections.abc import Sequence

from builder.annotate.sample import Candidate, chance
from builder.core.errors import UsageError

Assigned = dict[str, tuple[Candidate, ...]]
"""Each annotator's units, in the order in which they are shown."""


def assigned(units: Sequence[Candidate], annotators: Sequence[str], overlap: int, seed: int) -> Assigned:
    """Each unit given to ``overlap`` of the annotators.

    No annotator gets more than one unit more than another, and pairs share nearly as much.
    Raises ``UsageError`` for an overlap that is no
    number of the annotators.
    """
    if not 1 <= overlap <= len(annotators):
        raise UsageError(
            f"--overlap {overlap} asks for {overlap} different annotators a unit; there are {len(annotators)}."
        )
    turns: Counter[str] = Counter(dict.fromkeys(sorted(annotators), 0))
    pairs: Counter[frozenset[str]] = Counter()
    given: dict[str, list[Candidate]] = {annotator: [] for annotator in annotators}
    for unit in units:
        for annotator in _team(turns, pairs, overlap):
            given[annotator].append(unit)
    return {annotator: in_reading_order(units, annotator, seed) for annotator, units in given.items()}


def in_reading_order(units: Sequence[Candidate], reader: str, seed: int) -> tuple[Candidate, ...]:
    """Units article by article, each thread in its order; the articles in an order of the reader's own."""
    return tuple(
        sorted(units, key=lambda one: (chance(seed, reader, one.article_id), one.article_id, one.position))
    )


def least_covered(
    units: Sequence[Candidate], coverage: Counter[str], share: int, seed: int
) -> tuple[Candidate, ...]:
    """So many units for an annotator who comes later: those that the fewest others have."""
    order = sorted(units, key=lambda one: (coverage[one.unit_id], chance(seed, one.unit_id)))
    return tuple(order[:share])


def _team(turns: Counter[str], pairs: Counter[frozenset[str]], size: int) -> list[str]:
    """The next team: each time whoever had the fewest turns and the fewest together with those in it."""
    team: list[str] = []
    while len(team) < size:
        team.append(
            min(
                (one for one in turns if one not in team),
                key=lambda one: (turns[one], sum(pairs[frozenset((one, other))] for other in team), one),
            )
        )
        pairs.update(frozenset((team[-1], other)) for other in team[:-1])
    turns.update(team)
    return team
