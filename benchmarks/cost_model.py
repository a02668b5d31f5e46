"""What a build of very many captures would take, by what was measured: hours, storage, what binds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.commands import cpu
from benchmarks.growth import Size, added
from benchmarks.scheduler_load import Load

MEMORY = 64e9
"""Bytes of memory of the machine that the builder runs on."""
CORES = 256
"""Workers of the cluster that hours are told for."""
MB = 1e6


@dataclass(frozen=True)
class Corpus:
    """Something to be built: its captures, and the bytes of one."""

    name: str
    captures: float
    bytes: float


@dataclass(frozen=True)
class Model:
    """What a capture of measured size costs: seconds in shards and in the builder, bytes of memory and of output.

    `task` is the scheduler's seconds for a shard, `of_a_shard` how many captures one has, `size` the bytes of one.
    """

    shards: float
    builder: float
    memory: float
    tables: float
    kept: float
    task: float
    of_a_shard: float
    size: float


def model(sizes: Sequence[Size], load: Load) -> Model:
    """The model of what was measured: what more captures cost, without start-up."""
    largest = max(sizes, key=lambda size: size.captures)
    shards = added(sizes, lambda size: size.shards)
    return Model(
        shards=shards,
        builder=added(sizes, lambda size: size.middle(1, cpu)) - shards,
        memory=added(sizes, lambda size: size.memory(1)) * MB,
        tables=largest.tables / largest.captures,
        kept=largest.kept / largest.captures,
        task=load.scheduler / load.trial.tasks,
        of_a_shard=largest.captures / largest.number,
        size=largest.raw / largest.captures,
    )


@dataclass(frozen=True)
class Forecast:
    """What a corpus would take: seconds in shards, in the builder and the scheduler; bytes of memory, tables, parts."""

    corpus: Corpus
    shards: float
    builder: float
    scheduler: float
    memory: float
    tables: float
    kept: float

    @property
    def workers(self) -> float:
        """How many workers are kept busy, until the builder or the scheduler has no time left."""
        return self.shards / max(self.builder, self.scheduler)

    @property
    def hours(self) -> float:
        """With as many workers as there are, or as can be kept busy."""
        return max(self.shards / CORES, self.builder, self.scheduler) / 3600

    @property
    def first(self) -> str:
        """What binds first."""
        if self.memory > MEMORY:
            return "memory of the builder"
        bound = {
            "writing the tables": self.builder,
            "the scheduler": self.scheduler,
            "workers": self.shards / CORES,
        }
        return max(bound, key=lambda name: bound[name])

    @property
    def row(self) -> tuple[str, ...]:
        """The forecast as cells of a table."""
        hours = (self.shards, self.builder, self.scheduler)
        sizes = (
            self.memory / 1e9,
            self.corpus.captures * self.corpus.bytes / 1e12,
            self.tables / 1e12,
            self.kept / 1e12,
        )
        return (
            self.corpus.name,
            *(legible(each / 3600) for each in hours),
            legible(self.workers),
            legible(self.hours),
            *map(legible, sizes),
            self.first,
        )


HEAD = (
    "corpus", "core hours in shards", "hours of the builder", "hours of the scheduler", "workers kept busy",
    f"hours with up to {CORES} workers", "GB of its memory", "TB raw", "TB of tables", "TB kept", "binds first",
)  # fmt: skip


def forecast(model: Model, corpus: Corpus) -> Forecast:
    """What a corpus takes: time and output by bytes, memory and tasks by captures."""
    scale = corpus.captures * corpus.bytes / model.size
    return Forecast(
        corpus,
        shards=model.shards * scale,
        builder=model.builder * scale,
        scheduler=model.task * scale / model.of_a_shard,
        memory=model.memory * corpus.captures,
        tables=model.tables * scale,
        kept=model.kept * scale,
    )


def legible(value: float) -> str:
    """A number with about two figures."""
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}" if value >= 1 else f"{value:.2g}"


def rows(model: Model, corpora: Sequence[Corpus]) -> Iterator[tuple[str, ...]]:
    """A row for each corpus."""
    for corpus in corpora:
        yield forecast(model, corpus).row
