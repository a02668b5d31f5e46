"""Versions, and the least one that a change demands."""

from dataclasses import replace

import pyarrow as pa
import pytest

from builder.contracts.catalogue import table_of
from builder.release.diff import Side, diff
from builder.release.difference import Difference
from builder.release.tiers import release_schema
from builder.release.version import Bump, Version, bump_of

SCHEMA = release_schema("splits", "open")
CONTRACT = table_of(SCHEMA)
UNIT = "c" + "0" * 20


def split(*units: str, part: str = "train", cluster: str = "x") -> pa.Table:
    """Units that are in a part."""
    row = {
        "unit_type": "comment",
        "split": part,
        "cluster": cluster,
        "reason": None,
        "since_version": "0.1.0",
    }
    schema = [(column.name, pa.string()) for column in CONTRACT.columns]
    return pa.Table.from_pylist([row | {"unit_id": unit} for unit in units], schema=pa.schema(schema))


def between(old: pa.Table, new: pa.Table) -> Difference:
    """The difference between two versions of the splits."""
    return diff(*(Side({"splits": table}, {"splits": CONTRACT}) for table in (old, new)))


def test_versions_follow_each_other() -> None:
    """Versions compare number by number, not letter by letter."""
    assert Version.parse("0.10.0") > Version.parse("0.9.9")
    assert str(Version.parse("1.2.3").bumped("minor")) == "1.3.0"
    assert [str(Version(1, 2, 3).bumped(level)) for level in ("patch", "major")] == ["1.2.4", "2.0.0"]


@pytest.mark.parametrize("text", ["1.0", "v1.0.0", "1.0.0-rc1", "01.0.0", "1.0.0\n", "", "1.٣.0"])
def test_what_is_no_version_is_refused(text: str) -> None:
    """Only three plain numbers are a version."""
    with pytest.raises(ValueError, match="no version"):
        Version.parse(text)


@pytest.mark.parametrize(
    ("old", "new", "level", "said"),
    [
        (split(UNIT), split(UNIT), "patch", "the same"),
        (split(UNIT), split(UNIT, "c" + "1" * 20), "minor", "1 row added"),
        (split(UNIT), split(), "major", "1 row removed"),
        (split(UNIT), split(UNIT, part="test"), "major", "1 row changed (split 1)"),
        (split(UNIT), split("c" + "1" * 20), "major", "splits: 1 row removed, 1 row added."),
    ],
    ids=["same", "added", "removed", "moved", "renamed"],
)
def test_the_least_bump(old: pa.Table, new: pa.Table, level: str, said: str) -> None:
    """Additions are minor; what is removed, or moved to another split, is major."""
    bump = bump_of(between(old, new), same=True)
    assert bump.level == level
    assert said in bump.why(Version(1, 0, 0))


def test_what_is_computed_anew_is_minor() -> None:
    """Where only derived columns differ no row does, and yet the tables are others."""
    found = between(split(UNIT), split(UNIT, cluster="y"))
    assert found.empty
    assert bump_of(found, same=False).level == "minor"


def test_columns_count() -> None:
    """A new column is minor; one that is gone or of another type is major."""
    one = between(split(UNIT), split(UNIT)).tables["splits"]
    for columns, level in (
        ({"columns_added": ("x",)}, "minor"),
        ({"columns_removed": ("x",)}, "major"),
        ({"columns_retyped": ("x",)}, "major"),
    ):
        assert bump_of(Difference({"splits": replace(one, **columns)}), same=False).level == level


def test_tables_and_keys_count() -> None:
    """A new table is minor; one that is gone, or another key of the pseudonyms, is major."""
    assert bump_of(Difference({}, tables_added=("splits",)), same=False).level == "minor"
    assert bump_of(Difference({}, tables_removed=("splits",)), same=False).level == "major"
    assert bump_of(Difference({}), same=True, rotated=True).level == "major"


def test_below_one_a_minor_version_may_change_anything() -> None:
    """Before 1.0.0 the least step for a major change is minor, and it says so; after it, it is major."""
    bump = Bump("major", bump_of(between(split(UNIT), split()), same=False).demands)
    assert str(bump.least(Version(0, 3, 1))) == "0.4.0"
    assert "Below 1.0.0" in bump.why(Version(0, 3, 1))
    assert str(bump.least(Version(1, 3, 1))) == "2.0.0"
    assert "Below 1.0.0" not in bump.why(Version(1, 3, 1))


def test_the_rows_that_forbid_are_quoted() -> None:
    """A demand counts all its rows and quotes the keys of the first twenty."""
    units = [f"c{number:020x}" for number in range(30)]
    (demand,) = bump_of(between(split(), split(*units)), same=False).demands
    assert (demand.count, len(demand.rows)) == (30, 20)
    assert demand.rows[0] == f'["comment", "{units[0]}"]'
