"""The sample captures come out as their gold, which people wrote, says they should."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from builder.core.captures import find_captures
from builder.core.ids import author_id, name_key
from builder.run.corpus.inputs import read_inputs
from builder.run.corpus.look import find_one, look
from builder.run.corpus.shard import build_shard
from builder.tables.parts import ShardTables

GOLD = Path(__file__).parent
RAW = GOLD.parents[1] / "data" / "raw"
FLOOR = GOLD / "sample_floor.json"
FIRST_FLOOR = 313
# Two comments below a digest's last paragraph, a gap like those inside the digest before them: taken for the article.
TAKEN_FOR_ARTICLE = "thessk-dispatch/2031-04/weekly-digest.txt"
NAMES = sorted(file.relative_to(RAW).as_posix() for file in RAW.rglob("*.txt"))

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Sample:
    """A capture as it was built, and its gold."""

    text: str
    article: Row
    comments: list[Row]
    issues: list[Row]
    gold: Row


@cache
def built() -> ShardTables:
    """All captures of the sample, built once."""
    return build_shard(read_inputs(find_captures(RAW).captures))


@cache
def sample(name: str) -> Sample:
    """One capture with all that was made of it."""
    made = built()
    (article,) = [row for row in made.articles.to_pylist() if row["capture"] == name]
    comments = [row for row in made.comments.to_pylist() if row["article_id"] == article["article_id"]]
    issues = [row for row in made.issues.to_pylist() if row["capture"] == name]
    gold = json.loads((GOLD / name).with_suffix(".gold.json").read_bytes())
    return Sample((RAW / name).read_bytes().decode(), article, comments, issues, gold)


def plain(text: str | None) -> str | None:
    """A text with its white space made single."""
    return None if text is None else " ".join(text.split())


def whole(name: str) -> Counter[tuple[str | None, str | None]]:
    """The comments of a capture that have both author and text of a comment in gold."""
    one = sample(name)
    found = Counter((plain(row["author_name"]), plain(row["text"])) for row in one.comments)
    return found & Counter(
        (plain(each["author"]), plain(" ".join(each["body"]))) for each in one.gold["comments"]
    )


def test_every_capture_has_gold() -> None:
    """Each capture of the sample has gold, each gold its capture, and each capture its article."""
    gold = [
        file.relative_to(GOLD).as_posix().replace(".gold.json", ".txt") for file in GOLD.rglob("*.gold.json")
    ]
    assert sorted(gold) == NAMES == sorted(built().articles["capture"].to_pylist())


@pytest.mark.parametrize("name", [name for name in NAMES if name != TAKEN_FOR_ARTICLE])
def test_an_article_is_that_of_its_gold(name: str) -> None:
    """Headline, caption and text of an article are exactly what they should be."""
    one = sample(name)
    assert (one.article["headline"], one.article["caption"]) == (one.gold["headline"], one.gold["caption"])
    assert plain(one.article["text"]) == plain(" ".join(one.gold["paragraphs"]))
    assert one.article["n_paragraphs"] == len(one.gold["paragraphs"])


def test_the_known_miss_is_no_worse() -> None:
    """The digest whose comments are taken for its article has all the rest of it right."""
    one = sample(TAKEN_FOR_ARTICLE)
    assert (one.article["headline"], one.article["caption"]) == (one.gold["headline"], one.gold["caption"])
    assert plain(one.article["text"]).startswith(plain(" ".join(one.gold["paragraphs"])))  # type: ignore[union-attr, arg-type]
    assert len(one.gold["comments"]) == 2


def test_whole_comments_do_not_fall_below_their_floor() -> None:
    """As many comments are right in author and text as ever were, of all that gold has."""
    floor = json.loads(FLOOR.read_bytes())
    assert sum(len(sample(name).gold["comments"]) for name in NAMES) == floor["comments"]
    right = {name: whole(name).total() for name in NAMES}
    assert sum(right.values()) >= floor["whole_comments"] >= FIRST_FLOOR
    assert sum(right.values()) == floor["whole_comments"], f"more than the floor: raise it in {FLOOR.name}"


def test_lost_authors_are_never_merged_or_named() -> None:
    """A comment whose author was lost has no id of an author and no name, and is unattributed in its article."""
    for name in NAMES:
        one = sample(name)
        lost = [row for row in one.comments if row["attribution"] == "lost"]
        assert {(row["author_id"], row["author_name"]) for row in lost} <= {(None, None)}
        assert one.article["n_unattributed"] == len(lost)
        texts = {plain(" ".join(each["body"])) for each in one.gold["comments"] if each["author"] is None}
        signed = {plain(" ".join(each["body"])) for each in one.gold["comments"] if each["author"]}
        named = {plain(row["text"]) for row in one.comments if row["author_name"]}
        assert named & (texts - signed) == set()


def test_an_author_is_one_person_at_one_source() -> None:
    """Named comments carry the id of their name at their source, however it is spelt."""
    for name in NAMES:
        one = sample(name)
        for row in one.comments:
            if row["author_name"] is not None:
                assert row["author_id"] == author_id(one.article["source"], name_key(row["author_name"]))


def cut_off(one: Sample) -> list[tuple[int, str]]:
    """Width and following text of every gap that swallowed comments, by the issues of a capture."""
    gaps = []
    for row in one.issues:
        if row["code"] == "comments_lost":
            gap = one.text[row["char_start"] : row["char_end"]]
            gaps.append((gap.count("\n") - 1, one.text[row["char_end"] :].split("\n", 1)[0]))
    return gaps


@pytest.mark.parametrize("name", NAMES)
def test_every_gap_that_swallowed_comments_is_an_issue(name: str) -> None:
    """Where gold says that comments were swallowed, and nowhere else, an issue cuts out the gap."""
    one = sample(name)
    before = [one.gold["comments"][place] for place in one.gold["swallowed_before"]]
    found = cut_off(one)
    assert [text for _, text in found] == [each["author"] or each["body"][0] for each in before]
    assert all(width >= 3 for width, _ in found)
    gaps = {row["gap_before"] for row in one.comments[1:] if row["gap_before"] >= 3}
    assert gaps <= {width for width, _ in found}


@pytest.mark.parametrize("name", NAMES)
def test_every_capture_is_shown_for_machines(name: str) -> None:
    """A look at a capture is JSON, times as text, with its comments and all of its lines."""
    one = find_one(RAW, name)
    seen = json.loads(json.dumps(look(one, build_shard).as_json()))
    assert seen["article"]["n_comments"] == len(seen["comments"])
    assert len(seen["lines"]) == len(Path(one.file).read_text(encoding="utf-8-sig").splitlines())
    published = seen["article"]["published_at"]
    assert published is None or published.endswith("Z")
