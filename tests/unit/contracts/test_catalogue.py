"""Schemas as frozen values."""

import pytest

from builder.contracts import catalogue


def test_a_table_knows_key_order_and_columns() -> None:
    """Key, order and columns come as the schema says."""
    comments = catalogue.table("comments")
    assert comments.key == ("comment_id",)
    assert comments.order == ("article_id", "position")
    assert comments.names[:3] == ("comment_id", "article_id", "position")


def test_a_column_knows_its_marks() -> None:
    """Type, null, tier, reference, pattern and bounds come as the schema says."""
    author = catalogue.table("comments").column("author_id")
    assert (author.arrow, author.nullable, author.tier, author.derived) == ("string", True, "open", False)
    assert author.references == ("authors", "author_id")
    assert author.pattern == "^u[0-9a-f]{20}$"
    score = catalogue.table("comments").column("lang_score")
    assert (score.minimum, score.maximum, score.derived) == (0, 1, True)


def test_a_closed_list_keeps_its_order() -> None:
    """The values of a closed list come in the schema's order with their words."""
    attribution = catalogue.table("comments").column("attribution")
    assert attribution.enum == ("named", "lost")
    assert attribution.values["named"] == "The capture names the author."


def test_a_record_has_neither_key_nor_order() -> None:
    """A side file is a record: it stands alone."""
    meta = catalogue.table("capture_meta")
    assert (meta.key, meta.order) == ((), ())


def test_an_unknown_name_is_an_error_that_lists_the_known() -> None:
    """Asking for a schema or column that is not there names those that are."""
    with pytest.raises(LookupError, match=r"articles, comments, .*, changes, capture_meta"):
        catalogue.table("coments")
    with pytest.raises(LookupError, match="articles has no column 'txt'"):
        catalogue.table("articles").column("txt")
