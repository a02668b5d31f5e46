"""The language model: for many texts at once the answers that the library gives to each."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from builder.parse.language import LOOKED_AT, likelihoods, with_letters
from builder.run.corpus.languages import language_model

TEXTS = [
    "The bridge is closed, and nobody says for how long.",
    "DIE BRÜCKE IST SCHON WIEDER ZU.",
    "El puente está cerrado otra vez, ¿y ahora qué?",
    "",
    "12",
    "मौसम आज बहुत अच्छा है",
    "橋はまた閉まっている。",
    "x" * 5000,
]


@pytest.fixture(scope="module")
def library() -> LanguageIdentifier:
    """The library itself."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(TEXTS), st.text()), max_size=5))
def test_the_answers_are_the_librarys(library: LanguageIdentifier, texts: list[str]) -> None:
    """Each language has the probability that the library gives it, among some languages or all."""
    for languages in (("de", "en", "es"), tuple(label for label in library.labels if label != "zxx")):
        model = language_model(languages)
        assert model
        library.set_languages(languages)
        found = likelihoods(pa.array(texts, pa.string()), model)
        for text, row in zip(texts, found, strict=True):
            due = dict(library.rank(text[:LOOKED_AT]))
            assert np.allclose(row, [due[language] for language in model.languages], atol=1e-4)
    library.set_languages(None)


def test_neighbours_change_nothing() -> None:
    """A text has the same probabilities to the last bit, alone or among many."""
    model = language_model(("de", "en", "es"))
    assert model
    together = likelihoods(pa.array(TEXTS), model)
    for text, row in zip(TEXTS, together, strict=True):
        assert likelihoods(pa.array([text]), model)[0].tolist() == row.tolist()


def test_letters_are_letters() -> None:
    """Digits, signs and pictures are in no language."""
    assert with_letters(pa.array(["+1", "12.5 %", "👍", "a", "ж", "語"])).tolist() == [False] * 3 + [True] * 3
