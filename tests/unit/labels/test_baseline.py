"""The baseline learns what can be learned, says how well, and suggests nothing where it is of no use."""

import sys
from random import Random

import numpy as np
import pytest

from builder.core.errors import UsageError
from builder.labels.baseline import Labelled, certainties, fit, model_name
from builder.labels.trial import Score, macro_f1, trial
from tests.unit.labels.texts import labelled, text


def test_words_that_tell_are_learned() -> None:
    """On articles that it did not learn from the model beats the commonest answer, with an interval above zero."""
    found = trial("tone", labelled())
    assert isinstance(found, Score)
    assert found.better
    assert found.gain_low <= found.gain <= found.gain_high
    assert found.low <= found.accuracy <= found.high
    assert found.gain == pytest.approx(found.accuracy - found.majority)
    assert (found.n, found.n_articles) == (120, 12)


def test_words_that_tell_nothing_are_of_no_use() -> None:
    """In twelve studies with two answers equally common and texts that tell nothing the model is better in none."""
    scores = [trial("tone", labelled(telling=0.0, seed=seed, rude=0.45)) for seed in range(12)]
    assert not [score for score in scores if isinstance(score, Score) and score.better]


def test_an_article_is_not_learned_and_tried_at_once() -> None:
    """Texts that only repeat within their article teach nothing about other articles."""
    random = Random(3)
    articles = [f"a{number:020x}" for number in range(20)]
    tones = {article: random.choice(["civil", "rude"]) for article in articles}
    rows = [(article, " ".join([f"word{article}"] * 4), tones[article]) for article in articles * 8]
    same = Labelled(
        tuple(f"c{number:020x}" for number in range(len(rows))),
        tuple(row[1] for row in rows),
        tuple(row[2] for row in rows),
        tuple(row[0] for row in rows),
    )
    found = trial("tone", same)
    assert isinstance(found, Score)
    assert not found.better


@pytest.mark.parametrize(
    ("n", "articles", "said"),
    [(40, 12, "50 are needed"), (120, 4, "5 are needed")],
)
def test_too_little_is_said_to_be_too_little(n: int, articles: int, said: str) -> None:
    """Of too few labels or articles nothing is claimed, and the reason is told."""
    found = trial("tone", labelled(n, articles))
    assert isinstance(found, str)
    assert said in found


def test_rare_options_are_not_learned() -> None:
    """An option that was chosen fewer than five times is never suggested."""
    some = labelled()
    rare = Labelled(some.units, some.texts, (*some.labels[:-4], *["odd"] * 4), some.articles)
    assert "odd" not in fit(rare).options
    assert rare.options == ("civil", "hate", "rude")


def test_rare_options_are_as_improbable_as_they_are_rare() -> None:
    """Added up over new texts, likely shares come to about as many of each option as there are."""
    known, new = labelled(600, seed=1), labelled(600, seed=2)
    model = fit(known)
    likely = dict(zip(model.options, model.likely(new.texts).mean(axis=0), strict=True))
    assert {option: abs(likely[option] - new.labels.count(option) / 600) < 0.05 for option in likely} == {
        "civil": True, "hate": True, "rude": True,
    }  # fmt: skip


def test_the_same_labels_make_the_same_model() -> None:
    """Labels in another order give the same name and the same probabilities; another label gives another name."""
    some = labelled()
    mixed = some.take(Random(1).sample(range(len(some)), len(some)))
    assert model_name({"tone": some}) == model_name({"tone": mixed})
    texts = [text(Random(seed), "rude") for seed in range(5)]
    assert np.array_equal(fit(some).shares(texts), fit(mixed).shares(texts))
    other = Labelled(some.units, some.texts, ("hate", *some.labels[1:]), some.articles)
    assert model_name({"tone": some}) != model_name({"tone": other})


def test_certainty_is_one_less_entropy() -> None:
    """Certain shares are 1, even ones 0, and questions count alike."""
    sure, even = np.array([[1.0, 0.0]]), np.array([[0.25] * 4])
    assert certainties([sure]).tolist() == [1.0]
    assert certainties([even])[0] == pytest.approx(0.0)
    assert certainties([sure, even])[0] == pytest.approx(0.5)


def test_macro_f1_weighs_options_alike() -> None:
    """The mean of F1 over the true options, by hand: civil 2/3, rude 0."""
    assert macro_f1(["civil", "civil", "rude"], ["civil", "rude", "civil"]) == pytest.approx((0.5 + 0) / 2)


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without scikit-learn the error says how to install it."""
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
    with pytest.raises(UsageError, match=r"newsthreads\[suggest\]"):
        fit(labelled())
