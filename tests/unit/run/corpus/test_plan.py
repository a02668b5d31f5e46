"""The plan: what shares the first bits of its id together, bounded in bytes and files, and stable."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from builder.core.captures import CaptureFile
from builder.core.ids import article_id
from builder.run.corpus.plan import Bounds, Shard, pieces, planned, shards

SIZES = st.dictionaries(st.integers(0, 10_000), st.integers(0, 50), max_size=200)


def files(sizes: dict[int, int]) -> list[CaptureFile]:
    """Captures of these names and sizes, in the order in which they are found."""
    names = {f"paper/{name}.txt": size for name, size in sizes.items()}
    return sorted(CaptureFile(article_id(n), n, "paper", n, size, None) for n, size in names.items())


def cut(captures: Iterable[CaptureFile], bounds: Bounds) -> list[Shard]:
    """The shards of captures."""
    return list(shards(sorted(captures), bounds))


@given(SIZES, st.integers(1, 100), st.integers(1, 10))
def test_shards_are_bounded_and_lose_nothing(sizes: dict[int, int], most_bytes: int, most_files: int) -> None:
    """Shards in a row are the captures in a row; only a single large capture is over the bound."""
    captures = files(sizes)
    found = cut(captures, Bounds(most_bytes, most_files))
    assert [one for shard in found for one in shard] == captures
    assert all(0 < len(shard) <= most_files for shard in found)
    assert all(len(shard) == 1 or sum(one.size for one in shard) <= most_bytes for shard in found)


@given(SIZES, st.integers(10_001, 10_002), st.integers(0, 50), st.integers(1, 40))
def test_one_more_capture_changes_one_shard(
    sizes: dict[int, int], name: int, size: int, most_files: int
) -> None:
    """A new capture joins one shard, or cuts one into pieces; all others stay what they were."""
    bounds = Bounds(bytes=500, files=most_files)
    before, after = cut(files(sizes), bounds), cut(files(sizes | {name: size}), bounds)
    gone = [shard for shard in before if shard not in after]
    assert len(gone) <= 1
    new = [one for shard in after if shard not in before for one in shard]
    assert len(new) == sum(map(len, gone)) + 1


def test_shards_of_many_captures_are_at_least_a_third_full() -> None:
    """Hashes spread evenly: no shard of a large corpus is much smaller than half the bound."""
    found = cut(files(dict.fromkeys(range(10_000), 1)), Bounds(files=1_000))
    assert min(map(len, found)) > 333


@given(
    st.dictionaries(st.sampled_from("abc"), st.lists(st.integers(0, 50), max_size=30)), st.integers(1, 100)
)
def test_packed_captures_are_read_in_one_go(sizes: dict[str, list[int]], most_bytes: int) -> None:
    """A shard is of records of one file that follow each other, within bounds; a new file changes none."""
    bounds = Bounds(most_bytes, 10)
    captures = [
        CaptureFile(
            article_id(f"{file}/{number}"), f"{file}.tar#{number}", file, file, size, None, record=number
        )
        for file, each in sizes.items()
        for number, size in enumerate(each)
    ]
    found = list(pieces(captures, bounds))
    assert sorted(one for shard in found for one in shard) == sorted(captures)
    for shard in found:
        numbers = sorted(one.record or 0 for one in shard)
        assert len({one.file for one in shard}) == 1
        assert numbers == list(range(numbers[0], numbers[0] + len(shard)))
        assert len(shard) == 1 or sum(one.size for one in shard) <= most_bytes
        assert list(shard) == sorted(shard)
    assert [shard for shard in found if shard[0].file == "a"] == list(
        pieces([one for one in captures if one.file == "a"], bounds)
    )
    assert list(planned(sorted(captures), bounds)) == found
