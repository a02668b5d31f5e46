"""The archive becomes tables: every version of every annotation is one row, with one status."""

from abc import abstractmethod
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from types import MappingProxyType
from typing import Protocol, TypeVar

import pyarrow as pa

from builder.annotate.annotators import Pseudonyms
from builder.annotate.archive.lines import Kind
from builder.annotate.merging.batches import Columns, columns_of, joined
from builder.annotate.merging.ground import Grounds
from builder.annotate.merging.histories import histories_of
from builder.annotate.merging.merged_tables import tables_of
from builder.annotate.merging.places import Corpus
from builder.annotate.merging.said import CONTEXT, WORK, context_in, work_in
from builder.annotate.merging.standing import Settled, settle
from builder.annotate.tasks import Origin

Form = TypeVar("Form")
Tell = Callable[[int], None]
"""Is told how many versions were read."""
_NO_PLANS: Mapping[str, Origin] = MappingProxyType({})


class Read(Protocol):
    """Gives the archive's lines of some kinds, in any order, each in the form that is made of it."""

    @abstractmethod
    def __call__(self, form: Callable[[bytes], Form], kinds: Collection[Kind]) -> Iterable[Form]:
        """The lines."""
        ...


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
    known = histories_of(read(context_in, CONTEXT), configs)
    batches = columns_of(read(work_in, WORK), known, Grounds(known, corpus, origins), people)
    columns = joined(_told(batches, tell))
    settled = settle(columns.pop("versions"))
    people = people.with_names(settled.versions["annotator"].unique().drop_null().to_pylist())
    return Merged(tables_of(columns, settled, known, people), _summary(settled), people)


def _told(batches: Iterable[Columns], tell: Tell | None) -> Iterator[Columns]:
    """The same batches; with each it is told how many versions there are by then."""
    done = 0
    for batch in batches:
        yield batch
        done += batch["versions"].num_rows
        if tell:
            tell(done)


def _summary(settled: Settled) -> Summary:
    counts = Counter(settled.statuses.to_pylist())
    summary = Summary(
        pulled=settled.versions.num_rows,
        merged=counts["merged"],
        rejected=counts["rejected"],
        superseded=counts["superseded"],
        drafts=counts["draft"],
        skipped=counts["skipped"],
    )
    if summary.pulled * 2 != sum(astuple(summary)) or (settled.numbers < 1).any():
        raise AssertionError(f"a version was lost: {summary}")
    return summary
