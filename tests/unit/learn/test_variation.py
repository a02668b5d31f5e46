"""Variations: what an extractor might as well have lost, with gold that stays true."""

from dataclasses import replace
from typing import Any

import pytest

from builder.learn.gold import gold_states
from builder.learn.threads import Thread
from builder.learn.variation import varied
from builder.parse.batch import make_batch
from builder.parse.lines import split_lines
from tests.unit.learn.folder import thread_of

TEXT = (
    "Head\n\nA bridge\n\nOne.\n\nTwo.\n\nThree.\n\n\nAnn\n\nYes.\n\nAnd more.\n\nStill more.\n\n\n"
    "No.\n\nBob\n\nMaybe.\n\n"
    "Cleo\n\nNever.\n\nOr so.\n"
)
GOLD: dict[str, Any] = {
    "headline": "Head",
    "caption": "A bridge",
    "paragraphs": ["One.", "Two.", "Three."],
    "comments": [
        {"author": "Ann", "body": ["Yes.", "And more.", "Still more."]},
        {"author": None, "body": "No."},
        {"author": "Bob", "body": ["Maybe."]},
        {"author": "Cleo", "body": ["Never.", "Or so."]},
    ],
}
THREADS = [thread_of(TEXT, GOLD, file=f"seedlike/{number}.txt") for number in range(60)]


def gaps(thread: Thread) -> dict[str, int]:
    """The blank lines before each line, by what it says."""
    batch = make_batch([thread.text])
    lines = split_lines(batch)
    spans = zip(lines.start.tolist(), lines.end.tolist(), strict=True)
    return dict(zip((thread.text[a:b].decode() for a, b in spans), lines.gap.tolist(), strict=True))


@pytest.mark.parametrize("thread", THREADS[:20], ids=lambda thread: thread.file)
def test_gold_stays_true(thread: Thread) -> None:
    """A variation fits its gold line by line, and the same thread varies in the same way."""
    found = varied(thread)
    batch = make_batch([found.text])
    gold_states([found], batch, split_lines(batch))
    assert varied(thread) == found
    assert [one["body"] for one in found.gold["comments"]] == [one["body"] for one in GOLD["comments"]]


def test_losses_leave_their_blank_lines() -> None:
    """A lost author leaves one blank line more, a lost paragraph two; no other gap changes."""
    before = gaps(THREADS[0])
    for thread in THREADS:
        found = varied(thread)
        for comment in found.gold["comments"]:
            if comment["author"] is None and comment["body"] == ["Maybe."]:
                assert gaps(found)["Maybe."] == before["Bob"] + 1
        for line, gap in gaps(found).items():
            if line not in {"Yes.", "Maybe.", "Never."}:
                assert gap in {before[line], before[line] + 2}
        assert gaps(found)["Head"] == 0


def test_everything_is_lost_now_and_then() -> None:
    """Over many threads the first author, others, and links in the article each are lost, and each are kept."""
    found = [varied(thread) for thread in THREADS]
    before = gaps(THREADS[0])
    for lost in (
        [one.gold["comments"][0]["author"] is None for one in found],
        [one.gold["comments"][2]["author"] is None for one in found],
        [gaps(one)["Two."] > before["Two."] for one in found],
        [gaps(one)["Still more."] > before["Still more."] for one in found],
    ):
        assert 0 < sum(lost) < len(found)


def test_a_thread_without_comments_varies_too() -> None:
    """A thread that is an article alone, or a headline alone, comes back without comments."""
    article = replace(
        THREADS[0], text=b"Head\n\nA bridge\n\nOne.\n\nTwo.\n\nThree.\n", gold={**GOLD, "comments": []}
    )
    assert varied(article).gold["comments"] == []
    assert varied(thread_of("Head\n", {"headline": "Head"})).text == b"Head\n"
