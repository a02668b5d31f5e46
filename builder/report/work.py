"""What is known of the work of annotators: the time of their answers, how often others gave the same."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import pyarrow.compute as pc

from builder.labels.arrays import Floats
from builder.report.numbers import floats
from builder.report.study import Labels


def seconds_of(labels: Labels, person: str | None = None) -> Floats:
    """The seconds of answers that were merged: of one annotator, or of all."""
    rows = labels.tables["annotations"]
    counts = pc.equal(rows["status"], "merged")
    if person is not None:
        counts = pc.and_(counts, pc.fill_null(pc.equal(rows["annotator_id"], person), fill_value=False))
    return floats(rows.filter(counts)["lead_time_s"])


def likeness(labels: Labels) -> Mapping[str, Mapping[str, tuple[float, int]]]:
    """How often others gave the same answer: by annotator and question, the share of pairs, and how many pairs."""
    found: dict[str, dict[str, list[tuple[float, int]]]] = defaultdict(lambda: defaultdict(list))
    for subject, of in labels.pairs:
        if subject.option is None and of.raw is not None:
            for one in (of.first, of.second):
                found[one][subject.question].append((of.raw, of.n_units))
    return {
        person: {question: pooled(shares) for question, shares in sorted(by.items())}
        for person, by in found.items()
    }


def pooled(shares: Sequence[tuple[float, int]]) -> tuple[float, int]:
    """Several shares of pairs as one, and how many pairs that are."""
    total = sum(count for _, count in shares)
    return sum(share * count for share, count in shares) / total, total


def answered_tasks(labels: Labels) -> tuple[int, int]:
    """How many tasks have a merged answer, and how many there are, without those that were deleted."""
    tasks, rows = labels.tables["tasks"], labels.tables["annotations"]
    there = tasks.filter(pc.invert(tasks["deleted"]))["task_key"]
    done = pc.unique(rows.filter(pc.equal(rows["status"], "merged"))["task_key"])
    return pc.sum(pc.is_in(there, value_set=done)).as_py() or 0, len(there)
