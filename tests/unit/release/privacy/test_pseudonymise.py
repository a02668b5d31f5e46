"""The tables as they may leave."""

from hashlib import sha256
from itertools import chain

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from builder.contracts import catalogue
from builder.release.privacy.keyed import TEXT_HMAC, released_id, text_hmac
from builder.release.privacy.names import thread_names
from builder.release.privacy.pseudonymise import Private
from builder.release.privacy.reviewed import Reviewed, entry_for
from tests.unit.release.privacy.pseudonymised import pseudonymised
from tests.unit.release.privacy.study import KEY, STORM, study, texts
from tests.unit.tables.corpus import Page

RING = "Dear ANNA LIND, ring 030 1234567 now."
ROSES = "A rose is a rose."
KEEP = Reviewed({("rose", STORM): "keep"})


def research(*marks: tuple[str, str], reviewed: Reviewed = KEEP) -> Private:
    """The research tables of the study with these marks."""
    return pseudonymised(study(marks).tables, KEY, "research", reviewed=reviewed)


def test_people_are_taken_out_of_texts() -> None:
    """Names of the thread's commenters and addresses are replaced in comments and article, and counted."""
    made = research()
    assert texts(made.tables) == [
        "Mail me: [EMAIL]",
        "Dear [COMMENTER 1], ring [PHONE] now.",
        "Nobody knows.\n\n[COMMENTER 2] says so, Oleander does not.",
        ROSES,
    ]
    (article,) = (row for row in made.tables["articles"].to_pylist() if row["article_id"] == STORM)
    assert article["headline"] == "Storm, says [COMMENTER 1]"
    assert article["text"] == "It rains in Thessk.\n\n[COMMENTER 1] fears for her boat."
    assert made.counts == {"email": 1, "phone": 1}
    assert made.names_replaced == 4
    assert made.refusal("allow.toml") is None


def test_hashes_are_those_of_the_released_texts() -> None:
    """Comments and tasks carry the hash of the text as it leaves, and a keyed one of the text as it was."""
    before = study([(RING, "ring")]).tables
    made = research((RING, "ring")).tables
    comments = made["comments"]
    hashes = [sha256(text.encode()).hexdigest() for text in comments["text"].to_pylist()]
    assert comments["text_sha256"].to_pylist() == hashes
    plain = before["comments"]["text_sha256"].to_pylist()
    assert comments[TEXT_HMAC].to_pylist() == [text_hmac(KEY, one) for one in plain]
    (task,) = made["tasks"].to_pylist()
    (unit,) = (row for row in comments.to_pylist() if row["comment_id"] == task["unit_id"])
    assert task["text_sha256"] == unit["text_sha256"]


def test_a_text_that_is_not_released_has_no_plain_hash() -> None:
    """The hash of a capture, or of a text that changed since it was shown, is keyed."""
    shown = "the page as it was"
    (task,) = research((shown, "page")).tables["tasks"].to_pylist()
    assert task["text_sha256"] == text_hmac(KEY, sha256(shown.encode()).hexdigest())


@pytest.mark.parametrize(
    ("marked", "now"),
    [
        ("ring", "ring"),
        ("LIND, ring", "[COMMENTER 1], ring"),
        ("1234567 now", "[PHONE] now"),
        ("30 12", "[PHONE]"),
    ],
)
def test_spans_fit(marked: str, now: str) -> None:
    """A span has the place and the text that its marked words have now; one that cuts a mask grows to all of it."""
    made = research((RING, marked)).tables
    (text,) = (text for text in texts(made) if "ring" in text)
    (span,), (agreed,) = made["spans"].to_pylist(), made["label_spans"].to_pylist()
    assert span["text"] == text[span["start"] : span["end"]] == now
    assert (agreed["start"], agreed["end"]) == (span["start"], span["end"])


def test_spans_that_grew_into_one_are_one() -> None:
    """Agreed spans that lie in one mask become one row, so that keys stay unique."""
    made = research((RING, "030"), (RING, "1234567")).tables
    assert made["spans"].num_rows == 2
    assert made["label_spans"].num_rows == 1


def test_a_span_on_a_capture_tells_nothing() -> None:
    """What is marked in a whole capture, names of authors among it, does not leave."""
    (span,) = research(("Anna Lind\n\nthe page", "Anna Lind")).tables["spans"].to_pylist()
    assert (span["text"], span["start"], span["end"]) == ("[NOT RELEASED]", 0, 9)


