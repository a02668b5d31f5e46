"""The line of a release: tables leave the house, are compared, written, documented, verified, put in place."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from builder.contracts.catalogue import table_of
from builder.contracts.faults import Fault
from builder.core.errors import DataError
from builder.core.immutable import discard_read_only, refuse_to_overwrite, written_once
from builder.core.lock import locked
from builder.core.places import Place
from builder.core.settings import Settings
from builder.core.storage import discard
from builder.core.tarball import write_tar
from builder.core.tree import read_tree
from builder.release.changes import changes
from builder.release.contents import MANIFEST, Contents, contents, sound, stored_contents
from builder.release.documents.rendering import render
from builder.release.manifest import manifest
from builder.release.since import with_since, with_versions
from builder.release.tiers import release_schemas
from builder.run.releasing.clock import Clock, Tell
from builder.run.releasing.facts import Wanted, Written, facts_of_release, with_counts
from builder.run.releasing.holders import holders
from builder.run.releasing.made_of import made_of
from builder.run.releasing.places import (
    folder_name,
    list_anew,
    listed,
    listed_as,
    put_in_list,
    versions_in,
)
from builder.run.releasing.preparing import Prepared, prepared
from builder.run.releasing.remarks import remarks
from builder.run.releasing.unchanged import unchanged
from builder.run.releasing.verifying import STAGES as STAGES_OF_VERIFYING
from builder.run.releasing.verifying import faults_of
from builder.run.releasing.versioning import Step, first_step, next_step
from builder.run.releasing.writing import write_changes, write_files, write_sums, write_tables

STAGES = 14 + STAGES_OF_VERIFYING


@dataclass(frozen=True, slots=True)
class Cut:
    """A release that was cut: its folder and tar, its facts, the step to it, how long each stage took.

    It is not ``new`` where nothing would have been: it is the one before then, and the step leads nowhere.
    """

    folder: Place
    tar: Place
    facts: Mapping[str, Any]
    step: Step
    seconds: Mapping[str, float]
    new: bool = True

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the release leaves unsaid."""
        return remarks(self.facts)

    def as_json(self) -> dict[str, Any]:
        """The report as values that ``json.dumps`` takes."""
        names = ("name", "tier", "date", "version", "previous", "bump", "bump_reason", "rows_changed")
        return {
            "new": self.new,
            "folder": str(self.folder),
            "tar": str(self.tar),
            **{name: self.facts["release"].get(name) for name in names},
            "remarks": list(self.remarks),
            "rows": {name: one["rows"] for name, one in self.facts["files"].items()},
            "seconds": dict(self.seconds),
        }


def cut(
    settings: Settings, wanted: Wanted, tell: Tell | None = None, wait: float = 0.0, home: Path | None = None
) -> Cut:
    """Cut a release of a dataset: a folder that nobody can write to, and a tar beside it.

    Both are put into the folder ``home``, or else where the settings say. Where no row and no document would be
    other than in the last release of the tier, and no version was asked for, nothing is cut.

    Raises ``UsageError`` for a version that is no such or too small for what has changed, ``DataError`` where there
    are no tables or something must not leave the house, ``OutputError`` where the release is there already,
    ``Busy`` where another is being cut for longer than ``wait`` seconds.
    """
    home, clock = (home or settings.releases_dir).resolve(), Clock(STAGES, tell)
    with locked(home, wait):
        with clock.stage("version before"):
            old, hashes = _last(home, settings.name, wanted.tier), made_of(settings)
        ready = prepared(settings, wanted.tier, old and old.tables["splits"], clock)
        with clock.stage("compare"):
            step = _step(old, ready, wanted)
        if old is not None and not wanted.version and unchanged(settings, wanted, step, ready, old):
            return _again(home, old, step, (clock, hashes))
        name = folder_name(settings.name, wanted.tier, str(step.version))
        folder, tar = home / name, home / f"{name}.tar"
        refuse_to_overwrite(tar)
        with written_once(folder) as staging:
            facts = _write(staging, settings, wanted, step, (ready, old), clock)
            step = replace(step, difference=None)
            del ready  # All of it is read again, and twice would be too much.
            _refuse_faults(staging, old, clock)
        with clock.stage("tar"), _whole_or_gone(folder, tar):
            write_tar(tar, folder, name, wanted.day)
            put_in_list(home, listed_as(home, name, facts, hashes), holders(settings, home))
    return Cut(folder, tar, facts, step, clock.seconds)


