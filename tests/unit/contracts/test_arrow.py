"""The Arrow schemas of the tables."""

import pyarrow as pa
import pytest

from builder.contracts import catalogue
from builder.contracts.arrow import arrow_schema, arrow_type


def test_the_types_are_exact() -> None:
    """Columns come in the schema's order with the types that it names, null where it allows it."""
    schema = arrow_schema("segments")
    assert schema.names == [
        "article_id",
        "ordinal",
        "kind",
        "char_start",
        "char_end",
        "comment_id",
        "probability",
    ]
    assert schema.field("ordinal") == pa.field("ordinal", pa.int32(), nullable=False)
    assert schema.field("comment_id") == pa.field("comment_id", pa.string(), nullable=True)
    assert arrow_schema("articles").field("published_at").type == pa.timestamp("us", tz="UTC")


@pytest.mark.parametrize("name", catalogue.TABLES)
def test_the_schema_is_stamped_with_its_version(name: str) -> None:
    """A file of a table says which version of which schema it obeys."""
    assert arrow_schema(name).metadata == {
        b"newsthreads:schema": f"{name} {catalogue.table(name).version}".encode()
    }


def test_an_unknown_type_is_an_error() -> None:
    """A type that the meta-schema does not allow has no Arrow type."""
    with pytest.raises(KeyError):
        arrow_type("large_string")
