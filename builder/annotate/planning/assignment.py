"""Who gets which unit, so that everybody has as much to do and every pair of annotators shares as much."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import chain, combinations, count, islice

from builder.annotate.planning.fresh_eyes import with_fresh_eyes
from builder.annotate.planning.sample import Candidate, chance
from builder.core.errors import UsageError

_DEALS = 24
"""So many deals are looked at; twice as many make pairs no more even."""

Team = tuple[int, ...]
"""Places in the list of annotators."""
Meeting = tuple[str, str]
"""An annotator, and a unit that they were asked about in an earlier round."""
Assigned = dict[str, tuple[Candidate, ...]]
"""Each annotator's units, in the order in which they are shown."""


def assigned(
    units: Sequence[Candidate],
    annotators: Sequence[str],
    overlap: int,
    seed: int,
    met: Collection[Meeting] = (),
) -> Assigned:
    """Each unit given to ``overlap`` of the annotators, and to as few as possible of those who met it before.

    No annotator gets more than one unit more than another, and pairs share as much as they can. What somebody
    gets depends on the place in the list and not on the name, so that it is the same under other pseudonyms.
    Raises ``UsageError`` for an overlap that is no number of the annotators.
    """
    if not 1 <= overlap <= len(annotators):
        raise UsageError(
            f"--overlap {overlap} asks for {overlap} different annotators a unit; there are {len(annotators)}."
        )
    given: list[list[Candidate]] = [[] for _ in annotators]
    teams = list(islice(_teams(len(annotators), overlap, seed), len(units)))
    if met:
        places = list(enumerate(annotators))
        who = [frozenset(place for place, one in places if (one, unit.unit_id) in met) for unit in units]
        teams = with_fresh_eyes(teams, who, len(annotators))
    for unit, team in zip(units, teams, strict=True):
        for place in team:
            given[place].append(unit)
    return {one: in_reading_order(given[place], place, seed) for place, one in enumerate(annotators)}


def in_reading_order(units: Sequence[Candidate], reader: int, seed: int) -> tuple[Candidate, ...]:
    """Units article by article, each thread in its order; the articles in an order of the reader's own."""
    place = {article: chance(seed, str(reader), article) for article in {one.article_id for one in units}}
    return tuple(sorted(units, key=lambda one: (place[one.article_id], one.article_id, one.position)))


def least_covered(
    units: Sequence[Candidate], coverage: Counter[str], share: int, seed: int, met: Collection[str] = ()
) -> tuple[Candidate, ...]:
    """So many units for an annotator who comes later: those they never met, that the fewest others have."""
    order = sorted(
        units, key=lambda one: (one.unit_id in met, coverage[one.unit_id], chance(seed, one.unit_id))
    )
    return tuple(order[:share])


def _teams(annotators: int, size: int, seed: int) -> Iterator[Team]:
    """Teams without end: everybody is dealt into one before anybody comes again.

    Of several deals the one is taken that leaves the least difference between pairs.
    """
    pairs: Counter[frozenset[int]] = Counter()
    begun: Team = ()
    for block in count():
        deals = (_dealt(annotators, begun, size, f"{block}.{deal}", seed) for deal in range(_DEALS))
        teams, begun = min(deals, key=lambda deal: _shared(deal[0], pairs))
        pairs.update(map(frozenset, chain.from_iterable(combinations(team, 2) for team in teams)))
        yield from teams


def _dealt(annotators: int, begun: Team, size: int, deal: str, seed: int) -> tuple[list[Team], Team]:
    """Everybody dealt once by chance, the begun team first, and the team that is begun but not full."""
    order = sorted(range(annotators), key=lambda one: (one in begun, chance(seed, deal, str(one))))
    line = (*begun, *order)
    full = len(line) - len(line) % size
    return [line[start : start + size] for start in range(0, full, size)], line[full:]


def _shared(teams: Sequence[Team], pairs: Counter[frozenset[int]]) -> int:
    """How often the pairs of these teams had a unit together before."""
    return sum(pairs[frozenset(pair)] for team in teams for pair in combinations(team, 2))