def _again(home: Path, old: Contents, step: Step, told: tuple[Clock, Mapping[str, str]]) -> Cut:
    """The last release once more, which is noted to be what the dataset makes now."""
    clock, hashes = told
    release = old.release
    name = folder_name(str(release["name"]), str(release["tier"]), str(release["version"]))
    for one in listed(home):
        if one.folder == name:
            list_anew(home, replace(one, made_of=hashes))
    return Cut(home / name, home / f"{name}.tar", old.facts, step, clock.seconds, new=False)


@contextmanager
def _whole_or_gone(folder: Path, tar: Path) -> Iterator[None]:
    """Inside, an error takes the folder along: without its tar and its entry in the list it is no release."""
    try:
        yield
    except BaseException:
        discard(tar)
        discard_read_only(folder)
        raise


def _last(home: Path, name: str, tier: str) -> Contents | None:
    """The last release of a dataset at a tier; none where this will be the first."""
    versions = versions_in(home, name, tier)
    if not versions:
        return None
    return sound(stored_contents(read_tree(home / folder_name(name, tier, str(versions[-1])))))


def _step(old: Contents | None, ready: Prepared, wanted: Wanted) -> Step:
    if old is None:
        return first_step(wanted.version)
    contracts = {name: table_of(schema) for name, schema in release_schemas(wanted.tier).items()}
    return next_step(old, partial(_numbered, ready, old), contracts, wanted.version, ready.key_id)


def _numbered(ready: Prepared, old: Contents | None, version: str) -> dict[str, pa.Table]:
    """The tables with the version of each withdrawal; those that are new have this one."""
    known = old.tables["withdrawn"] if old is not None else None
    return {**ready.tables, "withdrawn": with_versions(ready.tables["withdrawn"], known, version)}


def _write(
    folder: Path,
    settings: Settings,
    wanted: Wanted,
    step: Step,
    made: tuple[Prepared, Contents | None],
    clock: Clock,
) -> Mapping[str, Any]:
    """Write all files of the release; its facts."""
    ready, old = made
    schemas = release_schemas(wanted.tier)
    version = str(step.version)
    tables = with_since(_numbered(ready, old, version), step.difference, version)
    with clock.stage("write tables"):
        files = write_tables(folder, tables, {name: table_of(schema) for name, schema in schemas.items()})
    with clock.stage("write changes"):
        others = write_changes(folder, changes(step.difference, wanted.reason))
        others |= write_files(folder, ready.guidelines)
    with clock.stage("count"):
        written = Written(files, others)
        facts = with_counts(facts_of_release(settings, wanted, step, ready, written, old), tables, schemas)
    with clock.stage("write documents"):
        documents = {**render(facts, schemas), MANIFEST: manifest(facts, schemas)}
        hashes = write_files(folder, documents)
        write_sums(folder, {**hashes, **others, **{one["path"]: one["sha256"] for one in files.values()}})
    return facts


def _refuse_faults(staging: Path, old: Contents | None, clock: Clock) -> None:
    """Let no release out that its own verification would refuse."""
    with clock.stage("read again"):
        release = contents(read_tree(staging))
    faults: list[Fault] = list(faults_of(release, old, clock))
    if faults:
        raise DataError(
            f"The release was not written, as it would not pass its own verification: {faults[0].place}: "
            f"{faults[0].check}: {faults[0].examples[0]} ({len(faults)} in all). See what is wrong: builder check"
        )
