"""A packed capture has an address, and keeps the name that it had as a file."""

import pytest

from builder.core.ids import article_id
from builder.core.packed.names import address, is_packed, name_of, parted


@pytest.mark.parametrize(
    ("file", "record", "name"),
    [
        ("captures-00000.parquet", "paper/2031/a.txt", "paper/2031/a.txt"),
        ("paper/2031.tar", "05/a.txt", "paper/05/a.txt"),
        ("paper/x.jsonl.gz", "17", "paper/17"),
        ("dispatch.jsonl.zst", "17", "dispatch/17"),
        ("crawl.wet.gz", "https://paper.example/2031/a?b=c#d", "paper.example/2031/a?b=c#d"),
        ("crawl.wet", "http://paper.example/", "crawl/paper.example%2F"),
        ("x.jsonl", "a//b", "x/a%2F%2Fb"),
        ("x.jsonl", "/a/b", "%2Fa/b"),
        ("x.tar", "paper/a#b.txt", "paper/a#b.txt"),
    ],
)
def test_a_record_is_named_as_a_file_in_its_place(file: str, record: str, name: str) -> None:
    """A record has the name, and so the id, of a file that lay where its packed file lies."""
    whole = address(file, record)
    assert name_of(whole) == name
    assert article_id(whole) == article_id(name)
    assert parted(whole) == (file, whole.removeprefix(f"{file}#"))


def test_a_loose_capture_is_its_own_name() -> None:
    """A # in the name of a loose capture means nothing."""
    for name in ("paper/a.txt", "paper/c#sharp.txt", "paper/a.parquet"):
        assert parted(name) is None
        assert name_of(name) == name


def test_endings_tell_packed_files() -> None:
    """What is packed is told by the ending alone."""
    assert all(map(is_packed, ("a.parquet", "a.jsonl", "a.jsonl.gz", "a.tar.zst", "CC-MAIN.warc.wet.gz")))
    assert not any(map(is_packed, ("a.txt", "a.gz", "a.json", "parquet", "a.txt.meta.json")))
