"""Versions of a release, and the least one that what has changed demands.

A patch has the same tables to the last value. A minor version only adds: rows, columns, tables, label sets, or
computes derived columns anew; whoever wants the version before filters by ``since_version``. All else is major:
rows edited, removed, withdrawn or moved to another split, columns removed, renamed or of another type, tables
removed, the key of the pseudonyms rotated. Below 1.0.0 a minor version may change anything.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, Self

from builder.release.difference import Difference, TableDifference

LEVELS = ("patch", "minor", "major")
_FORM = re.compile(r"(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})")


class Version(NamedTuple):
    """A semantic version of three numbers; versions compare as they follow each other."""

    major: int
    minor: int
    patch: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """The version that a text names; ``ValueError`` where it names none."""
        found = _FORM.fullmatch(text)
        if found is None:
            raise ValueError(f"{text!r} is no version of three numbers such as 1.2.0")
        return cls(*map(int, found.groups()))

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    def bumped(self, level: str) -> "Version":
        """The next version of that level: patch, minor or major."""
        if level == "major":
            return Version(self.major + 1, 0, 0)
        return (
            Version(self.major, self.minor + 1, 0)
            if level == "minor"
            else self._replace(patch=self.patch + 1)
        )


def is_version(value: object) -> bool:
    """Whether a value of any kind is the text of a version."""
    return isinstance(value, str) and _FORM.fullmatch(value) is not None


FIRST = Version(0, 1, 0)
"""What a first release is called unless it is given another version."""


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that has changed, the level of the bump that it demands, in how many rows, and some of their keys."""

    level: str
    table: str
    what: str
    count: int
    rows: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The demand in words, with its table."""
        return f"{self.table}: {self.said}"

    @property
    def said(self) -> str:
        """The demand in words."""
        what = self.what.replace("rows", "row", 1) if self.count == 1 else self.what
        return f"{self.count:,} {what}"


@dataclass(frozen=True, slots=True)
class Bump:
    """The least level that the demands ask for, and the demands, the strictest first."""

    level: str
    demands: tuple[Demand, ...]

    def least(self, previous: Version) -> Version:
        """The least version after ``previous``; below 1.0.0 no change asks for more than a minor bump."""
        return previous.bumped(self.level_after(previous))

    def level_after(self, previous: Version) -> str:
        """The level that a version after ``previous`` must have: below 1.0.0 a minor one may change anything."""
        return "minor" if self.level == "major" and previous.major == 0 else self.level

    def why(self, previous: Version) -> str:
        """The reason for the bump in one sentence."""
        if not self.demands:
            return "All tables are the same to the last value."
        tables = dict.fromkeys(one.table for one in self.demands)
        said = "; ".join(f"{name}: {self._of_table(name)}" for name in tables)
        free = self.level == "major" and previous.major == 0
        return f"{said}.{' Below 1.0.0 a minor version may change anything.' if free else ''}"

    def _of_table(self, name: str) -> str:
        return ", ".join(one.said for one in self.demands if one.table == name)


def bump_of(difference: Difference, *, same: bool, rotated: bool = False) -> Bump:
    """The bump that a difference asks for.

    ``same`` is whether the content hashes of all tables are equal, ``rotated`` whether authors have pseudonyms
    under another key.
    """
    demands = list(_demands(difference.tables.values()))
    demands += [Demand("major", name, "table removed", 1) for name in difference.tables_removed]
    demands += [Demand("minor", name, "table added", 1) for name in difference.tables_added]
    if rotated:
        demands.append(Demand("major", "authors", "key of the pseudonyms rotated", 1))
    if not demands and not same:
        demands.append(Demand("minor", "all", "columns that are computed from others were computed anew", 1))
    ordered = sorted(demands, key=lambda one: -LEVELS.index(one.level))
    return Bump(ordered[0].level if ordered else "patch", tuple(ordered))


def _demands(tables: Iterable[TableDifference]) -> Iterator[Demand]:
    for one in tables:
        yield from _of_rows(one)
        for level, what, columns in (
            ("major", "column removed", one.columns_removed),
            ("major", "column of another type", one.columns_retyped),
            ("minor", "column added", one.columns_added),
        ):
            if columns:
                yield Demand(level, one.table, f"{what}: {', '.join(columns)}", len(columns))


def _of_rows(one: TableDifference) -> Iterator[Demand]:
    counts = one.changed_columns
    if one.changed:
        said = ", ".join(f"{column} {count:,}" for column, count in counts.items())
        yield Demand("major", one.table, f"rows changed ({said})", one.changed, one.keys_changed())
    if one.removed:
        yield Demand("major", one.table, "rows removed", one.removed, one.keys_removed())
    if one.added:
        yield Demand("minor", one.table, "rows added", one.added, one.keys_added())
