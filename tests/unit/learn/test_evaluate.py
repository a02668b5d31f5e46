"""Evaluation: scores, floors and the worth of a review are what their definitions say."""

from dataclasses import replace
from pathlib import Path

import pytest

from builder.core.errors import DataError
from builder.learn.evaluate import Page, below, by_rendering, count_pages, cross_validate, review, scores
from builder.learn.predict import Prediction
from builder.learn.threads import load_threads
from builder.run.corpus.weights import shipped_words
from tests.unit.learn.folder import thread_of


def page(number: int, confidence: float, counts: tuple[int, int, int, int], split: float = 1.0) -> Page:
    """A page with its counts: right, invented, missed; authors right."""
    thread = replace(thread_of("", {}), name=f"page-{number}", file=f"seedlike/{number}.txt")
    return Page(thread, confidence, *counts, split)


def test_scores_are_micro_averages() -> None:
    """Precision, recall, F1 and authors are of all comments together; the split is of pages."""
    (found,) = scores([page(1, 0.9, (8, 2, 0, 7)), page(2, 0.9, (0, 0, 10, 0), split=0.0)])
    assert (found.rendering, found.pages, found.comments) == ("seedlike", 2, 18)
    assert (found.precision, found.recall) == (0.8, pytest.approx(8 / 18))
    assert (found.f1, found.author, found.split) == (pytest.approx(16 / 28), 0.875, 0.5)


def test_nothing_right_is_nought() -> None:
    """Without a right comment all scores of comments are 0, and nothing divides by it."""
    (found,) = scores([page(1, 0.9, (0, 0, 0, 0))])
    assert (found.precision, found.recall, found.f1, found.author) == (0, 0, 0, 0)


def test_renderings_are_scored_apart() -> None:
    """Each rendering has its own scores."""
    other = page(2, 0.9, (0, 0, 4, 0))
    pages = [page(1, 0.9, (4, 0, 0, 4)), replace(other, thread=replace(other.thread, rendering="seedlinks"))]
    assert {name: len(group) for name, group in by_rendering(pages).items()} == {
        "seedlike": 1,
        "seedlinks": 1,
    }
    assert [one.f1 for one in scores(pages)] == [1.0, 0.0]


def test_a_review_corrects_the_least_confident_fifth() -> None:
    """One page of five is corrected, the least confident: all its comments are right, and none is invented any more."""
    pages = [page(n, 0.9, (10, 0, 0, 10)) for n in range(4)] + [page(9, 0.1, (0, 10, 10, 0))]
    found = review(pages, "seedlike")
    assert (found.before, found.after, found.comments) == (0.8, 1.0, 10)
    assert found.random == (0.8, 1.0)
    assert found == review(pages, "seedlike")


def test_random_pages_have_no_more_comments() -> None:
    """Random captures never hold more comments than those that were asked for."""
    pages = [page(n, 0.9, (0, 0, 100, 0)) for n in range(4)] + [page(9, 0.1, (5, 0, 5, 5))]
    found = review(pages, "seedlike")
    assert found.comments == 10
    assert found.random[1] == found.after


def test_pages_as_sure_are_taken_by_name() -> None:
    """Of equally confident pages the first by name is reviewed, whatever their order."""
    pages = [page(n, 0.5, (n, 0, 10 - n, n)) for n in range(5)]
    assert (
        review(pages, "seedlike").after == review(pages[::-1], "seedlike").after == pytest.approx(2 * 20 / 70)
    )


def test_what_is_below_its_floor_is_told() -> None:
    """A score below its floor is told with both figures, one at it is not, a rendering without scores is below."""
    found = scores([page(1, 0.9, (9, 1, 0, 9))])
    assert below(found, {"seedlike": {"precision": 0.9, "recall": 1.0}}) == ()
    assert below(found, {"seedlike": {"precision": 0.91, "f1": 0.5}}) == ("seedlike precision 0.9000 < 0.91",)
    assert below(found, {"seedlinks": {"f1": 0.5}}) == ("seedlinks f1 0.0000 < 0.5",)
    assert below(found, {}) == ()


def test_pages_are_counted_by_the_folders_own_script(folder: Path) -> None:
    """What gold says is wholly right by the folder's script, and the counts are its counts."""
    thread = load_threads(folder)[0]
    right = Prediction(thread, {**thread.gold}, 0.75)
    wrong = Prediction(thread, {**thread.gold, "comments": thread.gold["comments"][1:]}, 0.5)
    one, two = count_pages([right, wrong], folder)
    total = len(thread.gold["comments"])
    assert (one.tp, one.fp, one.fn, one.author_ok, one.split, one.confidence) == (
        total,
        0,
        0,
        total,
        1.0,
        0.75,
    )
    assert (two.tp, two.fn, two.thread.name) == (total - 1, 1, thread.name)


def test_a_folder_without_a_script_is_refused(tmp_path: Path) -> None:
    """The error names the folder and the command."""
    with pytest.raises(DataError, match=r"holds no score\.py"):
        count_pages([], tmp_path)


def test_no_page_is_scored_by_what_has_seen_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For every fold the weights come from the other folds alone, and every thread is predicted once."""
    from builder.learn import evaluate

    seen: list[set[str]] = []
    steps: list[tuple[int, int]] = []
    train = evaluate.train

    def spied(threads: list, words: object) -> object:
        seen.append({thread.name for thread in threads})
        return train(threads, words, rounds=1)  # type: ignore[arg-type]

    monkeypatch.setattr(evaluate, "train", spied)
    threads = load_threads(folder)
    found = cross_validate(threads, shipped_words(), lambda done, total, _: steps.append((done, total)))
    assert sorted(one.thread.name for one in found) == sorted(thread.name for thread in threads)
    assert seen == [{thread.name for thread in threads if thread.fold != fold} for fold in (0, 1)]
    assert steps == [(0, 2), (1, 2), (2, 2)]
