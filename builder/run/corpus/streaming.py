"""The large tables are written as their rows come in, in order, with their copies marked."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from builder.core.stopwatch import stage
from builder.core.tablefile import TableWriter
from builder.run.corpus.looking_up import LookedUp, looked_up
from builder.run.corpus.writer import table_writer
from builder.tables.copies.corpus import CorpusCopies
from builder.tables.parts import ShardTables

STREAMED = ("articles", "comments", "segments")
"""The tables that are written while shards come in; the others are small, and known at the end only."""


@dataclass(frozen=True, slots=True)
class Stream:
    """The large tables while they are written, and what is known of their rows so far."""

    writers: Mapping[str, TableWriter]
    so_far: LookedUp
    copies: CorpusCopies

    def add(self, part: ShardTables, file: Path | None = None) -> ShardTables:
        """Write the next rows; they come back as they were written.

        ``file`` is what they are mapped from, if it stays until the last row is written.
        """
        with stage("mark copies"):
            self.so_far.add(part, file)
            marked = self.copies.marked(part)
        with stage("write tables"):
            for name, writer in self.writers.items():
                writer.write(getattr(marked, name))
        return marked

    @property
    def rows(self) -> dict[str, int]:
        """How many rows each table has so far."""
        return {name: writer.rows for name, writer in self.writers.items()}


@contextmanager
def streamed(folder: Path) -> Iterator[Stream]:
    """The large tables in a folder, without rows; they are whole when the block ends well."""
    with ExitStack() as stack:
        writers = {name: stack.enter_context(table_writer(folder, name)) for name in STREAMED}
        so_far = stack.enter_context(looked_up(folder / "spool"))
        yield Stream(writers, so_far, CorpusCopies(*so_far.rows))
