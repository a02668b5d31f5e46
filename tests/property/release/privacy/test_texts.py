"""Whatever people are called and write: no name stays, nothing else changes, and every span finds its text again."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from builder.release.privacy.decide import Rule, edits, hits
from builder.release.privacy.edits import Edit, Edited, disjoint, edited
from builder.release.privacy.fold import fold, words_of
from builder.release.privacy.names import Words
from builder.release.privacy.reviewed import NOTHING
from builder.release.privacy.scan import scan
from builder.release.privacy.threads import Thread, thread_of
from tests.property.release.privacy.talk import LETTERS, SIGNS, Talk, talks

RULE = Rule(frozenset(), NOTHING)


def of(talk: Talk) -> tuple[Thread, dict[Words, int], dict[int, Edited]]:
    """The thread of a talk, its names as words, and its texts after everything was replaced."""
    thread = thread_of("a0", [(("comments", "text", row), text) for row, text in enumerate(talk.texts)])
    names: dict[Words, int] = {}
    for number, name in enumerate(talk.names, 1):
        if words := tuple(words_of(fold(name).text)):
            names.setdefault(words, number)
    found = edits(thread, names, list(hits(thread, names)), RULE)
    return thread, names, thread.original(disjoint(found))


@given(talks())
def test_no_name_stays(talk: Talk) -> None:
    """A look of its own finds no name of the thread in the texts that leave."""
    thread, names, changed = of(talk)
    assert not list(scan(thread, changed, names, RULE))


@given(talks())
def test_all_else_stays(talk: Talk) -> None:
    """Outside of what was replaced, each text is what it was, character by character."""
    thread, _, changed = of(talk)
    for number, one in changed.items():
        text, at = thread.texts[number], 0
        for edit in one.edits:
            assert at <= edit.start < edit.end <= len(text)
            at = edit.end
        kept = [
            text[a.end : b.start]
            for a, b in pairwise([Edit(0, 0, "", ""), *one.edits, Edit(len(text), 0, "", "")])
        ]
        assert one.untouched() == "\0".join(kept)


@given(talks(), st.data())
def test_a_span_finds_its_text(talk: Talk, data: st.DataObject) -> None:
    """A span beside what was replaced keeps its text; one that cuts into it grows to all of it, and no further."""
    thread, _, changed = of(talk)
    for number, one in changed.items():
        text = thread.texts[number]
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        moved = one.text[slice(*one.move(start, end))]
        grown_start = min([start, *(edit.start for edit in one.edits if edit.start <= start < edit.end)])
        grown_end = max([end, *(edit.end for edit in one.edits if edit.start < end <= edit.end)])
        inside = [edit for edit in one.edits if grown_start <= edit.start and edit.end <= grown_end]
        shifted = [
            Edit(edit.start - grown_start, edit.end - grown_start, edit.instead, edit.kind) for edit in inside
        ]
        assert moved == edited(text[grown_start:grown_end], shifted).text


@given(st.text(LETTERS + SIGNS, max_size=30) | st.text(max_size=30))
def test_every_folded_character_comes_from_somewhere(text: str) -> None:
    """The way back from a folded text leads through the text in order, and folding what it gives gives the same."""
    folded = fold(text)
    last = 0
    for at, character in enumerate(folded.text):
        start, end = folded.original(at, at + 1)
        assert 0 <= start < end <= len(text)
        assert start >= last
        assert character in fold(text[start:end]).text
        last = start
