"""Whether issues are as severe as their codes, and point to a stretch of text or to none."""

from collections.abc import Iterator

import numpy as np
import pyarrow.compute as pc

from builder.contracts.faults import Fault
from builder.core.issues import CODES
from builder.tables.check_comments import place_in_group
from builder.tables.check_kinds import Tables, compared, found
from builder.tables.check_links import truths


def issue_faults(tables: Tables) -> Iterator[Fault]:
    """Issues that skip a number, are of the wrong severity, or have half a span or a backward one."""
    yield from _ordinals(tables)
    issues = tables["issues"]
    pairs = list(zip(issues["code"].to_pylist(), issues["severity"].to_pylist(), strict=True))
    wrong = [row for row, (code, severity) in enumerate(pairs) if code in CODES and CODES[code] != severity]
    yield from found(
        tables,
        ("issues", "severity"),
        "severity",
        np.array(wrong),
        lambda row: f"an issue {pairs[row][0]!r} is of severity {CODES[pairs[row][0]]}",
    )
    start, end = issues["char_start"], issues["char_end"]
    half = truths(start.is_null()) != truths(end.is_null())
    rows = np.flatnonzero(half | truths(pc.less(end, start)))
    yield from found(
        tables,
        ("issues", "char_end"),
        "span",
        rows,
        "half a span, or one that ends before it begins",
    )


def _ordinals(tables: Tables) -> Iterator[Fault]:
    issues = tables["issues"]
    captures = issues["capture"].combine_chunks().dictionary_encode()
    ordinals = issues["ordinal"].to_numpy(), place_in_group(captures.indices.to_numpy())
    words = "ordinal {0}, but {1} issues stand before it at its capture"
    yield from compared(tables, ("issues", "ordinal"), "ordinal", ordinals, words)
