"""New tables are written, put in the place of the old ones at one stroke, and reported."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from builder.contracts.catalogue import CORPUS, table
from builder.core.staging import staged
from builder.core.stopwatch import stage
from builder.core.version import __version__
from builder.run.corpus.assembly import Assembled, assemble_tables, ids_since
from builder.run.corpus.ground import Ground
from builder.run.corpus.languages import PACKAGE, Languages
from builder.run.corpus.making import Making, Tell
from builder.run.corpus.record import BuildRecord, listing_of, raw_seen_from, write_record
from builder.run.corpus.report import BuildReport
from builder.tables.figures import IdChanges
from builder.tables.tally import Tally


def renew(
    ground: Ground, making: Making, keys: Iterator[str], out: Path, tell: Tell
) -> tuple[BuildReport, tuple[str, ...]]:
    """Write the tables of the parts with these keys, which come while they are made; the report, and all keys."""
    with staged(out) as folder:
        made = assemble_tables(ground, making, keys, folder, tell)
        record = _record(ground, made)
        write_record(folder, record)
        with stage("compare ids"):
            ids = ids_since(out, folder)
    return _report(ground, making, made, record, ids), made.keys


def _record(ground: Ground, made: Assembled) -> BuildRecord:
    order = ground.order
    return BuildRecord(
        raw=raw_seen_from(order.tables, order.raw),
        builder=__version__,
        weights_sha256=order.weights_sha256,
        listing=listing_of(ground.found.captures),
        rows={name: made.rows[name] for name in CORPUS},
        schemas={name: table(name).version for name in CORPUS},
        files=tuple(f"{name}.parquet" for name in CORPUS),
        languages=order.languages.by,
        near_copies=order.near_copies,
    )


def _report(
    ground: Ground,
    making: Making,
    made: Assembled,
    record: BuildRecord,
    ids: Mapping[str, IdChanges] | None,
) -> BuildReport:
    languages, tally = ground.order.languages, made.tally
    return BuildReport(
        raw=ground.order.raw,
        tables=ground.order.tables,
        captures=record.listing.captures,
        bytes=record.listing.bytes,
        ignored=ground.found.ignored,
        passed_over=ground.found.passed_over,
        at_top=ground.found.at_top,
        seconds=0.0,
        rows=record.rows,
        comments_named=tally.comments_named,
        comments_lost=tally.comments_lost,
        issues=dict(sorted(tally.issues.items())),
        noticed=dict(sorted(tally.noticed.items())),
        errors=tally.errors,
        least_confident=tally.doubts,
        ids=ids,
        copies=dict(tally.copies),
        languages=languages.by,
        remark=_unknown(languages, tally) or languages.remark,
        redone=making.ledger.redone(len(made.keys)),
        spent=making.ledger.spent,
    )


def _unknown(languages: Languages, tally: Tally) -> str:
    """What to say where the model knew none of the languages, so that no comment has one."""
    if languages.among and tally.without_language and not tally.with_language:
        return f"No language was determined: {PACKAGE} knows none of {', '.join(languages.among)}."
    return ""
