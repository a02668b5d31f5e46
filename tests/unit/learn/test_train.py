"""Training: the same threads give the same weights, and weights that explain them better."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from builder.core.errors import UsageError
from builder.learn.objective import make_lesson, objective
from builder.learn.parameters import apart, as_weights, expected, size
from builder.learn.threads import article_alone, load_threads
from builder.learn.train import train
from builder.parse.gaps import GAPS
from builder.parse.lexicon import make_lexicon
from builder.parse.model import LOOKS, SCALE, codes_of, make_model
from builder.run.corpus.weights import shipped_words


def test_training_is_deterministic(folder: Path) -> None:
    """Trained twice on the same threads the weights are the same to the last digit, and not those one began with."""
    threads = load_threads(folder)
    once, again = (train(threads, shipped_words(), rounds=3) for _ in range(2))
    assert json.dumps(once) == json.dumps(again)
    assert once != as_weights(expected())


def test_training_lowers_the_objective(folder: Path) -> None:
    """The trained weights explain their threads better than what was expected, and more rounds no worse."""
    threads = load_threads(folder)
    alone = [article_alone(thread) for thread in threads if thread.rendering == "seedlinks"]
    lesson = make_lesson([*threads, *alone], make_lexicon(shipped_words()))
    untrained = objective(expected(), lesson)[0]
    losses = []

    def told(vector: object) -> None:
        losses.append(objective(vector, lesson)[0])  # type: ignore[arg-type]

    from scipy.optimize import minimize

    minimize(
        objective,
        expected(),
        args=(lesson,),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": 8},
        callback=told,
    )
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < 0.7 * untrained


def test_trained_weights_make_a_model(folder: Path) -> None:
    """What training gives is what a weights file holds, with nothing missing."""
    weights = train(load_threads(folder), shipped_words(), rounds=1)
    model = make_model(json.loads(json.dumps(weights)), shipped_words())
    assert model.grammar.all_comments == -8 * SCALE


def test_weights_are_written_under_their_names() -> None:
    """Natural logarithms become whole numbers times the scale, each under the name of what it weighs."""
    vector = np.arange(size()) / 7 - 20
    written, parts = as_weights(vector), apart(vector)
    for look in LOOKS:
        assert (
            list(written["looks"][look].values()) == np.rint(parts.looks[look] * SCALE).astype(int).tolist()
        )
        assert tuple(written["looks"][look]) == codes_of(look)
    grammar = written["grammar"]
    for name in ("start", "split", "article"):
        assert grammar[name] == dict(zip(GAPS, np.rint(parts.grammar[name] * SCALE).tolist(), strict=True))
    assert grammar["within"]["one"] == np.rint(parts.grammar["within"][1] * SCALE).tolist()
    assert grammar["end"] == np.rint(parts.grammar["end"] * SCALE).tolist()


def test_the_convention_is_expected() -> None:
    """Before any training a lost author is expected behind two blank lines, and no article goes on behind them."""
    grammar = apart(expected()).grammar
    author, first, more = range(3)
    assert grammar["start"][2, first] > max(grammar["start"][2, [author, more]])
    assert grammar["start"][3, first] < min(grammar["start"][3, [author, more]])
    assert grammar["article"][1] > grammar["article"][2] < grammar["article"][3]
    assert grammar["split"][2, author] > grammar["split"][2, first]
    assert grammar["split"][3, first] > grammar["split"][3, author]


def test_without_scipy_the_cure_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where SciPy is missing, training says what to install."""
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    with pytest.raises(UsageError, match=r"newsthreads\[train\]"):
        train(load_threads(folder), shipped_words())
