"""Where a withdrawn text still lies outside the builder's reach, so that a person can take it out there."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from builder.core.errors import DataError
from builder.core.settings import Settings
from builder.core.storage import read_folder
from builder.core.tablefile import read_table
from builder.release.withdrawal.units import Gone
from builder.run.corpus.record import read_record
from builder.run.corpus.source import canonical_text


@dataclass(frozen=True, slots=True)
class Remains:
    """A stretch of a raw capture: its file below the dataset, first and last line from 1 (none: the whole file)."""

    file: str
    first: int | None = None
    last: int | None = None

    def __str__(self) -> str:
        return self.file if self.first is None else f"{self.file}, lines {self.first} to {self.last}"


def remains(settings: Settings, away: Gone) -> Iterator[Remains]:
    """The stretches of raw captures that hold what was withdrawn, with the line of the author's name."""
    articles = read_table(settings.tables_dir, "articles", ("article_id", "capture", "raw_sha256"))
    captures = {row["article_id"]: (row["capture"], row["raw_sha256"]) for row in articles.to_pylist()}
    yield from (
        Remains(f"{settings.raw}/{captures[one][0]}") for one in sorted(away.articles & captures.keys())
    )
    for article, places in sorted(_places(settings, away).items()):
        if article not in away.articles:
            yield from _lines(settings, *captures[article], sorted(places))


def gold_lines(settings: Settings, away: Gone) -> Iterator[str]:
    """The lines of gold about what was withdrawn, whose reasons people wrote."""
    units = away.comments | away.articles
    for name, content in sorted(read_folder(settings.gold_dir).items()):
        for number, line in enumerate(content.decode(errors="replace").splitlines(), 1):
            if any(unit in line for unit in units):
                yield f"{settings.gold}/{name}, line {number}"


def _places(settings: Settings, away: Gone) -> Mapping[str, list[tuple[int, int]]]:
    """From where to where each comment reaches in its capture, by article."""
    columns = ("article_id", "comment_id", "char_start", "char_end")
    segments = read_table(settings.tables_dir, "segments", columns)
    mine = pc.is_in(segments["comment_id"], value_set=pa.array(sorted(away.comments), pa.string()))
    keys = ["article_id", "comment_id"]
    reach = segments.filter(mine).group_by(keys).aggregate([("char_start", "min"), ("char_end", "max")])
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in reach.to_pylist():
        found[row["article_id"]].append((row["char_start_min"], row["char_end_max"]))
    return found


def _lines(
    settings: Settings, capture: str, raw_sha256: str, places: list[tuple[int, int]]
) -> Iterator[Remains]:
    file = f"{settings.raw}/{capture}"
    try:
        text = canonical_text(settings.tables_dir, read_record(settings.tables_dir), capture, raw_sha256)
    except DataError:
        yield Remains(file)  # it was changed or moved since, so nobody knows its lines
        return
    for start, end in places:
        yield Remains(file, text.count("\n", 0, start) + 1, text.count("\n", 0, end) + 1)
