"""What is known of the work as a whole: the time of its answers, how many tasks have one."""

import pyarrow.compute as pc

from builder.labels.arrays import Floats
from builder.report.numbers import floats
from builder.report.study import Labels


def seconds_of(labels: Labels) -> Floats:
    """The seconds of all answers that were merged."""
    rows = labels.tables["annotations"]
    return floats(rows.filter(pc.equal(rows["status"], "merged"))["lead_time_s"])


def answered_tasks(labels: Labels) -> tuple[int, int]:
    """How many tasks have a merged answer, and how many there are, without those that were deleted."""
    tasks, rows = labels.tables["tasks"], labels.tables["annotations"]
    there = tasks.filter(pc.invert(tasks["deleted"]))["task_key"]
    done = pc.unique(rows.filter(pc.equal(rows["status"], "merged"))["task_key"])
    return pc.sum(pc.is_in(there, value_set=done)).as_py() or 0, len(there)
