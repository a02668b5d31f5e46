"""Identify: ids of whole columns are the ids that `core.ids` gives one by one."""

from collections import Counter
from hashlib import sha256

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from builder.core.ids import article_id, comment_id
from builder.tables.identify import identify

TEXTS = st.lists(
    st.lists(st.sampled_from(["", "Yes.", "No.", "é", "中 \U0001f600", "yes."]), max_size=6), max_size=4
)


def naive(articles: list[str], texts: list[list[str]]) -> list[tuple[str, str]]:
    """Id and hash of every comment, one by one."""
    found = []
    for article, said in zip(articles, texts, strict=True):
        before: Counter[str] = Counter()
        for text in said:
            digest = sha256(text.encode()).hexdigest()
            found.append((comment_id(article, digest, before[digest]), digest))
            before[digest] += 1
    return found


@given(TEXTS)
def test_ids_of_columns_are_those_of_rows(texts: list[list[str]]) -> None:
    """Every id and hash is that of its row, equal texts counted within their article alone."""
    articles = [article_id(f"paper/{number}.txt") for number in range(len(texts))]
    column = pa.array([text for said in texts for text in said], pa.string())
    owner = np.repeat(np.arange(len(texts)), [len(said) for said in texts]).astype(np.int64)
    ids, digests = identify(column, owner, articles)
    assert list(zip(ids.to_pylist(), digests.to_pylist(), strict=True)) == naive(articles, texts)
    assert len(set(ids.to_pylist())) == len(ids)


def test_many_equal_texts_have_ids_of_their_own() -> None:
    """A thousand comments that say the same have a thousand ids, the first of them that of a single one."""
    article = article_id("paper/one.txt")
    ids, _ = identify(pa.array(["First!"] * 1000), np.zeros(1000, dtype=np.int64), [article])
    alone, _ = identify(pa.array(["First!"]), np.zeros(1, dtype=np.int64), [article])
    assert len(set(ids.to_pylist())) == 1000
    assert ids[0] == alone[0]
