"""What a build starts from: its order, what was found, what is kept, what is known of each shard."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from builder.core.capturefile import LARGEST, Found
from builder.core.places import Place
from builder.run.corpus.kept import Kept, kept_beside
from builder.run.corpus.languages import NOT_AT_ALL, Languages
from builder.run.corpus.plan import DEFAULT, Bounds, planned, shards
from builder.run.corpus.recipe import recipe_of
from builder.run.corpus.record import raw_seen_from
from builder.run.corpus.survey import Surveyed, survey

if TYPE_CHECKING:
    from builder.run.corpus.work import ShardFunction

KEEP = 20_000_000_000
"""Bytes of parts that stay for the next build, unless the dataset says otherwise."""


@dataclass(frozen=True, slots=True)
class Build:
    """What to build, and with what: a function that loads the one that makes tables, the hash of its weights.

    That function is loaded where there is something to make: it takes longer than finding out that there is not.
    ``languages`` says how it determines languages, and ``near_copies`` whether it gives keys for these, beside
    exact ones; both are noted in the record. ``largest`` is how many bytes a capture may have. ``keep`` is how
    many bytes of parts stay for the next build, and
    ``fresh`` forgets those of earlier ones.
    """

    raw: Place
    tables: Path
    load: "Callable[[], ShardFunction]"
    weights_sha256: str = ""
    bounds: Bounds = DEFAULT
    languages: Languages = NOT_AT_ALL
    near_copies: bool = False
    largest: int = LARGEST
    keep: int = KEEP
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """An order with the captures found, the hash of all else that goes in, the parts kept, the shards.

    The rows of the shards follow each other, unless those of packed files make them ``interleaved``.
    """

    order: Build
    found: Found
    recipe: str
    kept: Kept
    surveyed: tuple[Surveyed, ...]
    interleaved: bool = False

    def content(self, keys: Iterable[str]) -> str:
        """The hash of everything that goes into the tables, given the keys of the shards."""
        seen = raw_seen_from(self.order.tables, self.order.raw)
        parts = "\0".join(
            [self.recipe, self.order.languages.remark, seen, *keys, *map(str, self.found.issues)]
        )
        return sha256(parts.encode("utf-8", "surrogateescape")).hexdigest()


def break_ground(order: Build, found: Found) -> Ground:
    """Open what is kept beside the tables, and look up there what was found."""
    choices = (order.languages.by, str(order.languages.among), str(order.near_copies), str(order.largest))
    recipe = recipe_of(order.weights_sha256, *choices)
    kept = kept_beside(order.tables.resolve(), order.keep)
    kept.prepare(fresh=order.fresh)
    plan = planned if found.packed else shards
    surveyed = survey(plan(found.captures, order.bounds), recipe, kept)
    return Ground(order, found, recipe, kept, surveyed, interleaved=found.packed)
