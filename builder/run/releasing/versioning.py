"""Which version comes next: the one that was asked for, if what has changed allows it, or else the least."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from builder.contracts.catalogue import Table
from builder.core.errors import TooSmall, UsageError
from builder.release.contents import Contents, entry
from builder.release.diff import Side, diff
from builder.release.difference import Difference
from builder.release.hashing import content_hash
from builder.release.since import with_since
from builder.release.version import FIRST, Bump, Demand, Version, bump_of


@dataclass(frozen=True, slots=True)
class Step:
    """The way from one version to the next; a first release has no difference, no bump and none before it."""

    version: Version
    previous: Version | None = None
    difference: Difference | None = None
    bump: Bump | None = None

    def as_facts(self, reason: str | None) -> dict[str, Any]:
        """What documents tell of it; ``reason`` is what the publisher says."""
        if self.previous is None or self.bump is None or self.difference is None:
            return {"version": str(self.version), "previous": None, "bump": None, "bump_reason": None}
        return {
            "version": str(self.version),
            "previous": str(self.previous),
            "bump": level_between(self.previous, self.version),
            "bump_reason": " ".join(filter(None, (self.bump.why(self.previous), reason))),
            "rows_changed": self.difference.counts(),
        }


def first_step(asked: str | None) -> Step:
    """The step to a first release."""
    return Step(parsed(asked) if asked else FIRST)


def next_step(
    old: Contents,
    tables: Callable[[str], Mapping[str, pa.Table]],
    contracts: Mapping[str, Table],
    asked: str | None,
    key_id: str | None,
) -> Step:
    """The step from a release to the next one; ``tables`` gives the next one's for a version, which withdrawals tell.

    Raises ``TooSmall`` for a version that is, with the rows that forbid it.
    """
    previous, unnumbered = Version.parse(str(old.release["version"])), tables("")
    difference = diff(old.side, Side(unnumbered, contracts))
    rotated = entry(old.told, "privacy").get("key_id") != key_id
    same = difference.empty and _same(old, with_since(unnumbered, difference, ""), contracts)
    bump = bump_of(difference, same=same, rotated=rotated)
    least = bump.least(previous)
    version = parsed(asked) if asked else least
    if version < least:
        raise _refusal(version, previous, least, bump)
    if difference.tables["withdrawn"].added:
        difference = diff(old.side, Side(tables(str(version)), contracts))
    return Step(version, previous, difference, bump)


def parsed(text: str) -> Version:
    """The version that a person asked for; ``UsageError`` where it is none."""
    try:
        return Version.parse(text)
    except ValueError as error:
        raise UsageError(f"{error}. Give none for the least that is legal.") from error


def level_between(before: Version, after: Version) -> str:
    """The level of the bump from one version to a later one."""
    if after.major != before.major:
        return "major"
    return "minor" if after.minor != before.minor else "patch"


def _same(old: Contents, tables: Mapping[str, pa.Table], contracts: Mapping[str, Table]) -> bool:
    return all(content_hash(table, contracts[name]) == old.digest(name) for name, table in tables.items())


def _refusal(asked: Version, previous: Version, least: Version, bump: Bump) -> TooSmall:
    if asked <= previous:
        said = f"{asked} does not come after {previous}, the last release. The least version is {least}."
        return TooSmall(said, ())
    strict = [one for one in bump.demands if one.level == bump.level]
    said = f"{asked} is too small a step from {previous}; the least version is {least}. What forbids it:"
    return TooSmall(said, tuple(line for one in strict for line in _with_rows(one)))


def _with_rows(one: Demand) -> Iterator[str]:
    """A demand with the first rows that make it."""
    yield f"  {one}"
    yield from (f"    {row}" for row in one.rows)
    if one.rows and one.count > len(one.rows):
        yield f"    and {one.count - len(one.rows):,} more"
