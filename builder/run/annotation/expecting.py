"""How severe units are expected to be that nobody has answered, by a model of those that somebody has."""

from dataclasses import replace
from importlib.util import find_spec

import numpy as np

from builder.annotate.questionnaire.questions import LabelConfig
from builder.core.settings import Settings
from builder.core.staging import MARK
from builder.labels.baseline import fit
from builder.labels.trial import trial
from builder.run.annotation.baseline import labels_of, unit_texts
from builder.run.annotation.bodies import Order


def with_expected_severity(order: Order) -> Order:
    """The order with what is expected of its units, which a limit of the day needs to know."""
    return replace(order, severity=expected_severity(order.settings, order.config))


def expected_severity(settings: Settings, config: LabelConfig) -> dict[str, float]:
    """How probable it is of each unit of a config's type that people find it severe, as the settings say what is.

    Empty where nothing is said to be severe, nothing was merged, scikit-learn is not installed, or the question
    cannot be told from texts better than by its commonest answer.
    """
    severe = settings.severe
    if severe is None or not (settings.merged_dir / MARK).is_file() or find_spec("sklearn") is None:
        return {}
    labelled = labels_of(settings, config).get(severe.question)
    score = trial(severe.question, labelled) if labelled else ""
    if labelled is None or isinstance(score, str) or not score.better:
        return {}
    texts = {unit: text for unit, (text, _) in unit_texts(settings, config).items()}
    model = fit(labelled)
    hard = np.isin(np.array(model.options), severe.values)
    chance = model.likely(list(texts.values()))[:, hard].sum(axis=1)
    return dict(zip(texts, chance.tolist(), strict=True))
