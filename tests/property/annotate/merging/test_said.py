"""A line that is read in a moment is the line that is read with care."""

from typing import Any

import msgspec
from hypothesis import given

from builder.annotate.archive.lines import json_of
from builder.annotate.merging import said
from tests.property.annotate.test_every_version_ends_somewhere import exports, some_examples
from tests.unit.annotate.exports import Export


def plain(line: Any) -> Any:
    """A line as values that can be compared."""
    entries = msgspec.structs.asdict(line)
    if isinstance(entries.get("result"), msgspec.Raw):
        entries["result"] = json_of(bytes(entries["result"]))
    return type(line), {
        name: plain(each) if isinstance(each, msgspec.Struct) else each for name, each in entries.items()
    }


@some_examples
@given(exports())
def test_both_ways_read_the_same(made: Export) -> None:
    """Whatever a server wrote into a line, what a merge reads of it does not depend on the way it was read."""
    for line in made.lines:
        for kinds, read in ((said.CONTEXT, said.context_in), (said.WORK, said.work_in)):
            if line.kind in kinds:
                text = line.as_bytes()
                assert plain(read(text)) == plain(said._with_care(text, kinds))
