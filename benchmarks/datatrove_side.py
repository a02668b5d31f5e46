"""The same work with datatrove: `python -m benchmarks.datatrove_side RAW OUT`, in an environment of its own.

A reader of text files, a step that makes an article and its comments of each, the library's own Parquet writer; one
process, as the library runs one task.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from datatrove.data import Document  # type: ignore[import-not-found] # not installed beside the builder
from datatrove.executor import LocalPipelineExecutor  # type: ignore[import-not-found]
from datatrove.pipeline.base import PipelineStep  # type: ignore[import-not-found]
from datatrove.pipeline.readers.base import BaseDiskReader  # type: ignore[import-not-found]
from datatrove.pipeline.writers import ParquetWriter  # type: ignore[import-not-found]
from loguru import logger  # type: ignore[import-not-found]

from benchmarks.fixed_rules import parse


class TextFiles(BaseDiskReader):  # type: ignore[misc] # the library is not there to be looked at
    """One document a file."""

    name = "text files"

    def read_file(self, filepath: str) -> Iterator[Document]:
        """The document of a file."""
        with self.data_folder.open(filepath, "r", encoding="utf-8") as file:
            said = {"text": file.read(), "id": Path(filepath).stem}
        yield self.get_document_from_dict(said, filepath, 0)


class Threads(PipelineStep):  # type: ignore[misc]
    """An article and its comments of each document."""

    name = "threads"
    type = "parser"

    def run(self, data: Iterator[Document], rank: int = 0, world_size: int = 1) -> Iterator[Document]:  # noqa: ARG002
        """The documents of an article and of its comments, for each document of a capture."""
        for capture in data:
            article, comments = parse(capture.text, capture.id)
            said: dict[str, Any] = {"headline": article["headline"], "caption": article["caption"] or ""}
            yield Document(article["body"], capture.id, metadata=row(capture.id, -1, **said))
            for one in comments:
                said = row(capture.id, one["ordinal"], author=one["author"] or "")
                yield Document(one["body"], f"{capture.id}:{one['ordinal']}", metadata=said)


def row(
    article_id: str, ordinal: int, headline: str = "", caption: str = "", author: str = ""
) -> dict[str, Any]:
    """What all documents have beside their text: the writer wants the same columns of each."""
    return {
        "article_id": article_id,
        "ordinal": ordinal,
        "headline": headline,
        "caption": caption,
        "author": author,
    }


def main(raw: Path, out: Path) -> None:
    """Make one table of articles and comments."""
    logger.remove()  # a line for each file would be the most of it
    steps = [
        TextFiles(str(raw), recursive=True, glob_pattern="**/*.txt"),
        Threads(),
        ParquetWriter(str(out / "data"), compression="zstd", expand_metadata=True),
    ]
    LocalPipelineExecutor(steps, tasks=1, logging_dir=str(out / "logs")).run()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
