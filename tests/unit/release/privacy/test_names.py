"""The names of a thread, and where they stand in a text."""

import pyarrow as pa
import pytest

from builder.release.privacy.fold import fold, words_of
from builder.release.privacy.names import by_thread, occurrences, thread_names
from tests.unit.tables.corpus import Comment, Page, dataset

PAGE = Page(
    "paper/1.txt",
    "Storm",
    None,
    ["It rains."],
    [
        Comment("Anna Lind", ["One."]),
        Comment(None, ["Two."]),
        Comment("ole", ["Three."]),
        Comment("ANNA LIND", ["Four."]),
        Comment("???", ["Five."]),
    ],
)


def found(name: str, text: str) -> list[str]:
    """What of a text is the name."""
    folded = fold(text)
    places = occurrences(tuple(words_of(fold(name).text)), folded.text)
    return [text[slice(*folded.original(*place))] for place in places]


def test_names_are_numbered_as_annotators_see_them() -> None:
    """Each spelling of a name has the number of its commenter, by first comment; lost authors have none."""
    rows = thread_names(dataset([PAGE]).tables).to_pylist()
    assert [(row["name"], row["number"]) for row in rows] == [
        ("Anna Lind", 1),
        ("ole", 2),
        ("ANNA LIND", 1),
        ("???", 3),
    ]


def test_a_name_is_its_words() -> None:
    """Spellings that fold alike are one, and a name without a word cannot be looked for."""
    (names,) = by_thread(thread_names(dataset([PAGE]).tables)).values()
    assert names == {("anna", "lind"): 1, ("ole",): 2}


def test_accents_may_be_left_out() -> None:
    """A name is looked for without its accents, too, unless another commenter is called that."""
    names = [Comment(name, ["Well."]) for name in ("José Núñez", "Zoë", "Zoe", "Ἀλέξης", "राम")]
    (found,) = by_thread(thread_names(dataset([Page("a/b.txt", "C", None, ["D."], names)]).tables)).values()
    assert found == {
        ("josé", "núñez"): 1,
        ("zoë",): 2,
        ("zoe",): 3,
        ("ἀλέξησ",): 4,
        ("राम",): 5,
        ("jose", "nunez"): 1,
        ("αλεξησ",): 4,
    }


def test_no_comments_have_no_names() -> None:
    """Tables without comments give a table of names without rows."""
    empty = {name: table.slice(0, 0) for name, table in dataset([PAGE]).tables.items()}
    names = thread_names(empty)
    assert names.num_rows == 0
    assert names.schema.field("number").type == pa.int32()


@pytest.mark.parametrize(
    ("name", "text", "places"),
    [
        (
            "Anna Lind",
            "I saw anna  lind, ANNA\nLIND and @Anna Lind.",
            ["anna  lind", "ANNA\nLIND", "@Anna Lind"],
        ),
        ("Anna", "Annabel, Hanna, anna_1 and Anna's", ["Anna"]),
        ("J. O'Neill", "ask J O’Neill", ["J O’Neill"]),
        ("*ole*", "Ole! *ole*", ["Ole", "ole"]),
        ("Müller", "Mu\u0308ller", ["Mu\u0308ller"]),
        ("山田", "山田さんは", ["山田"]),
        ("민수", "민수가", ["민수"]),
        ("li", "li li", ["li", "li"]),
        ("Anna", "_Anna_ and __anna__", ["Anna", "anna"]),
        ("Anna Lind", "Anna_Lind, _anna__lind_", ["Anna_Lind", "anna__lind"]),
        ("Anna ❤\ufe0f", "anna!", ["anna"]),
    ],
)
def test_a_name_is_found_as_a_word(name: str, text: str, places: list[str]) -> None:
    """Whatever the case, the signs between its words and its composition, but never inside another word."""
    assert found(name, text) == places
