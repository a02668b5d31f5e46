"""What a report is made from: tables of the corpus, rounds, and the labels as far as there are some."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from builder.labels.agreement import PairMeasures, Subject
from builder.labels.measures import Measures
from builder.labels.quality.figures import Figures
from builder.labels.quality.warnings import Warned
from builder.labels.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Round:
    """A round of annotation as it was planned."""

    name: str
    config: str
    unit_type: str
    closed: bool
    tasks: int
    units: int
    annotators: int


@dataclass(frozen=True, slots=True)
class Share:
    """What became of the tasks of one annotator in one round; in a ``pool`` everybody may do all of its tasks."""

    round: str
    annotator_id: str
    of: int
    done: int
    rejected: int
    skipped: int
    drafts: int
    pool: bool = False

    @property
    def open(self) -> int:
        """Tasks that nothing has become of yet."""
        return max(0, self.of - self.done - self.rejected - self.skipped - self.drafts)


@dataclass(frozen=True, slots=True)
class Confusion:
    """How annotators err, as a label set estimated it: for each of them true values x given values."""

    label_set: str
    config: str
    question: str
    option: str | None
    values: tuple[str, ...]
    by_annotator: Mapping[str, tuple[tuple[float, ...], ...]]


@dataclass(frozen=True, slots=True)
class Final:
    """A label set: its name, the method that it was made by, its table of labels."""

    label_set: str
    method: str
    labels: pa.Table


@dataclass(frozen=True, slots=True)
class Labels:
    """What was merged, and what was measured of it; sheets and measures are empty where no answer counts.

    ``quality`` has each annotator under each config, with what of their figures is worth a look.
    """

    tables: Mapping[str, pa.Table]
    shares: tuple[Share, ...]
    sheets: tuple[Sheet, ...] = ()
    measures: tuple[tuple[Subject, Measures], ...] = ()
    pairs: tuple[tuple[Subject, PairMeasures], ...] = ()
    confusions: tuple[Confusion, ...] = ()
    final: Final | None = None
    quality: tuple[tuple[Figures, tuple[Warned, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Study:
    """A dataset as the report shows it; ``labels`` is None where nothing was merged yet."""

    title: str
    name: str
    sources: Mapping[str, str]
    corpus: Mapping[str, pa.Table]
    rounds: tuple[Round, ...] = ()
    labels: Labels | None = None


def slug(*words: str) -> str:
    """An id for the page, made of names that may hold anything: letters, digits, and the codes of all else."""
    said = "-".join(words)
    return "".join(
        each if each.isascii() and (each.isalnum() or each == "-") else f"_{ord(each):x}_" for each in said
    )
