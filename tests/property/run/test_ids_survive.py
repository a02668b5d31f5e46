"""Ids of comments are for life: what happens elsewhere in the article does not touch them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.tables.parts import ShardTables
from tests.unit.run.on_disk import shard_of

HEAD = "Bridge Shelled for a Third Night"
BODY = (
    "Artillery fire struck the road bridge for the third night running, engineers on both banks said on Tuesday.",
    "The bridge is the last crossing that has stayed open since the border was closed in January, they said.",
)
SAID = (
    "I have lived beside this bridge for thirty years, and I tell you that nobody will ever mend it!",
    "What do you know about it?",
    "Hello, I do not think that this is what the article says.",
    "Please read it again, and then tell us what you think.",
)
COMMENTS = st.lists(
    st.tuples(st.sampled_from([None, "Ann Lee", "Bob Ruskin"]), st.sampled_from(SAID)), min_size=1, max_size=6
)
Comments = list[tuple[str | None, str]]


# A thread that goes on is told from an article without any doubt.
OPENING: Comments = [
    ("Bob Ruskin", "Add more tanks!"),
    ("Ann Lee", "Bob, you fool. Go home!"),
    (None, "LOL :-)"),
]


def written(comments: Comments, head: str = HEAD, body: tuple[str, ...] = BODY) -> str:
    """A capture in the convention: a lost author leaves one more blank line, and so does the article's end."""
    every = [*OPENING, *comments]
    thread = [f"\n{author}\n\n{text}\n" if author else f"\n\n{text}\n" for author, text in every]
    return "\n\n".join((head, *body)) + "\n\n" + "".join(thread)


def ids(made: ShardTables) -> list[tuple[str | None, str, str]]:
    """Author, text and id of every comment."""
    return [(row["author_name"], row["text"], row["comment_id"]) for row in made.comments.to_pylist()]


@settings(max_examples=40)
@given(COMMENTS, st.sampled_from(["Another headline altogether", HEAD + ", Again"]))
def test_an_edited_article_moves_no_id(comments: Comments, head: str) -> None:
    """Another headline and one more paragraph leave every comment and its id as they were."""
    before = ids(shard_of(written(comments)))
    assert [(author, text) for author, text, _ in before] == [*OPENING, *comments]
    assert ids(shard_of(written(comments, head))) == before
    assert (
        ids(shard_of(written(comments, body=(*BODY, "A spokesman of the army denied it on Wednesday."))))
        == before
    )


@settings(max_examples=40)
@given(COMMENTS, COMMENTS)
def test_later_comments_move_no_id(comments: Comments, later: Comments) -> None:
    """Comments that are added below leave the ids of those above."""
    before = ids(shard_of(written(comments)))
    assert ids(shard_of(written([*comments, *later])))[: len(before)] == before


@settings(max_examples=40)
@given(COMMENTS, st.integers(0, 6))
def test_a_comment_between_moves_no_id(comments: Comments, place: int) -> None:
    """A comment of a text of its own, put anywhere, leaves the ids of all others."""
    new = ("Ann Lee", "Nobody asked you, and nobody ever will ask you about anything.")
    before = ids(shard_of(written(comments)))
    after = ids(shard_of(written([*comments[:place], new, *comments[place:]])))
    assert [row for row in after if row[1] != new[1]] == before


@settings(max_examples=40)
@given(COMMENTS)
def test_equal_texts_have_ids_of_their_own(comments: Comments) -> None:
    """However often a text stands in a thread, and in two captures, no two comments share an id."""
    twice = shard_of(written(comments * 2)).comments["comment_id"].to_pylist()
    other = shard_of(written(comments * 2), "herald/two.txt").comments["comment_id"].to_pylist()
    assert len({*twice, *other}) == len(twice) + len(other) == 4 * len(comments) + 2 * len(OPENING)
