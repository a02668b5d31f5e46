"""What is known of each shard before any of it is done: by its listing, and where that is not enough by its content."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from builder.core.roster import sizes
from builder.run.corpus.inputs import content_key, read_inputs
from builder.run.corpus.kept import Kept, Stamp, listing_key, settled
from builder.run.corpus.plan import Shard


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A shard, how many bytes it has, the key of its listing, and that of its content where it is known."""

    shard: Shard
    size: int
    listing: str
    key: str | None


def survey(shards: Iterable[Shard], recipe: str, kept: Kept) -> tuple[Surveyed, ...]:
    """Look up each shard among the stamps of earlier builds.

    A listing with sizes and times tells that nothing was touched, unless a file is so young that it may have
    changed again at the same time; such a shard is read again.
    """
    return tuple(_surveyed(shard, recipe, kept) for shard in shards)


def to_do(surveyed: Sequence[Surveyed], kept: Kept) -> tuple[Surveyed, ...]:
    """The shards whose content is not known, or whose part is not there."""
    return tuple(one for one in surveyed if one.key is None or not kept.holds(one.key))


def _surveyed(shard: Shard, recipe: str, kept: Kept) -> Surveyed:
    listing = listing_key(recipe, shard)
    stamp = kept.stamp_of(listing)
    trusted = stamp is not None and (stamp.settled or _proven(stamp, listing, shard, recipe, kept))
    return Surveyed(shard, sum(sizes(shard)), listing, stamp.key if stamp and trusted else None)


def _proven(stamp: Stamp, listing: str, shard: Shard, recipe: str, kept: Kept) -> bool:
    """Whether a shard's content is still that of its stamp, which then says so."""
    begun = time.time_ns()
    same = content_key(recipe, read_inputs(tuple(shard))) == stamp.key
    if same and settled(shard, begun):
        kept.put_stamp(listing, Stamp(stamp.key, settled=True))
    return same
