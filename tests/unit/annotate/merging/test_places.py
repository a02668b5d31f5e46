"""A label sticks to the text it was given for: it follows what moved, and nothing else."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from builder.core import ids
from tests.unit.annotate.pulled import CORPUS, TANKS, Pulled, choice, data, span, well, whole
from tests.unit.tables.corpus import PAGES, Comment, Dataset, Page, dataset

ONE = PAGES[0]
ARTICLE = CORPUS.tables["articles"].to_pylist()[CORPUS.row("articles", capture=ONE.capture)]
CAPTURE = CORPUS.raw[ONE.capture].decode()


def rebuilt(change: Callable[[Page], Page]) -> Dataset:
    """The tables after the capture of the first page was changed."""
    return dataset([change(ONE), *PAGES[1:]])


@pytest.fixture
def pulled() -> Pulled:
    """An archive with a project and two users."""
    return Pulled()


def test_a_comment_whose_id_stays_stays(pulled: Pulled) -> None:
    """Comments that come before or go leave a label where it is."""
    pulled.annotation(pulled.task())
    later = rebuilt(lambda page: replace(page, comments=(Comment("Eve", ("First!",)), page.comments[3])))
    assert pulled.rows(later)["annotations"][0]["unit_id"] == TANKS["comment_id"]


def test_a_comment_that_moved_is_followed(pulled: Pulled) -> None:
    """Where one of two equal comments is gone, the label of the second goes with the one that is left."""
    pulled.annotation(pulled.task(data=data(well(1))))
    later = rebuilt(lambda page: replace(page, comments=page.comments[1:2]))
    assert pulled.rows(later)["annotations"][0]["unit_id"] == well(0)["comment_id"]


def test_of_several_equal_comments_none_is_guessed(pulled: Pulled) -> None:
    """Where a comment's id is gone and two have its text, the label is of neither."""
    third = {**TANKS, "comment_id": ids.comment_id(well(0)["article_id"], well(0)["text_sha256"], 2)}
    pulled.annotation(pulled.task(data=data({**well(0), "comment_id": third["comment_id"]})))
    assert pulled.reasons() == [("text_changed", "")]


@pytest.mark.parametrize("comments", [(), (Comment("Bob", ("Add more tanks",)),)])
def test_a_text_that_is_gone_is_rejected(pulled: Pulled, comments: tuple[Comment, ...]) -> None:
    """A comment that is gone, or says something else, has no label, though another article has its words."""
    pulled.annotation(pulled.task())
    elsewhere = Page("radio/one.txt", None, None, (), (Comment("Bob", ("Add more tanks 🐘",)),))
    later = dataset([replace(ONE, comments=comments), elsewhere])
    assert pulled.statuses(later) == ["rejected"]
    assert pulled.reasons(later) == [("text_changed", "")]
    assert pulled.rows(later)["annotations"][0]["unit_id"] is None


@pytest.mark.parametrize("number", [0, 1])
def test_a_renamed_capture_is_followed(pulled: Pulled, number: int) -> None:
    """A file of the same bytes under another name keeps its labels, each of two equal comments its own."""
    shows = data(well(number), raw_sha256=ARTICLE["raw_sha256"])
    pulled.annotation(pulled.task(data=shows))
    later = rebuilt(lambda page: replace(page, capture="herald/renamed.txt"))
    article = ids.article_id("herald/renamed.txt")
    expected = ids.comment_id(article, well(0)["text_sha256"], number)
    assert pulled.rows(later)["annotations"][0]["unit_id"] == expected


def test_a_copied_capture_is_not_followed(pulled: Pulled) -> None:
    """Where a capture is gone and two others have its bytes, its labels are of neither."""
    pulled.annotation(pulled.task(raw_sha256=ARTICLE["raw_sha256"]))
    later = dataset([replace(ONE, capture="herald/a.txt"), replace(ONE, capture="herald/b.txt")])
    assert pulled.reasons(later) == [("text_changed", "")]


def test_without_the_hash_of_its_capture_a_task_is_not_followed(pulled: Pulled) -> None:
    """A renamed article is only known by its bytes."""
    pulled.annotation(pulled.task())
    assert pulled.reasons(rebuilt(lambda page: replace(page, capture="herald/a.txt"))) == [
        ("text_changed", "")
    ]


@pytest.mark.parametrize(("unit_type", "text"), [("article", ARTICLE["text"]), ("capture", CAPTURE)])
def test_articles_and_captures_are_proven(pulled: Pulled, unit_type: str, text: str) -> None:
    """An article by its text, a capture by all of it: while that is the same, also under another name."""
    pulled.annotation(
        pulled.task(data=whole(unit_type, text, ARTICLE)), (choice("tone", "civil"), span(0, 1, text[0]))
    )
    renamed = rebuilt(lambda page: replace(page, capture="herald/a.txt"))
    changed = rebuilt(lambda page: replace(page, paragraphs=("First!",)))
    assert pulled.rows()["annotations"][0]["unit_id"] == ARTICLE["article_id"]
    assert pulled.rows(renamed)["annotations"][0]["unit_id"] == ids.article_id("herald/a.txt")
    assert pulled.reasons(changed) == [("text_changed", "")]
