"""Where a withdrawn text still lies outside the builder's reach, so that a person can take it out there."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from builder.core.errors import DataError
from builder.core.settings import Settings
from builder.core.storage import read_folder
from builder.core.tablefile import read_table
from builder.release.withdrawal.units import Gone
from builder.run.corpus.record import read_record
from builder.run.corpus.source import canonical_text

_Place = tuple[int, int, bool]
"""From where to where a comment reaches, and whether it is the first of its thread."""


@dataclass(frozen=True, slots=True)
class Remains:
    """A stretch of a raw capture: its file below the dataset, first and last line from 1 (none: the whole file)."""

    file: str
    first: int | None = None
    last: int | None = None

    def __str__(self) -> str:
        return self.file if self.first is None else f"{self.file}, lines {self.first} to {self.last}"


def remains(settings: Settings, away: Gone) -> Iterator[Remains]:
    """The stretches of raw captures that hold what was withdrawn, with the line of the author's name.

    So many blank lines as stand between two comments mean something, and are not to grow by those of a third: the ones
    before a comment go with it, and those after the first comment of a thread.
    """
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


def _places(settings: Settings, away: Gone) -> Mapping[str, list[_Place]]:
    """Where each comment is in its capture, by article."""
    columns = ("article_id", "comment_id", "char_start", "char_end")
    segments = read_table(settings.tables_dir, "segments", columns)
    keys = ["article_id", "comment_id"]
    theirs = segments.filter(segments["comment_id"].is_valid()).group_by(keys)
    reach = theirs.aggregate([("char_start", "min"), ("char_end", "max")]).sort_by("char_start_min")
    found: dict[str, list[_Place]] = defaultdict(list)
    opened = set[str]()
    for row in reach.to_pylist():
        article, opens = row["article_id"], row["article_id"] not in opened
        opened.add(article)
        if row["comment_id"] in away.comments:
            found[article].append((row["char_start_min"], row["char_end_max"], opens))
    return found


def _lines(settings: Settings, capture: str, raw_sha256: str, places: list[_Place]) -> Iterator[Remains]:
    file = f"{settings.raw}/{capture}"
    try:
        text = canonical_text(settings.tables_dir, read_record(settings.tables_dir), capture, raw_sha256)
    except DataError:
        yield Remains(file)  # it was changed or moved since, so nobody knows its lines
        return
    lines = text.split("\n")
    for start, end, opens in places:
        first, last = text.count("\n", 0, start) + 1, text.count("\n", 0, end) + 1
        while not opens and first > 1 and not lines[first - 2].strip():
            first -= 1
        while opens and last < len(lines) and not lines[last].strip():
            last += 1
        yield Remains(file, first, last)
