"""What is looked up of rows that are written already: ids are put on disk, texts stay in the parts where they are."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from builder.core.spill import SpilledTexts, TextsSoFar, mapped_texts
from builder.core.storage import scratch_folder
from builder.tables.copies.texts import RowsSoFar
from builder.tables.parts import ShardTables

_TABLES = ("articles", "comments")


@dataclass(frozen=True, slots=True)
class _Rows:
    ids: SpilledTexts
    texts: TextsSoFar

    def add(self, table: pa.Table, file: Path | None) -> None:
        for ids in table.column(0).chunks:
            self.ids.add(ids)
        for texts in table["text"].chunks:
            if file is None:
                self.texts.spill(texts)
            else:
                self.texts.stay(mapped_texts(file, texts))


@dataclass(frozen=True, slots=True)
class LookedUp:
    """The rows of articles and comments so far."""

    articles: _Rows
    comments: _Rows

    def add(self, part: ShardTables, file: Path | None = None) -> None:
        """The next rows: those of a file which stays for as long as they are looked up, or of none that would."""
        self.articles.add(part.articles, file)
        self.comments.add(part.comments, file)

    @property
    def rows(self) -> tuple[RowsSoFar, RowsSoFar]:
        """Articles and comments, for those who look up."""
        return (
            RowsSoFar(self.articles.ids, self.articles.texts),
            RowsSoFar(self.comments.ids, self.comments.texts),
        )


@contextmanager
def looked_up(folder: Path) -> Iterator[LookedUp]:
    """No rows yet; what is put on disk is in a new folder, which is gone after the block."""
    with ExitStack() as stack:
        stack.enter_context(scratch_folder(folder))
        files = [[SpilledTexts(folder / f"{name}.{what}") for what in ("ids", "texts")] for name in _TABLES]
        for each in files:
            for file in each:
                stack.enter_context(file)
        yield LookedUp(*(_Rows(ids, TextsSoFar(texts)) for ids, texts in files))
