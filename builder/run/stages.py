"""What there is at each stage of the line, from raw captures to releases."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

from builder.contracts.catalogue import CORPUS, table
from builder.core.captures import Found, find_captures
from builder.core.errors import DataError, UsageError
from builder.core.plural import FEW, few, number, rows
from builder.core.settings import Settings
from builder.core.staging import MARK
from builder.core.storage import written_at
from builder.run.annotation.labelling import annotations_stage, tasks_stage
from builder.run.corpus.changes import changes_of
from builder.run.corpus.record import BuildRecord, read_record
from builder.run.corpus.stage import LATER, MISSING, READY, STALE, Stage
from builder.run.labels.label_stage import labels_stage
from builder.run.releasing.release_stage import releases_stage

_MADE_OF: Mapping[str, str] = MappingProxyType(
    {
        "tables": "raw",
        "tasks": "tables",
        "annotations": "tasks",
        "labels": "annotations",
        "releases": "tables",
    }
)


def stages(settings: Settings, weights_sha256: str) -> tuple[Stage, ...]:
    """The stages of a dataset in the order of the line; ``weights_sha256`` is that of the parser at hand."""
    found = _found(settings)
    return _in_turn(
        (
            _raw(settings, found),
            _tables(settings, found, weights_sha256),
            tasks_stage(settings),
            annotations_stage(settings),
            labels_stage(settings),
            releases_stage(settings),
        )
    )


def _in_turn(found: tuple[Stage, ...]) -> tuple[Stage, ...]:
    """The stages, those without anything to do whose turn has not come: what they are made of is not there."""
    bare = {stage.name for stage in found if stage.state in {MISSING, LATER}}
    return tuple(
        replace(stage, todo="") if stage.name in bare and _MADE_OF.get(stage.name) in bare else stage
        for stage in found
    )


def _found(settings: Settings) -> Found | None:
    try:
        return find_captures(settings.raw_dir, settings.max_capture_bytes)
    except UsageError:
        return None


def _raw(settings: Settings, found: Found | None) -> Stage:
    place = settings.raw
    if found is None or not found.captures:
        todo = f"Put text files there, one an article: {place}/<source>/<name>.txt"
        return Stage("raw", MISSING, place, ("no captures",), todo)
    sources = Counter(one.source for one in found.captures)
    facts = [number(len(found.captures), "capture")]
    facts += [f"{count:,} from {source}" for source, count in sorted(sources.items())]
    return Stage("raw", READY, place, (*facts, *_beside(found)), "")


def _beside(found: Found) -> Iterator[str]:
    """What lies among the captures and is none."""
    if found.issues:
        yield f"{number(len(found.issues), 'file')} in trouble"
        yield from (f"{one.capture}: {one.message}" for one in found.issues[:FEW])
    if found.ignored:
        yield f"{number(found.ignored, 'file')} passed over: {few(found.passed_over, found.ignored)}"


def _tables(settings: Settings, found: Found | None, weights_sha256: str) -> Stage:
    try:
        record = read_record(settings.tables_dir)
    except DataError as error:
        said = str(error).rpartition(". ")[0] if (settings.tables_dir / MARK).exists() else "no tables yet"
        return Stage("tables", MISSING, settings.tables, (said,), "builder build")
    facts = [rows(record.rows[name], name) for name in CORPUS if name in record.rows]
    built = written_at(settings.tables_dir / MARK)
    changes = tuple(_changes(settings, record, found, weights_sha256))
    state, todo = (STALE, "builder build") if changes else (READY, "")
    age = f"built on {datetime.fromtimestamp(built, UTC):%Y-%m-%d at %H:%M} UTC"
    return Stage("tables", state, settings.tables, (*facts, age, *changes), todo, changes)


def _changes(
    settings: Settings, record: BuildRecord, found: Found | None, weights_sha256: str
) -> Iterator[str]:
    """What has become different since the tables were built."""
    tables = settings.tables_dir
    if found is not None:
        yield from changes_of(found.captures, tables, record, written_at(tables / MARK))
    if record.weights_sha256 != weights_sha256:
        yield "built with other weights"
    if dict(record.schemas) != {name: table(name).version for name in CORPUS}:
        yield "built under other schemas"
