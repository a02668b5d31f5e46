"""What is packed comes back as it was: any bytes, any names, side files or none."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.core.packed.names import address, name_of
from builder.core.packed.reading import records
from builder.core.packed.writing import packing

KINDS = ["parquet", "jsonl.zst", "tar"]
PART = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/\0"), min_size=1, max_size=8)
NAME = st.lists(PART.filter(lambda part: not part.startswith(".")), min_size=2, max_size=4).map("/".join)
DATA = st.binary(max_size=80) | st.text(max_size=40).map(str.encode)
CAPTURES = st.dictionaries(NAME.map("n{}.txt".format), st.tuples(DATA, st.none() | DATA), max_size=8)


@pytest.mark.parametrize("kind", KINDS)
@given(captures=CAPTURES)
def test_what_goes_in_comes_out(kind: str, captures: dict[str, tuple[bytes, bytes | None]]) -> None:
    """Records have the names, bytes and side files of the captures that were packed, in their order."""
    with TemporaryDirectory() as folder:
        files = [Path(folder) / f"{number}.{kind}" for number in range(2)]
        for file in files:
            with packing(file) as sink:
                for name, (data, meta) in captures.items():
                    sink.add(name, data, meta)
        found = list(records(str(files[0]), 1_000))
        assert [(one.id, (one.data, one.meta)) for one in found] == list(captures.items())
        assert files[0].read_bytes() == files[1].read_bytes()


@given(name=NAME)
def test_a_name_with_folders_survives_its_address(name: str) -> None:
    """A name of a loose capture comes back from its address in a packed file."""
    assert name_of(address("captures-00000.parquet", name)) == name
