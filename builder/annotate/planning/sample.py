"""Which units of a dataset a round asks about: by chance that can be repeated, or the most doubtful first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from builder.core.errors import UsageError

Choice = Literal["random", "doubtful", "uncertain"]
"""By chance; the least sure parse first; the least sure of a model's answers first."""


@dataclass(frozen=True, slots=True)
class Sample:
    """How units are chosen: how many (None: all), by which seed, evenly over which columns, by what."""

    size: int | None = None
    seed: int = 0
    stratify: tuple[str, ...] = ()
    choose: Choice = "random"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that may be chosen: its id, its article, its place there, how sure we are of it, its strata.

    ``confidence`` is that of its parse, or of a model that was asked about it.
    """

    unit_id: str
    article_id: str
    position: int
    confidence: float
    strata: Mapping[str, str]


def chosen(candidates: Sequence[Candidate], sample: Sample) -> tuple[Candidate, ...]:
    """The candidates that a sample takes, best first.

    By chance means by a hash of seed and unit: a dataset that grows keeps most of a sample, and no order of
    rows leaves a trace. With ``stratify`` each combination of values gets its share of the places, by the
    method of largest remainders. Raises ``UsageError`` for a column that candidates do not have.
    """
    _known(candidates, sample.stratify)
    ranked = _ranked(candidates, sample)
    if sample.size is None or sample.size >= len(candidates):
        return tuple(ranked)
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for one in ranked:
        groups[tuple(one.strata[name] for name in sample.stratify)].append(one.unit_id)
    places = shares({key: len(group) for key, group in groups.items()}, sample.size)
    taken = {unit for key, group in groups.items() for unit in group[: places[key]]}
    return tuple(one for one in ranked if one.unit_id in taken)


def shares(sizes: Mapping[tuple[str, ...], int], places: int) -> Mapping[tuple[str, ...], int]:
    """So many places divided in proportion to sizes; what is left over goes to the largest remainders."""
    total = sum(sizes.values())
    whole = {key: places * size // total for key, size in sizes.items()}
    by_remainder = sorted(sizes, key=lambda key: (-(places * sizes[key] % total), key))
    for key in by_remainder[: places - sum(whole.values())]:
        whole[key] += 1
    return whole


def chance(seed: int, *parts: str) -> str:
    """A number between all others that depends on seed and parts alone, in hexadecimal."""
    return sha256("\n".join((str(seed), *parts)).encode()).hexdigest()


def _ranked(candidates: Iterable[Candidate], sample: Sample) -> list[Candidate]:
    doubtful = sample.choose != "random"
    return sorted(
        candidates,
        key=lambda one: (one.confidence if doubtful else 0.0, chance(sample.seed, one.unit_id)),
    )


def _known(candidates: Sequence[Candidate], names: Iterable[str]) -> None:
    known = tuple(candidates[0].strata) if candidates else ()
    for name in names:
        if candidates and name not in known:
            raise UsageError(f"--stratify knows no '{name}'. It knows: {', '.join(known)}.")
