"""The line: captures are found, built shard by shard, written as they come, put in place at one stroke."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from builder.contracts.catalogue import CORPUS, table
from builder.core.captures import Found, find_captures
from builder.core.errors import DataError, OutputError
from builder.core.lock import locked
from builder.core.staging import recover, staged
from builder.core.stopwatch import stage, timing
from builder.core.storage import writing
from builder.core.version import __version__
from builder.run.corpus.executor import Executor, serial
from builder.run.corpus.ground import Build, Ground, break_ground
from builder.run.corpus.kept import Kept
from builder.run.corpus.languages import PACKAGE, Languages
from builder.run.corpus.receipt import RECEIPT, read_receipt, report_again, write_receipt
from builder.run.corpus.record import BuildRecord, listing_of, raw_seen_from, write_record
from builder.run.corpus.report import BuildReport, Progress, Redone

if TYPE_CHECKING:
    from builder.run.corpus.assembly import Assembled, Tell
    from builder.tables.tally import Tally

__all__ = ["Build", "build"]


def build(
    order: Build, execute: Executor = serial, tell: "Tell | None" = None, wait: float = 0.0
) -> BuildReport:
    """Build the tables and put them in the place of the old ones; unless all goes well nothing is changed.

    What earlier builds finished is taken as it is where captures, code and weights are the same.
    Raises ``UsageError`` where the raw captures cannot be listed, ``DataError`` where there are none,
    ``Busy`` where another builder is at work for longer than ``wait`` seconds, ``OutputError`` where
    nothing can be written, ``WorkerLost`` where a worker died.
    """
    started = time.monotonic()
    with timing() as spent:
        with stage("find captures"):
            found = _captures(order)
        out = order.tables.resolve()
        with locked(out, wait):
            with stage("survey"), writing(out):
                recover(out)
                ground = break_ground(order, found)
                report = _as_it_stands(ground, out)
            report = report or _built(ground, out, execute, tell or _silent)
    return replace(report, seconds=time.monotonic() - started, spent={"builder": spent, **report.spent})


def _captures(order: Build) -> Found:
    raw, found = order.raw, find_captures(order.raw, order.largest)
    if not found.captures and not found.issues:
        raise DataError(
            f"There are no captures in {raw}. Put text files there, one an article: {raw}/<source>/<name>.txt"
        )
    return found


def _as_it_stands(ground: Ground, out: Path) -> BuildReport | None:
    """The report where the tables are what a build would make them; none where one is needed."""
    keys = [one.key for one in ground.surveyed if one.key is not None]
    receipt = read_receipt(ground.kept, out)
    if receipt is None or len(keys) < len(ground.surveyed) or receipt.content != ground.content(keys):
        return None
    redone = Redone(len(keys), written=False)
    return report_again(receipt, ground.order.raw, ground.order.tables, ground.found, redone)


def _built(ground: Ground, out: Path, execute: Executor, tell: "Tell") -> BuildReport:
    """Write new tables, put them in place, and leave what spares the next build its work."""
    function, languages = ground.order.load(), ground.order.languages
    # As the function, this is not loaded before it is known that there is something to do.
    from builder.run.corpus.assembly import assemble_tables, ids_since  # noqa: PLC0415
    from builder.run.corpus.work import Workplace  # noqa: PLC0415

    place = Workplace(function, ground.recipe, ground.order.raw.absolute(), ground.kept, ground.order.largest)
    with _space_given_back(ground.kept), staged(out) as folder:
        made = assemble_tables(ground, place, folder, execute, tell)
        record = _record(ground, made)
        write_record(folder, record)
        with stage("compare ids"):
            ids = ids_since(out, folder)
    report = BuildReport(
        raw=ground.order.raw,
        tables=ground.order.tables,
        captures=record.listing.captures,
        bytes=record.listing.bytes,
        ignored=ground.found.ignored,
        passed_over=ground.found.passed_over,
        at_top=ground.found.at_top,
        seconds=0.0,
        rows=record.rows,
        comments_named=made.tally.comments_named,
        comments_lost=made.tally.comments_lost,
        issues=dict(sorted(made.tally.issues.items())),
        noticed=made.noticed,
        errors=made.errors,
        least_confident=made.tally.doubts,
        ids=ids,
        copies=dict(made.tally.copies),
        languages=languages.by,
        remark=_unknown(languages, made.tally) or languages.remark,
        redone=made.ledger.redone(len(made.keys)),
        spent=made.ledger.spent,
    )
    with stage("tidy up"):
        write_receipt(ground.kept, ground.content(made.keys), report, out)
        ground.kept.sweep((one.listing for one in ground.surveyed), made.keys, [RECEIPT])
    return report


@contextmanager
def _space_given_back(kept: Kept) -> Iterator[None]:
    """Where there is no space left to write, what is kept is not worth what it takes."""
    try:
        yield
    except OutputError as error:
        if isinstance(error.__cause__, OSError):
            kept.clear()
        raise


def _record(ground: Ground, made: "Assembled") -> BuildRecord:
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


def _unknown(languages: Languages, tally: "Tally") -> str:
    """What to say where the model knew none of the languages, so that no comment has one."""
    if languages.among and tally.without_language and not tally.with_language:
        return f"No language was determined: {PACKAGE} knows none of {', '.join(languages.among)}."
    return ""


def _silent(_progress: Progress) -> None:
    """Tell nobody."""
