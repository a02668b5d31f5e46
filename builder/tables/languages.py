"""The language of each article and comment, of which the article's own is what one expects of its comments."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.parse.arrays import Floats, Ints
from builder.parse.language import LanguageModel, likelihoods, with_letters
from builder.tables.columns import nulls, picked, rounded
from builder.tables.parts import ShardTables

UNDETERMINED: Final = "und"
FLOOR: Final = 0.5
"""Below it a guess is not told: some other language is likelier than this one."""
EXPECTED: Final = 0.9
"""The share of comments that are taken to be in their article's language before they are read."""


def with_languages(tables: ShardTables, model: LanguageModel) -> ShardTables:
    """The tables with ``lang`` and ``lang_score`` filled; a language that a side file gave stays as it is."""
    articles = tables.articles
    given, texts = _whole(articles["lang"]), _read(articles)
    language, score = decided(likelihoods(texts, model), texts, model)
    known = given.is_valid()
    lang = pc.coalesce(given, language)
    told = {"lang": lang, "lang_score": pc.if_else(known, pa.scalar(None, pa.float32()), score)}
    return replace(
        tables,
        articles=_with(articles, told),
        comments=_with(tables.comments, _of_comments(tables.comments, articles["article_id"], lang, model)),
    )


def _of_comments(
    comments: pa.Table, article_ids: pa.ChunkedArray, lang: pa.Array, model: LanguageModel
) -> dict[str, pa.Array]:
    article = _integers(pc.index_in(comments["article_id"], value_set=_whole(article_ids)))
    expected = _numbers(lang, model.languages)[article] if len(article) else article
    texts = _whole(comments["text"])
    found = decided(weighed(likelihoods(texts, model), expected), texts, model)
    return dict(zip(("lang", "lang_score"), found, strict=True))


def weighed(probability: Floats, expected: Ints) -> Floats:
    """The probabilities once it is known which language is expected of each text, -1 for none of them."""
    languages = probability.shape[1]
    prior = np.full(probability.shape, 1 / languages)
    known = np.flatnonzero(expected >= 0)
    if languages > 1:
        prior[known] = (1 - EXPECTED) / (languages - 1)
        prior[known, expected[known]] = EXPECTED
    together: Floats = probability * prior
    together /= together.sum(axis=1, keepdims=True)
    return together


def decided(probability: Floats, texts: pa.Array, model: LanguageModel) -> tuple[pa.Array, pa.Array]:
    """The likeliest language and how likely it is; a text without letters is in none.

    Among one language alone nothing was found out, so how likely it is stays open.
    """
    best = probability.argmax(axis=1)
    score = np.where(with_letters(texts), probability.max(axis=1, initial=0), 0)
    names = (*model.languages, UNDETERMINED)
    sure = rounded(score) if len(model.languages) > 1 else nulls(len(score), pa.float32())
    return picked(names, np.where(score < FLOOR, len(model.languages), best)), sure


def _numbers(lang: pa.Array, languages: Sequence[str]) -> Ints:
    """The number of each language, whatever stands behind its first part; -1 where it is none of these."""
    first = pc.replace_substring_regex(lang, "-.*", "")
    return _integers(pc.index_in(first, value_set=pa.array(languages, pa.string())))


def _integers(places: pa.Array | pa.ChunkedArray) -> Ints:
    found: Ints = places.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return found


def _read(articles: pa.Table) -> pa.Array:
    """Headline and text of each article."""
    headline = pc.fill_null(_whole(articles["headline"]), "")
    return pc.binary_join_element_wise(headline, _whole(articles["text"]), "\n")


def _whole(column: pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks()


def _with(table: pa.Table, columns: dict[str, pa.Array]) -> pa.Table:
    for name, values in columns.items():
        place = table.schema.get_field_index(name)
        table = table.set_column(place, table.schema.field(place), values)
    return table
