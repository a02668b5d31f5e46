"""A release held against itself and the one before it: read, compared, rendered again; needs nothing but its files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from builder.contracts.faults import Fault, merged
from builder.core.errors import UsageError
from builder.core.places import Place
from builder.core.tree import Tree, read_tree
from builder.release.contents import Contents, contents, entry, sound, stored_contents
from builder.release.tiers import released
from builder.release.verify.documents import count_faults, document_faults, rendered
from builder.release.verify.files import file_faults, hashes_of
from builder.release.verify.leaking import leak_faults
from builder.release.verify.previous import version_faults
from builder.release.verify.rows import digest_faults, row_faults
from builder.release.verify.texts import text_faults
from builder.release.verify.withdrawals import withdrawal_faults
from builder.run.releasing.clock import Clock, Tell
from builder.run.releasing.places import folder_name

STAGES = 9


@dataclass(frozen=True, slots=True)
class Checked:
    """What a verification found: what was looked at, its rows by table, faults, seconds of each stage.

    ``previous`` is where the release before it stands, if it was found; ``follows`` is the version of that one.
    """

    place: Place
    release: Mapping[str, Any]
    rows: Mapping[str, int]
    faults: tuple[Fault, ...]
    previous: Place | None = None
    follows: str | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The verdict as values that ``json.dumps`` takes."""
        return {
            "place": str(self.place),
            **{name: self.release.get(name) for name in ("name", "version", "tier")},
            "rows": dict(self.rows),
            "previous": None if self.previous is None else str(self.previous),
            "faults": [one.as_json() for one in self.faults],
            "seconds": dict(self.seconds),
            "ok": not self.faults,
        }


def verify_release(place: Place, previous: Place | None = None, tell: Tell | None = None) -> Checked:
    """Verify the release in a folder or tar, against the release before it if that is given or stands beside it.

    Raises ``UsageError`` where there is none, ``DataError`` where it, or the one before it, cannot be read.
    """
    clock = Clock(STAGES, tell)
    with clock.stage("read"):
        tree = read_tree(place)
    _refuse_strange_place(place, tree)
    with clock.stage("tables"):
        release = contents(tree)
        before = previous or _beside(place, release)
        old = sound(stored_contents(read_tree(before))) if before else None
    faults = merged(faults_of(release, old, clock))
    rows = {name: table.num_rows for name, table in release.tables.items()}
    follows = entry(release.told, "previous").get("version")
    return Checked(place, release.release, rows, faults, before, follows, clock.seconds)


def faults_of(release: Contents, old: Contents | None, clock: Clock) -> Iterator[Fault]:
    """All faults of a release; rows are compared only where all tables can be read."""
    yield from release.faults
    with clock.stage("documents"):
        documents, odd = rendered(release)
        yield from odd
        yield from document_faults(release, documents)
    with clock.stage("hashes of files"):
        yield from file_faults(release, hashes_of(release), documents)
    if not _readable(release):
        return
    with clock.stage("hashes of rows"):
        yield from digest_faults(release)
    with clock.stage("rows"):
        yield from row_faults(release)
    with clock.stage("texts"):
        yield from text_faults(release.tables)
        yield from leak_faults(release)
        yield from withdrawal_faults(release.tables)
    with clock.stage("counts"):
        yield from count_faults(release)
    if old is not None:
        with clock.stage("step to it"):
            yield from version_faults(old, release)


def _readable(release: Contents) -> bool:
    """Whether every table of the tier is there with all its columns, so that rows can be compared."""
    due = released(str(release.release.get("tier", "private")))
    shape = {"required", "additionalProperties", "x-arrow", "utf8", "type", "column order"}
    return set(release.tables) == set(due) and not any(one.check in shape for one in release.faults)


def _beside(place: Place, release: Contents) -> Place | None:
    """The release before this one where it stands beside it, as folder or tar."""
    told, said = entry(release.told, "previous").get("version"), release.release
    if not isinstance(told, str):
        return None
    name = folder_name(str(said.get("name")), str(said.get("tier")), told)
    folders = (place.resolve().parent / each for each in (name, f"{name}.tar"))
    return next((each for each in folders if each.exists()), None)


def _refuse_strange_place(place: Place, tree: Tree) -> None:
    if not tree.files.keys() & {"stats.json", "manifest.json", "SHA256SUMS"}:
        raise UsageError(f"{place} is no release: it has no stats.json, manifest.json or SHA256SUMS.")
