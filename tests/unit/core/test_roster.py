"""Captures in a roster are those that went in, whatever their names, and take little memory until they are seen."""

import pickle

from hypothesis import given
from hypothesis import strategies as st

from builder.core.capturefile import CaptureFile
from builder.core.ids import article_id
from builder.core.roster import Roster, pack, sizes

ROOT = "raw"
FILES = st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=12)
"""Names with lone surrogates among them, as Python has them for bytes that are no UTF-8."""


@st.composite
def captures(draw: st.DrawFn) -> list[CaptureFile]:
    """Captures below a root, some of which lie elsewhere, sorted."""
    names = draw(st.lists(st.integers(0, 1_000), unique=True, max_size=20))
    found = []
    for number in names:
        capture = f"paper/{number}.txt"
        file = draw(st.one_of(st.just(f"{ROOT}/{capture}"), FILES))
        meta, record = draw(st.none() | FILES), draw(st.none() | st.integers(0, 1 << 40))
        changed, size = draw(st.integers(-(1 << 62), 1 << 62)), draw(st.integers(0, 1 << 40))
        found.append(CaptureFile(article_id(capture), capture, "paper", file, size, meta, changed, 5, record))
    return sorted(found)


def roster(found: list[CaptureFile]) -> Roster:
    """Captures in a roster."""
    return Roster(ROOT, sorted(pack(ROOT, found)))


@given(captures())
def test_captures_come_back_as_they_were(found: list[CaptureFile]) -> None:
    """A roster is equal to the tuple of its captures, by places and slices as by turns; sizes are told beforehand."""
    held = roster(found)
    assert held == tuple(found)
    assert hash(held) == hash(tuple(found))
    assert [held[place] for place in range(len(held))] == found
    assert held[2:7] == tuple(found[2:7])
    assert list(sizes(held)) == [one.size for one in found] == list(sizes(found))


@given(captures())
def test_other_processes_get_a_tuple(found: list[CaptureFile]) -> None:
    """What is sent of a roster is what it stands for."""
    sent = pickle.loads(pickle.dumps(roster(found)[1:]))  # noqa: S301 - just dumped
    assert type(sent) is tuple
    assert sent == tuple(found[1:])


@given(captures(), st.integers(1, 3))
def test_one_of_each_name_is_left(found: list[CaptureFile], times: int) -> None:
    """Of captures of one name the chosen one stays, and names that differ are known to."""
    held = roster(found * times)
    assert held.names_differ is (times == 1 or not found)
    assert held.reduced(lambda same: len(same) - 1) == tuple(found)
