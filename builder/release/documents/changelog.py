"""CHANGELOG.md: what each version changed, row by row in numbers, newest first."""

from collections.abc import Iterator, Mapping
from typing import Any

from builder.release.documents.blocks.giving import rows_changed
from builder.release.documents.facts import Facts
from builder.release.documents.markdown import count, plain

_HEAD = """# Changelog

Versions follow the content of the tables: a patch changes no row, a minor version only adds rows, columns or tables, a
major one edits, removes or moves some; below 1.0.0 a minor version may do all of that. `changes/` names every row."""


def changelog(facts: Facts) -> str:
    """The changelog of the release and of those before it."""
    versions = [facts.release, *(facts.release.get("history") or ())]
    return "\n\n".join((_HEAD, *("\n\n".join(_chapter(version, facts)) for version in versions))) + "\n"


def _chapter(version: Mapping[str, Any], facts: Facts) -> Iterator[str]:
    yield f"## {version['version']} - {version['date']}"
    if version.get("bump"):
        why = f": {plain(version['bump_reason'])}" if version.get("bump_reason") else ""
        yield f"A {version['bump']} version{why}"
    gone = {
        row["unit_type"]: row["rows"]
        for row in facts.counted["withdrawn_since"]
        if row["version"] == version["version"]
    }
    if gone:
        said = ", ".join(count(number, kind) for kind, number in gone.items())
        yield (
            f"Withdrawn: {said}. Whoever holds an older version takes it out there: `builder purge OLD_RELEASE --with "
            "data/withdrawn.parquet`, or uses this one instead."
        )
    if version.get("rows_changed") is not None:
        yield rows_changed(version["rows_changed"])
    elif not version.get("bump"):
        yield "The first version."
