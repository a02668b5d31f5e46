"""Whatever a capture holds, its rows are true of it, and nobody else's rows depend on it."""

from collections import Counter
from hashlib import sha256

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.parse.decode import Undecodable, decode
from builder.tables.authors import authors_of, sum_names
from builder.tables.check import check_tables
from builder.tables.issues import numbered
from builder.tables.parts import ShardTables
from tests.property.parse.texts import CANONICAL, RAW
from tests.unit.run.on_disk import shard

NAMES = st.sampled_from(["p/a.txt", "p/b.txt", "q/a.txt", "q/x/c.txt"])
CONTENT = st.one_of(RAW.map(str.encode), st.binary(max_size=40), RAW.map(lambda text: text.encode("utf-16")))
CORPORA = st.dictionaries(NAMES, CONTENT, min_size=1)


@settings(max_examples=50)
@given(CORPORA)
def test_rows_are_true_of_their_captures(corpus: dict[str, bytes]) -> None:
    """Segments cover each capture, comments are their segments joined by blank lines, and hashes are hashes."""
    made = shard(corpus)
    comments = {row["comment_id"]: row for row in made.comments.to_pylist()}
    assert len(comments) == made.comments.num_rows
    bodies: dict[str, list[str]] = {key: [] for key in comments}
    articles = {row["article_id"]: row for row in made.articles.to_pylist()}
    for key, row in articles.items():
        raw = corpus[row["capture"]]
        assert row["raw_sha256"] == sha256(raw).hexdigest()
        text, place = decode(raw).text.decode(), 0
        for number, segment in enumerate(
            one for one in made.segments.to_pylist() if one["article_id"] == key
        ):
            assert (segment["ordinal"], segment["char_start"]) == (number, place)
            place = segment["char_end"]
            if segment["kind"] == "comment":
                bodies[segment["comment_id"]].append(text[segment["char_start"] : place])
        assert place == len(text)
    for key, paragraphs in bodies.items():
        assert comments[key]["text"] == "\n\n".join(paragraphs)
        assert comments[key]["text_sha256"] == sha256(comments[key]["text"].encode()).hexdigest()
        assert (comments[key]["author_id"] is None) == (comments[key]["attribution"] == "lost")
    counted = Counter(row["article_id"] for row in comments.values())
    assert all(row["n_comments"] == counted[key] for key, row in articles.items())


@settings(max_examples=50)
@given(CORPORA)
def test_no_capture_is_left_out(corpus: dict[str, bytes]) -> None:
    """A capture is an article if and only if it can be decoded; else it is one issue of severity error."""
    made = shard(corpus)
    found = made.articles["capture"].to_pylist()
    failed = [row["capture"] for row in made.issues.to_pylist() if row["severity"] == "error"]
    assert sorted([*found, *failed]) == sorted(corpus)
    for name in failed:
        try:
            decode(corpus[name])
        except Undecodable:
            continue
        raise AssertionError(name)


def rows(made: ShardTables, leave_out: str = "") -> list[list[dict[str, object]]]:
    """The rows of every table but those of one capture."""
    articles = [row for row in made.articles.to_pylist() if row["capture"] != leave_out]
    kept = {row["article_id"] for row in articles}
    inner = [
        [row for row in table.to_pylist() if row["article_id"] in kept]
        for table in (made.comments, made.segments)
    ]
    return [articles, *inner, [row for row in made.issues.to_pylist() if row["capture"] != leave_out]]


@settings(max_examples=40)
@given(CORPORA, CONTENT)
def test_one_capture_more_changes_no_row_of_the_others(corpus: dict[str, bytes], content: bytes) -> None:
    """The rows of all other captures in a shard stay what they were, and stay in order."""
    name = "r/new.txt"
    before, after = rows(shard(corpus)), rows(shard({**corpus, name: content}), name)
    assert before[:3] == after[:3]
    assert sorted(before[3], key=repr) == sorted(after[3], key=repr)


@settings(max_examples=25)
@given(st.lists(CANONICAL, min_size=1, max_size=3))
def test_a_shard_passes_the_checks(texts: list[str]) -> None:
    """The tables of any captures keep their schemas, and hold together."""
    made = shard({f"p/{number}.txt": text.encode() for number, text in enumerate(texts)})
    tables = {name: getattr(made, name) for name in ("articles", "comments", "segments")}
    tables |= {
        "authors": authors_of(sum_names([made.names])),
        "issues": pa.concat_tables(numbered([made.issues])),
    }
    assert check_tables(tables) == ()
