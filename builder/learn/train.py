"""Weights from threads with gold."""

from collections.abc import Mapping, Sequence
from typing import Any

from builder.core.errors import UsageError
from builder.learn.objective import make_lesson, objective
from builder.learn.parameters import as_weights, expected
from builder.learn.threads import Thread, article_alone
from builder.learn.variation import varied
from builder.parse.lexicon import make_lexicon

ROUNDS = 120


_LINKS_LOST = "seedlinks"


def train(
    threads: Sequence[Thread], words: Mapping[str, Sequence[str]], rounds: int = ROUNDS
) -> dict[str, Any]:
    """Fit the weights of the gapped convention; the values of a weights file.

    Maximises the conditional likelihood of the gold (Lafferty, McCallum and Pereira 2001) by L-BFGS, with a
    normal prior around what the convention says. The same threads give the same weights.
    Raises `UsageError` where SciPy is missing.
    """
    try:
        from scipy.optimize import minimize  # noqa: PLC0415 an extra: only who trains needs it
    except ImportError as error:
        raise UsageError('Training needs SciPy: pip install "newsthreads[train]"') from error
    # A gap inside an article is not the end of it: this is learnt from articles that nothing follows.
    alone = [article_alone(thread) for thread in threads if thread.rendering == _LINKS_LOST]
    others = [varied(thread) for thread in threads if thread.rendering != _LINKS_LOST]
    lesson = make_lesson([*threads, *alone, *others], make_lexicon(words))
    fit = minimize(
        objective, expected(), args=(lesson,), jac=True, method="L-BFGS-B", options={"maxiter": rounds}
    )
    return as_weights(fit.x)
