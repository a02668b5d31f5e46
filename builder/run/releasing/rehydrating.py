"""An open release and a reader's own captures become tables with text."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from builder.core.capturefile import MOST, CaptureFile
from builder.core.captures import find_captures
from builder.core.errors import UsageError
from builder.core.lock import locked
from builder.core.places import Place
from builder.core.staging import MARK, staged
from builder.core.storage import write_json
from builder.core.tablefile import TableWriter, read_table, table_file
from builder.parse.decode import Undecodable, decode
from builder.release.privacy.rehydrate import (
    Cut,
    Problem,
    Segment,
    cut,
    restored,
    segments_by_article,
)
from builder.run.corpus.inputs import read_inputs
from builder.run.corpus.plan import DEFAULT, planned

_NEEDED = ("articles", "comments", "segments")


@dataclass(frozen=True, slots=True)
class Rehydrated:
    """What came back: articles and comments with text, of how many, and why the others have none, by article_id."""

    out: Path
    articles: int
    comments: int
    of_articles: int
    of_comments: int
    problems: Mapping[str, Problem]

    def as_json(self) -> dict[str, Any]:
        """The outcome as values that ``json.dumps`` takes."""
        return {
            "out": str(self.out),
            "articles": {"joined": self.articles, "of": self.of_articles},
            "comments": {"joined": self.comments, "of": self.of_comments},
            "reasons": dict(sorted(Counter(one.reason for one in self.problems.values()).items())),
            "problems": {
                name: {"reason": one.reason, "message": one.message} for name, one in self.problems.items()
            },
        }


_CHANGED = Problem("changed", "there is a capture of its name, with other bytes")
_MISSING = Problem("missing", "no capture has its bytes")


def rehydrate(release: Path, raw: Place, out: Path) -> Rehydrated:
    """Write the tables of an open release into ``out``, with the texts that the captures below ``raw`` give back.

    A capture is known by the SHA-256 of its bytes, and the segments say where each text stands in it: so no key of
    the publisher is needed, and what comes back is the text letter for letter, names included.
    Raises ``UsageError`` where there is no open release, no captures, or something in ``out`` already.
    """
    tables = _tables(release)
    if out.exists() and any(out.glob("*")):
        raise UsageError(f"{out} is not empty. Name a new folder: --out DIR")
    cuts, problems = _cuts(tables, raw)
    made = restored(tables, cuts)
    outcome = Rehydrated(
        out,
        len(cuts),
        made["comments"].num_rows - made["comments"]["text"].null_count,
        made["articles"].num_rows,
        made["comments"].num_rows,
        problems,
    )
    _write(out.resolve(), made, outcome)
    return outcome


def _tables(release: Path) -> dict[str, pa.Table]:
    data = release / "data"
    names = sorted(file.stem for file in data.glob("*.parquet"))
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise UsageError(f"{release} is no release: there is no {table_file(data, missing[0])}.")
    tables = {name: read_table(data, name) for name in names}
    if "text" in tables["comments"].column_names:
        raise UsageError(
            f"The comments of {release} have their text already: it is not a release of tier open."
        )
    return tables


def _cuts(tables: Mapping[str, pa.Table], raw: Place) -> tuple[dict[str, Cut], dict[str, Problem]]:
    columns = ("article_id", "raw_sha256", "encoding")
    wanted = list(zip(*(tables["articles"][name].to_pylist() for name in columns), strict=True))
    captures = find_captures(raw, MOST).captures
    held = {one.article_id for one in captures}
    segments = segments_by_article(tables["segments"])
    made: dict[str, Cut | Problem] = {
        article: _CHANGED if article in held else _MISSING for article, *_ in wanted
    }
    by_hash: dict[str, list[tuple[str, str]]] = {}
    for article, sha, encoding in wanted:
        by_hash.setdefault(sha, []).append((article, encoding))
    for data, sha in _read(captures):
        for article, encoding in by_hash.pop(sha, ()):
            made[article] = _cut(data, encoding, segments.get(article, []))
    problems = {article: one for article, one in made.items() if isinstance(one, Problem)}
    return {article: one for article, one in made.items() if isinstance(one, Cut)}, problems


def _read(captures: Sequence[CaptureFile]) -> Iterator[tuple[bytes, str]]:
    """The bytes of each capture that can be read, and their hash; what cannot is missing, and told as that."""
    for shard in planned(captures, DEFAULT):
        for one in read_inputs(shard):
            if isinstance(one.data, bytes):
                yield one.data, one.sha256


def _cut(data: bytes, encoding: str, segments: list[Segment]) -> Cut | Problem:
    try:
        decoded = decode(data)
    except Undecodable as error:
        return Problem("undecodable", str(error))
    if decoded.encoding != encoding:
        return Problem("encoding", f"it is decoded from {decoded.encoding} here, and was from {encoding}")
    return cut(decoded.text.decode(), segments)


def _write(out: Path, tables: Mapping[str, pa.Table], outcome: Rehydrated) -> None:
    with locked(out), staged(out) as folder:
        for name, table in tables.items():
            with TableWriter(table_file(folder, name), table.schema) as writer:
                writer.write(table)
        files = sorted(table_file(folder, name).name for name in tables)
        write_json(folder / MARK, {"files": files, "rehydrated": outcome.as_json()})
