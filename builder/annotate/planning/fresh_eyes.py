"""Units change hands until as few as possible go to somebody who was asked about them in an earlier round."""

from collections.abc import Mapping, Sequence

Met = Sequence[frozenset[int]]
"""Of each unit, the places of the annotators who were asked about it before."""
_Step = tuple[int, int]
"""From whom a unit goes, and to whom."""


def with_fresh_eyes(teams: Sequence[tuple[int, ...]], met: Met, annotators: int) -> list[tuple[int, ...]]:
    """The teams of the units with members exchanged, so that the fewest met their unit; sizes and loads stay.

    What is exchanged goes round in a circle of annotators, so that nobody's load changes. No circle left that
    saves anything is the proof that nothing better is possible (the minimum cost of a flow).
    """
    own = [set(team) for team in teams]
    while any(team & who for team, who in zip(own, met, strict=True)):
        steps = _steps(own, met, annotators)
        circle = _saving(steps, annotators)
        if not circle:
            break
        moved = [steps[step][1] for step in circle]
        for rank in range(min(map(len, moved))):
            for (giver, taker), units in zip(circle, moved, strict=True):
                own[units[rank]] ^= {giver, taker}
    return [tuple(sorted(team)) for team in own]


def _steps(own: Sequence[set[int]], met: Met, annotators: int) -> dict[_Step, tuple[int, list[int]]]:
    """What it costs at least that a unit goes from one annotator to another, and the units that cost it."""
    steps: dict[_Step, tuple[int, list[int]]] = {}
    for unit, (team, who) in enumerate(zip(own, met, strict=True)):
        for giver in sorted(team):
            for taker in set(range(annotators)) - team:
                cost = (taker in who) - (giver in who)
                least, units = steps.get((giver, taker), (2, []))
                if cost < least:
                    steps[giver, taker] = (cost, [unit])
                elif cost == least:
                    units.append(unit)
    return steps


def _saving(steps: dict[_Step, tuple[int, list[int]]], annotators: int) -> list[_Step]:
    """A circle of steps that costs less than nothing; empty where there is none (Bellman and Ford)."""
    reached, before = [0] * annotators, dict[int, int]()
    last = -1
    for _ in range(annotators):
        last = -1
        for (giver, taker), (cost, _) in sorted(steps.items()):
            if reached[giver] + cost < reached[taker]:
                reached[taker] = reached[giver] + cost
                before[taker] = giver
                last = taker
        if last < 0:
            return []
    return _circle(last, before)


def _circle(at: int, before: Mapping[int, int]) -> list[_Step]:
    """The circle that the way back from an annotator ends in."""
    for _ in before:
        at = before[at]
    circle = [(before[at], at)]
    while circle[-1][0] != at:
        giver = circle[-1][0]
        circle.append((before[giver], giver))
    return circle
