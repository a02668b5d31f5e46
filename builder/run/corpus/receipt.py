"""What the last build left: the hash of all it was made of, the files as they were put in place, its report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder.contracts.catalogue import CORPUS
from builder.core.capturefile import Found
from builder.core.errors import DataError
from builder.core.places import Place
from builder.core.storage import look_of, names_in, read_json, replace_json
from builder.run.corpus.kept import Kept
from builder.run.corpus.report import BuildReport, Redone
from builder.tables.figures import Doubt, IdChanges, Noticed

RECEIPT = "receipt.json"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The hash of everything that went into a build, the keys of its shards among it, and what it told."""

    content: str
    keys: tuple[str, ...]
    told: Mapping[str, Any]


def write_receipt(kept: Kept, content: str, keys: Sequence[str], report: BuildReport, tables: Path) -> None:
    """Write down what a build left, once its tables are in place."""
    told = {key: value for key, value in report.as_json().items() if key not in _ANEW}
    looks = looks_of(tables)
    replace_json(kept.folder / RECEIPT, {"content": content, "keys": keys, "looks": looks, "told": told})


def read_receipt(kept: Kept, tables: Path) -> Receipt | None:
    """What the last build left; none where its tables are not as it left them, or nothing can be read."""
    try:
        said = read_json(kept.folder / RECEIPT)
        untouched = said["looks"] == looks_of(tables)
        receipt = Receipt(said["content"], tuple(said["keys"]), said["told"])
        report_again(
            receipt, tables, tables, Found((), (), 0), Redone(0)
        )  # to find out now whether it can be told
    except (DataError, AttributeError, KeyError, TypeError, ValueError):
        return None
    return receipt if untouched else None


def looks_of(tables: Path) -> dict[str, list[int]]:
    """Size and last change of each file of a folder."""
    return {name: list(look_of(tables / name)) for name in names_in(tables)}


def report_again(receipt: Receipt, raw: Place, tables: Path, found: Found, redone: Redone) -> BuildReport:
    """The report of a build that finds the tables as the last one left them."""
    told = dict(receipt.told)
    errors = tuple((error["capture"], error["message"]) for error in told.pop("errors"))
    doubts = tuple(Doubt(**doubt) for doubt in told.pop("least_confident"))
    noticed = {code: Noticed(of["captures"], tuple(of["first"])) for code, of in told.pop("noticed").items()}
    rows = {name: told["rows"][name] for name in CORPUS}
    return BuildReport(
        raw=raw,
        tables=tables,
        ignored=found.ignored,
        passed_over=found.passed_over,
        at_top=found.at_top,
        seconds=0.0,
        noticed=noticed,
        errors=errors,
        least_confident=doubts,
        ids={name: IdChanges(rows[name], 0, 0, 0) for name in _WITH_IDS},
        redone=redone,
        **{**told, "rows": rows},
    )


_ANEW = frozenset(
    {"raw", "tables", "ignored", "passed_over", "at_top", "seconds", "ids", "redone", "n_errors"}
)
"""What of a report is not that of the last build."""
_WITH_IDS = ("articles", "comments", "authors")
