"""The archive becomes tables: every version of every annotation is one row, with one status."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from builder.annotate.annotators import Pseudonyms
from builder.annotate.archive.lines import Kind, Line
from builder.annotate.merging.asked import asked_of
from builder.annotate.merging.histories import CONTEXT, Histories, histories_of
from builder.annotate.merging.interpret import Asked, Interpreted, interpret
from builder.annotate.merging.merged_tables import tables_of
from builder.annotate.merging.places import Corpus, Place, places
from builder.annotate.merging.results import Reason
from builder.annotate.merging.shown import Shown
from builder.annotate.merging.standing import settle
from builder.annotate.merging.versions import Version, annotation_version, draft_version, form_faults
from builder.annotate.tasks import Origin
from builder.core.errors import BuilderError

Read = Callable[[Collection[Kind]], Iterable[Line]]
"""Gives the archive's lines of some kinds, in any order."""
Tell = Callable[[int], None]
"""Is told how many versions were read."""
_NO_PLANS: Mapping[str, Origin] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of the versions of annotations that were pulled: each is counted once."""

    pulled: int
    merged: int
    rejected: int
    superseded: int
    drafts: int
    skipped: int


@dataclass(frozen=True, slots=True)
class Merged:
    """The tables, what became of the versions, and the annotators with those that were new."""

    tables: Mapping[str, pa.Table]
    summary: Summary
    people: Pseudonyms


@dataclass(frozen=True, slots=True)
class _Against:
    """What annotations are read against."""

    known: Histories
    places: Mapping[Shown, Place]
    asked: dict[str, Asked | None]

    def what_was_asked(self, one: Shown) -> Asked | None:
        """What the config of a task asks; none where nobody has that config any more, or can read it."""
        if one.config_sha256 not in self.asked:
            xml = self.known.configs.get(one.config_sha256)
            try:
                self.asked[one.config_sha256] = None if xml is None else asked_of(xml)
            except BuilderError:
                self.asked[one.config_sha256] = None
        return self.asked[one.config_sha256]


def merge(
    read: Read,
    corpus: Corpus,
    configs: Iterable[str],
    people: Pseudonyms,
    tell: Tell | None = None,
    origins: Mapping[str, Origin] = _NO_PLANS,
) -> Merged:
    """The tables that an archive comes to, beside the corpus as it is now.

    ``configs`` is the XML of the configs of rounds, for tasks whose projects say another by now; ``origins``
    says of tasks by their keys what the plans of rounds alone know. The same lines in any order give the same
    tables.
    """
    known = histories_of(read(CONTEXT), configs)
    shown = (seen.shown for _, _, seen in known.tasks.items() if isinstance(seen.shown, Shown))
    against = _Against(known, places(shown, corpus), {})
    versions = list(_versions(read(("annotation", "draft")), against, tell))
    settle(versions)
    people = people.with_names({one.annotator for one in versions if one.annotator})
    return Merged(tables_of(versions, known, people, origins), _summary(versions), people)


def _summary(versions: Collection[Version]) -> Summary:
    counts = Counter(one.status for one in versions)
    summary = Summary(
        pulled=len(versions),
        merged=counts["merged"],
        rejected=counts["rejected"],
        superseded=counts["superseded"],
        drafts=counts["draft"],
        skipped=counts["skipped"],
    )
    if summary.pulled != counts.total() or any(one.number < 1 for one in versions):
        raise AssertionError(f"a version was lost: {summary}")
    return summary


def _versions(lines: Iterable[Line], against: _Against, tell: Tell | None) -> Iterator[Version]:
    seen: set[tuple[str, str]] = set()
    for line in lines:
        make = draft_version if line.kind == "draft" else annotation_version
        one = make(line, against.known)
        key = one.annotation_id, one.said
        if key in seen:
            continue
        seen.add(key)
        one.place = against.places.get(one.shown) if one.shown else None
        withdrawn = one.shown is not None and one.shown.withdrawn
        if not (withdrawn or one.draft or one.skipped or one.deleted or one.imported):
            one.interpreted = _interpreted(one, line.record, against)
        yield one
        if tell:
            tell(len(seen))


def _interpreted(one: Version, record: Mapping[str, Any], against: _Against) -> Interpreted:
    """What the record of a version says, or why that does not count."""
    asked = against.what_was_asked(one.shown) if one.shown else None
    proven = one.place and asked and one.annotator
    around = (*form_faults(record), *(() if proven else _unproven(one, asked)))
    said = interpret(record.get("result"), asked, one.place.text if one.place else None)
    return Interpreted(reasons=(*around, *said.reasons)) if around else said


def _unproven(one: Version, asked: Asked | None) -> Iterator[Reason]:
    """What is not known of a version, apart from what it says."""
    if one.shown is None:
        wrong = one.task.shown if one.task else "the task is not in the archive"
        yield Reason("task_unknown", "", str(wrong))
    elif one.place is None:
        what = f"the text of {one.shown.unit_type} {one.shown.unit_id} that was shown"
        yield Reason("text_changed", "", f"{what} is not in the tables any more")
    if one.shown and asked is None:
        what = f"config {one.shown.config} with the hash {one.shown.config_sha256}"
        yield Reason("config_unknown", "", f"{what} is neither in the archive nor with a round")
    if one.annotator is None:
        yield Reason("annotator_unknown", "/completed_by", "the archive knows no such user")
