"""The plan: neighbours together, bounded in bytes and files."""

from hypothesis import given
from hypothesis import strategies as st

from builder.core.captures import CaptureFile
from builder.run.corpus.plan import Bounds, shards


def files(sizes: list[int]) -> list[CaptureFile]:
    """Captures of these sizes."""
    return [
        CaptureFile(f"a{n}", f"paper/{n}.txt", "paper", f"{n}.txt", size, None)
        for n, size in enumerate(sizes)
    ]


@given(st.lists(st.integers(0, 50)), st.integers(1, 100), st.integers(1, 10))
def test_shards_are_bounded_and_lose_nothing(sizes: list[int], most_bytes: int, most_files: int) -> None:
    """Shards in a row are the captures in a row; only a single large capture is over the bound."""
    captures = files(sizes)
    cut = list(shards(captures, Bounds(most_bytes, most_files)))
    assert [one for shard in cut for one in shard] == captures
    assert all(0 < len(shard) <= most_files for shard in cut)
    assert all(len(shard) == 1 or sum(one.size for one in shard) <= most_bytes for shard in cut)


def test_shards_are_as_large_as_they_may_be() -> None:
    """No shard ends before the next capture would be too much."""
    cut = list(shards(files([3, 3, 3, 9, 1, 1]), Bounds(bytes=6, files=10)))
    assert [[one.size for one in shard] for shard in cut] == [[3, 3], [3], [9], [1, 1]]
