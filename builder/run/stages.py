"""What there is at each stage of the line, from raw captures to releases."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from builder.contracts.catalogue import CORPUS, table
from builder.core.captures import Found, find_captures
from builder.core.errors import DataError, UsageError
from builder.core.settings import Settings
from builder.core.staging import MARK
from builder.core.storage import written_at
from builder.run.annotation.labelling import annotations_stage, tasks_stage
from builder.run.corpus.record import BuildRecord, listing_of, read_record
from builder.run.corpus.stage import MISSING, READY, STALE, Stage
from builder.run.labels.label_stage import labels_stage
from builder.run.releasing.release_stage import releases_stage


def stages(settings: Settings, weights_sha256: str) -> tuple[Stage, ...]:
    """The stages of a dataset in the order of the line; ``weights_sha256`` is that of the parser at hand."""
    found = _found(settings)
    return (
        _raw(settings, found),
        _tables(settings, found, weights_sha256),
        tasks_stage(settings),
        annotations_stage(settings),
        labels_stage(settings),
        releases_stage(settings),
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
    facts = [f"{len(found.captures):,} captures"]
    facts += [f"{count:,} from {source}" for source, count in sorted(sources.items())]
    facts += [f"{len(found.issues):,} files in trouble"] if found.issues else []
    facts += [f"{found.ignored:,} other files, which do not end in .txt"] if found.ignored else []
    return Stage("raw", READY, place, tuple(facts), "")


def _tables(settings: Settings, found: Found | None, weights_sha256: str) -> Stage:
    try:
        record = read_record(settings.tables_dir)
    except DataError as error:
        return Stage("tables", MISSING, settings.tables, (str(error),), "builder build")
    facts = [f"{record.rows[name]:,} {name}" for name in CORPUS if name in record.rows]
    built = written_at(settings.tables_dir / MARK)
    changes = tuple(_changes(record, found, weights_sha256, built))
    state, todo = (STALE, "builder build") if changes else (READY, "")
    age = f"built on {datetime.fromtimestamp(built, UTC):%Y-%m-%d at %H:%M} UTC"
    return Stage("tables", state, settings.tables, (*facts, age, *changes), todo, changes)


def _changes(record: BuildRecord, found: Found | None, weights_sha256: str, built: float) -> Iterator[str]:
    """What has become different since the tables were built."""
    if found is not None and listing_of(found.captures) != record.listing:
        count = len(found.captures) - record.listing.captures
        yield (
            f"{count:+,} captures since then"
            if count
            else "captures were renamed or changed their size since then"
        )
    elif found is not None and any(written_at(Path(one.file)) > built for one in found.captures):
        yield "captures were touched since then"
    if record.weights_sha256 != weights_sha256:
        yield "built with other weights"
    if dict(record.schemas) != {name: table(name).version for name in CORPUS}:
        yield "built under other schemas"