@pytest.mark.parametrize("tier", ["open", "research"])
def test_ids_fit_together(tier: str) -> None:
    """Every id of an author, comment or task is the released one in each table, and rows are in their order."""
    before = study([(RING, "ring")]).tables
    made = pseudonymised(before, KEY, tier, reviewed=KEEP).tables
    for name, column in (("comments", "comment_id"), ("segments", "comment_id"), ("authors", "author_id")):
        known = {released_id(KEY, one) for one in before[name][column].to_pylist() if one}
        assert {one for one in made[name][column].to_pylist() if one} == known
    authors = set(made["authors"]["author_id"].to_pylist())
    assert {one for one in made["comments"]["author_id"].to_pylist() if one} == authors
    assert made["annotations"]["task_key"].to_pylist() == made["tasks"]["task_key"].to_pylist()
    assert made["annotations"]["unit_id"].to_pylist() == made["label_spans"]["unit_id"].to_pylist()
    for name, table in made.items():
        keys = [(one, "ascending") for one in catalogue.table(name).order]
        assert pc.sort_indices(table, sort_keys=keys).to_pylist() == list(range(table.num_rows))


def test_no_id_of_the_house_leaves() -> None:
    """Neither an author's plain id nor a comment's is in any column of the released tables."""
    before = study([(RING, "ring")]).tables
    made = research((RING, "ring")).tables
    own = {
        *before["authors"]["author_id"].to_pylist(),
        *before["comments"]["comment_id"].to_pylist(),
        *before["tasks"]["task_key"].to_pylist(),
    }
    told = {one for table in made.values() for column in table.columns for one in column.to_pylist()}
    assert not own & told


def test_withdrawn_units_are_called_as_they_were_released() -> None:
    """Lists of what is gone and of splits carry released ids, though their rows are nowhere else."""
    gone = pa.table({"unit_type": ["author"], "unit_id": ["u" + "0" * 20]})
    made = pseudonymised({**study().tables, "withdrawn": gone}, KEY, "open")
    assert made.tables["withdrawn"]["unit_id"].to_pylist() == [released_id(KEY, "u" + "0" * 20)]


def test_open_spans_fit_the_original_text() -> None:
    """Where no text leaves, spans keep the places that they have in the text that readers rebuild."""
    before = study([(RING, "now")]).tables
    made = pseudonymised(before, KEY, "open").tables
    for name in ("spans", "label_spans"):
        assert made[name]["start"].to_pylist() == before[name]["start"].to_pylist()


def test_private_tables_are_untouched() -> None:
    """What never leaves needs no pseudonyms."""
    before = study().tables
    assert pseudonymised(before, KEY, "private").tables == before


def test_an_ordinary_word_waits_for_a_verdict() -> None:
    """A name that is a word of the corpus is listed, with the entry to write, until people decided on it."""
    waiting = research(reviewed=Reviewed({}))
    assert not waiting.leaks
    assert {one.name for one in waiting.listed} == {"rose"}
    refusal = waiting.refusal("allow.toml")
    assert refusal
    assert "allow.toml" in refusal
    assert entry_for("rose", STORM) in refusal
    assert texts(waiting.tables)[3] == ROSES
    replaced = research(reviewed=Reviewed({("rose", ""): "replace"}))
    assert texts(replaced.tables)[3] == "A [COMMENTER 3] is a [COMMENTER 3]."
    assert replaced.refusal("allow.toml") is None


def test_no_verdict_lets_a_full_name_stand() -> None:
    """Names of two words are replaced whatever the reviewed file says."""
    made = research(reviewed=Reviewed({("anna lind", ""): "keep", ("rose", ""): "keep"}))
    assert not [text for text in texts(made.tables) if "lind" in text.lower()]


def test_those_who_left_are_still_replaced() -> None:
    """A withdrawn commenter's name is found in others' texts by the names from before, under the same number."""
    before = study()
    comments = before.tables["comments"]
    without = comments.filter(pc.not_equal(pc.fill_null(comments["author_name"], ""), "Anna Lind"))
    tables = {**before.tables, "comments": without}
    made = pseudonymised(tables, KEY, "research", thread_names(before.tables), KEEP)
    assert "Dear [COMMENTER 1], ring [PHONE] now." in texts(made.tables)


@pytest.mark.parametrize("tier", ["open", "research"])
def test_a_tombstone_stays_empty(tier: str) -> None:
    """A withdrawn comment without author, text and hash gets none of them."""
    tables = study().tables
    schema = pa.schema([one.with_nullable(nullable=True) for one in tables["comments"].schema])
    gone = dict.fromkeys(("author_id", "author_name", "text", "text_sha256")) | {"attribution": "withdrawn"}
    first, *others = tables["comments"].to_pylist()
    comments = pa.Table.from_pylist([{**first, **gone}, *others], schema)
    made = pseudonymised({**tables, "comments": comments}, KEY, tier, thread_names(tables), KEEP)
    (row,) = (row for row in made.tables["comments"].to_pylist() if row["text"] is None)
    assert not [row[name] for name in (*gone, TEXT_HMAC) if name != "attribution" and row[name] is not None]


def test_an_empty_dataset_leaves_as_it_is() -> None:
    """Tables without rows stay tables without rows."""
    page = Page("paper/empty.txt", "Only this")
    empty = {name: table.slice(0, 0) for name, table in study(pages=[page]).tables.items()}
    made = pseudonymised(empty, KEY, "research")
    assert not list(chain.from_iterable(table.to_pylist() for table in made.tables.values()))
