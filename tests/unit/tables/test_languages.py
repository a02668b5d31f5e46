"""Languages of articles and comments: what a side file says wins, and an article speaks for its comments."""

from pathlib import Path

import pyarrow as pa
import pytest

from builder.core.settings import Settings
from builder.run.corpus.languages import Languages, language_model, languages_of, primary
from builder.tables.languages import with_languages
from builder.tables.parts import ShardTables
from tests.unit.tables.corpus import Comment, Page, dataset

PARAGRAPHS = (
    "Artillery fire struck the road bridge for the third night running, engineers on both banks said on Tuesday.",
    "The bridge is the last crossing that has stayed open since the border was closed in January, they said.",
)
COMMENTS = (
    "Gut.",
    "Ich wohne seit dreißig Jahren an dieser Brücke.",
    "1000 %",
    "What do you know about it, friend?",
)


def built(given: str | None = None, languages: tuple[str, ...] = ("de", "en", "es")) -> ShardTables:
    """An English article with comments, whose side file may give a language, with its languages determined."""
    page = Page(
        "herald/one.txt", "Bridge Shelled", None, PARAGRAPHS, [Comment("Ann", (each,)) for each in COMMENTS]
    )
    tables = dataset([page]).with_cell("articles", 0, "lang", given).tables
    model = language_model(languages)
    assert model
    large = (tables[name] for name in ("articles", "comments", "segments", "issues"))
    return with_languages(ShardTables(*large, tables["authors"]), model)


def column(table: pa.Table, name: str) -> list[object]:
    """The values of a column."""
    return list(table[name].to_pylist())


def test_each_text_has_its_language() -> None:
    """An article and its comments are in their languages, one without letters in none."""
    made = built()
    assert column(made.articles, "lang") == ["en"]
    assert column(made.comments, "lang")[1:] == ["de", "und", "en"]
    scores = column(made.comments, "lang_score")
    assert scores[2] == 0
    assert all(isinstance(score, float) and score > 0.5 for score in (scores[1], scores[3]))


def test_a_side_file_wins_and_its_article_is_the_prior() -> None:
    """The language of a side file stands, without a score; a short comment is taken to be in it."""
    made = built("de-CH")
    assert (column(made.articles, "lang"), column(made.articles, "lang_score")) == (["de-CH"], [None])
    assert column(made.comments, "lang") == ["de", "de", "und", "en"]


def test_a_language_that_is_no_candidate_is_no_prior() -> None:
    """Where the side file's language is none of the dataset's, comments are judged by themselves."""
    made = built("lb")
    assert column(made.articles, "lang") == ["lb"]
    assert column(made.comments, "lang")[1:] == ["de", "und", "en"]


def test_one_language_alone() -> None:
    """Among one language every text with letters is in it, and none says how sure that is."""
    made = built(languages=("es",))
    assert column(made.comments, "lang") == ["es", "es", "und", "es"]
    assert column(made.articles, "lang_score") + column(made.comments, "lang_score") == [None] * 5


def test_languages_come_from_the_settings() -> None:
    """What stands behind a language does not count; languages that the model does not know are left out."""
    assert primary(("pt-BR", "pt", "EN")) == ("pt", "en")
    model = language_model(("pt-BR", "tlh"))
    assert model
    assert model.languages == ("pt",)
    assert language_model(("tlh",)) is None
    assert languages_of(Settings(Path(), detect_languages=False)) == Languages()
    found = languages_of(Settings(Path(), languages=("de", "en")))
    assert (found.among, found.remark) == (("de", "en"), "")
    assert "taken to be in en" in languages_of(Settings(Path(), languages=("en",))).remark
    assert found.by.startswith("py3langid ")
    assert found.by.endswith(": de, en")


def test_without_the_package_a_build_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the package is not installed nothing is determined, and one line says how to get it."""
    monkeypatch.setattr("builder.run.corpus.languages.PACKAGE", "a-package-that-nobody-has")
    found = languages_of(Settings(Path()))
    assert (found.among, found.by) == (None, "")
    assert "pip install 'newsthreads[lang]'" in found.remark
