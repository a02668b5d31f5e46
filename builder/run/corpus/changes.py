"""What has become different of captures since their tables were built."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from builder.core.captures import CaptureFile
from builder.core.plural import number
from builder.core.storage import written_at
from builder.core.tablefile import read_table
from builder.run.corpus.record import BuildRecord, listing_of


def changes_of(
    captures: Sequence[CaptureFile], tables: Path, record: BuildRecord, built: float
) -> Iterator[str]:
    """How many captures came, went and were changed since then, by their names, sizes and times."""
    names = {one.capture for one in captures}
    same = listing_of(captures) == record.listing
    read, odd = (names, names) if same else (_names(tables, "articles"), _names(tables, "issues"))
    touched = {one.capture for one in captures if written_at(Path(one.file)) > built} & (read | odd)
    counts = ((names - read - odd, "came"), (read - names, "went"), (touched, "changed"))
    told = [f"{number(len(some), 'capture')} {what}" for some, what in counts if some]
    if told or not same:
        yield f"{', '.join(told) or 'captures changed in number or size'} since then"


def _names(tables: Path, name: str) -> set[str]:
    """The captures that a table tells of; among those with issues are files that could not become one."""
    return {str(capture) for capture in read_table(tables, name, ("capture",))["capture"].to_pylist()}
