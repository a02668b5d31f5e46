"""Texts put back into tables that lost them."""

import pyarrow as pa

from builder.contracts import catalogue
from builder.release.privacy.rehydrate import Cut, Problem, Segment, cut, restored, segments_by_article
from tests.unit.release.privacy.pseudonymised import pseudonymised
from tests.unit.release.privacy.study import KEY, STORM, study

RING = "Dear ANNA LIND, ring 030 1234567 now."


def opened(made: dict) -> dict:
    """Tables with the columns that leave openly."""
    return {
        name: table.select(
            [
                one
                for one in table.column_names
                if one not in catalogue.table(name).names or catalogue.table(name).column(one).tier == "open"
            ]
        )
        for name, table in made.items()
    }


def test_the_original_texts_come_back() -> None:
    """Articles, comments with their hashes, and spans are what they were before the release."""
    before = study([(RING, "ANNA LIND")])
    tables = opened(dict(pseudonymised(before.tables, KEY, "open").tables))
    assert "text" not in tables["comments"].column_names
    segments = segments_by_article(tables["segments"])
    captures = {row["article_id"]: row["capture"] for row in before.tables["articles"].to_pylist()}
    cuts = {one: cut(before.raw[captures[one]].decode(), some) for one, some in segments.items()}
    made = restored(tables, {one: some for one, some in cuts.items() if isinstance(some, Cut)})
    for name, columns in (
        ("articles", ("headline", "caption", "text")),
        ("comments", ("text", "text_sha256")),
    ):
        for column in columns:
            assert made[name][column].to_pylist() == before.tables[name][column].to_pylist()
    assert made["spans"]["text"].to_pylist() == ["ANNA LIND"]


def test_what_was_not_found_is_null() -> None:
    """Rows of an article without a capture stay, with nothing in their texts."""
    tables = opened(dict(pseudonymised(study([(RING, "ring")]).tables, KEY, "open").tables))
    made = restored(tables, {})
    assert made["articles"]["text"].null_count == made["articles"].num_rows
    assert made["spans"]["text"].to_pylist() == [None]
    assert STORM in made["articles"]["article_id"].to_pylist()


def test_segments_must_cover_the_text() -> None:
    """A text that is longer, or segments with a hole, are refused."""
    whole = [Segment("headline", 0, 3, None), Segment("blank", 3, 5, None)]
    assert cut("One\n\n", whole) == Cut("One", None, "", {})
    assert isinstance(cut("One\n\n!", whole), Problem)
    assert isinstance(cut("One\n\n", whole[1:]), Problem)


def test_a_withdrawn_comment_stays_without_text() -> None:
    """What somebody took back is not put back, though the reader's capture has it."""
    before = study()
    tables = opened(dict(pseudonymised(before.tables, KEY, "open").tables))
    rows = [{**row, "attribution": "withdrawn"} for row in tables["comments"].to_pylist()]
    tables["comments"] = pa.Table.from_pylist(rows, tables["comments"].schema)
    captures = {row["article_id"]: row["capture"] for row in before.tables["articles"].to_pylist()}
    segments = segments_by_article(tables["segments"])
    cuts = {one: cut(before.raw[captures[one]].decode(), some) for one, some in segments.items()}
    made = restored(tables, {one: some for one, some in cuts.items() if isinstance(some, Cut)})
    assert made["comments"]["text"].null_count == made["comments"].num_rows
    assert made["articles"]["text"].null_count == 0
