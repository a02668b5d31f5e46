"""The line: captures are found, built shard by shard, written as they come, put in place at one stroke."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from builder.core.captures import Found, find_captures
from builder.core.errors import DataError, OutputError, UsageError
from builder.core.lock import locked
from builder.core.memory import let_arrow_give_back
from builder.core.staging import recover
from builder.core.stopwatch import stage, timing
from builder.core.storage import writing
from builder.run.corpus.executor import Executor, serial
from builder.run.corpus.ground import Build, Ground, break_ground
from builder.run.corpus.kept import Kept
from builder.run.corpus.receipt import RECEIPT, Receipt, read_receipt, report_again, write_receipt
from builder.run.corpus.report import BuildReport, Progress, Redone

if TYPE_CHECKING:
    from builder.run.corpus.making import Tell

__all__ = ["Build", "build"]


def build(
    order: Build, execute: Executor = serial, tell: "Tell | None" = None, wait: float = 0.0
) -> BuildReport:
    """Build the tables and put them in the place of the old ones; unless all goes well nothing is changed.

    What earlier builds finished is taken as it is where captures, code and weights are the same.
    Raises ``UsageError`` where the raw captures cannot be listed or the tables would lie among them,
    ``DataError`` where there are none,
    ``Busy`` where another builder is at work for longer than ``wait`` seconds, ``OutputError`` where
    nothing can be written, ``WorkerLost`` where a worker died.
    """
    started = time.monotonic()
    _refuse_inside(order)
    with timing() as spent:
        with stage("find captures"):
            found = _captures(order)
        out = order.tables.resolve()
        with locked(out, wait):
            with stage("survey"), writing(out):
                recover(out)
                ground = break_ground(order, found)
                standing = _standing(ground, out)
            report = _untouched(ground, standing) or _built(ground, standing, out, execute, tell or _silent)
    return replace(report, seconds=time.monotonic() - started, spent={"builder": spent, **report.spent})


def _refuse_inside(order: Build) -> None:
    raw, out = order.raw.resolve(), order.tables.resolve()
    if isinstance(raw, Path) and raw.is_dir() and out.is_relative_to(raw):
        raise UsageError(
            f"{order.tables} lies in {order.raw}, where the next build would take tables for packed captures. "
            "Write elsewhere: --out DIR"
        )


def _captures(order: Build) -> Found:
    raw, found = order.raw, find_captures(order.raw, order.largest)
    if not found.captures and not found.issues:
        raise DataError(
            f"There are no captures in {raw}. Put text files there, one an article: {raw}/<source>/<name>.txt"
        )
    return found


def _standing(ground: Ground, out: Path) -> Receipt | None:
    """What the last build left, if its tables are what a build makes of shards with the same keys as it had."""
    receipt = read_receipt(ground.kept, out)
    return receipt if receipt and receipt.content == ground.content(receipt.keys) else None


def _untouched(ground: Ground, standing: Receipt | None) -> BuildReport | None:
    """The report where it can be told without a look at any capture that the tables are what they should be."""
    keys = tuple(one.key for one in ground.surveyed)
    return (
        _left(ground, standing, Redone(len(keys), written=False))
        if standing and keys == standing.keys
        else None
    )


def _left(ground: Ground, standing: Receipt, redone: Redone) -> BuildReport:
    """The report of tables that stay as they are."""
    return report_again(standing, ground.order.raw, ground.order.tables, ground.found, redone)


def _built(
    ground: Ground, standing: Receipt | None, out: Path, execute: Executor, tell: "Tell"
) -> BuildReport:
    """Have the missing parts made, and write new tables unless they would be those that stand."""
    function = ground.order.load()
    # As the function, this is not loaded before it is known that there is something to do.
    from builder.run.corpus.making import as_before, making  # noqa: PLC0415
    from builder.run.corpus.renewal import renew  # noqa: PLC0415
    from builder.run.corpus.work import Workplace  # noqa: PLC0415

    let_arrow_give_back()
    place = Workplace(function, ground.recipe, ground.order.raw.absolute(), ground.kept, ground.order.largest)
    with _space_given_back(ground.kept), writing(out), making(ground, place, execute) as made:
        keys, same = as_before(made, ground.surveyed, standing.keys if standing else (), tell)
        if standing and same:
            redone = replace(made.ledger.redone(len(keys)), written=False)
            report = replace(_left(ground, standing, redone), spent=made.ledger.spent)
            ground.kept.drop_excess(keys)
        else:
            report, keys = renew(ground, made, chain(keys, made.keys), out, tell)
    with stage("tidy up"):
        if report.redone.written:
            write_receipt(ground.kept, ground.content(keys), keys, report, out)
        ground.kept.sweep((one.listing for one in ground.surveyed), keys, [RECEIPT])
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


def _silent(_progress: Progress) -> None:
    """Tell nobody."""
