"""Copies: each leads to the first of its kind, and exact ones are marked."""

import pyarrow as pa

from builder.tables.check import check_tables
from builder.tables.check_copies import unmarked_copies
from tests.unit.tables.corpus import Comment, Dataset, Page, dataset


def posted(*texts: str) -> Dataset:
    """One article with these comments."""
    return dataset(
        [Page("herald/one.txt", "Short", None, ("One.",), [Comment("Ann", (text,)) for text in texts])]
    )


def marked(made: Dataset, copies: dict[int, int]) -> Dataset:
    """The dataset with some comments marked as copies of others, by their positions."""
    ids = made.tables["comments"]["comment_id"]
    for row, first in copies.items():
        made = made.with_cell("comments", row, "duplicate_of", ids[first].as_py())
    return made


def test_copies_of_the_first_are_fine() -> None:
    """Each copy leads to the first of its kind: no fault."""
    made = marked(posted("Well.", "Ok.", "well!", "WELL"), {2: 0, 3: 0})
    assert check_tables(made.tables) == ()
    assert list(unmarked_copies(made.tables)) == []


def test_a_copy_of_a_copy_or_of_a_later_row_is_found() -> None:
    """A copy leads neither to another copy nor downwards."""
    chained = marked(posted("Well.", "well!", "WELL"), {1: 0, 2: 1})
    down = marked(posted("Well.", "Ok."), {0: 1})
    for made, words in ((chained, "is a copy itself"), (down, "stands below")):
        (fault,) = check_tables(made.tables)
        assert (fault.table, fault.column, fault.check) == ("comments", "duplicate_of", "copy")
        assert words in fault.examples[0].message


def test_an_exact_copy_that_is_not_marked_is_found() -> None:
    """Two texts that differ in case and punctuation alone are copies, or it is told."""
    (fault,) = unmarked_copies(posted("Well, well.", "Ok.", "WELL WELL").tables)
    assert (fault.count, fault.examples[0].row) == (1, 2)


def test_empty_texts_are_no_copies() -> None:
    """Articles without a paragraph are copies of nothing."""
    made = dataset([Page("herald/one.txt", "Short"), Page("herald/two.txt", "Short")])
    assert list(unmarked_copies(made.tables)) == []
    assert isinstance(made.tables["articles"], pa.Table)
