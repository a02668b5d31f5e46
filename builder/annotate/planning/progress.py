"""How much of their tasks annotators have done, from the merged tables."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa

from builder.annotate.tasks import POOL

_BY_RANK = ("draft", "rejected", "skipped", "merged")
"""What somebody did on one task counts as the last of these that occurs; superseded versions do not."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one annotator did in one project: tasks done, of how many, rejected, skipped, only in draft."""

    project: int
    round: str
    annotator_id: str
    of: int
    done: int
    rejected: int
    skipped: int
    drafts: int


def shares(tasks: pa.Table, annotations: pa.Table) -> tuple[Share, ...]:
    """The share of everybody for whom tasks were made or who answered one, by project and annotator.

    In a pool everybody may do all tasks, so each one's share is of all of them.
    """
    projects: dict[tuple[int, str], set[str]] = defaultdict(set)
    homes: dict[str, tuple[int, str]] = {}
    people: dict[tuple[int, str], set[str]] = defaultdict(set)
    columns = ("task_key", "project", "round", "assignee", "deleted")
    for key, project, name, assignee, deleted in zip(*(tasks[c].to_pylist() for c in columns), strict=True):
        homes[key] = project, name
        people[project, name] |= {assignee} - {POOL}
        projects[project, name] |= set() if deleted else {key}
    done = _done(annotations)
    for key, person in done:
        people[homes[key]].add(person)
    return tuple(_shares(projects, people, done, homes))


def _done(annotations: pa.Table) -> dict[tuple[str, str], str]:
    """What each person's work on each task came to."""
    found: dict[tuple[str, str], str] = {}
    columns = ("task_key", "annotator_id", "status")
    for key, person, status in zip(*(annotations[c].to_pylist() for c in columns), strict=True):
        if key and person and status in _BY_RANK:
            known = found.get((key, person), status)
            found[key, person] = max(known, status, key=_BY_RANK.index)
    return found


def _shares(
    projects: Mapping[tuple[int, str], set[str]],
    people: Mapping[tuple[int, str], set[str]],
    done: Mapping[tuple[str, str], str],
    homes: Mapping[str, tuple[int, str]],
) -> Iterator[Share]:
    counts: dict[tuple[int, str, str, str], int] = defaultdict(int)
    for (key, person), status in done.items():
        counts[*homes[key], person, status] += 1
    for home in sorted(projects):
        for person in sorted(people[home]):
            merged, rejected, skipped, drafts = (
                counts[*home, person, status] for status in ("merged", "rejected", "skipped", "draft")
            )
            yield Share(*home, person, len(projects[home]), merged, rejected, skipped, drafts)
