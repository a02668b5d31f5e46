"""Which units a model would have most from, if people answered them: active selection."""

from collections.abc import Sequence
from dataclasses import replace

from builder.annotate.planning.sample import Candidate
from builder.annotate.questionnaire.questions import LabelConfig
from builder.core.errors import UsageError
from builder.core.settings import Settings
from builder.run.annotation.baseline import train_baseline, unit_texts
from builder.run.annotation.rounds import all_rounds


def by_certainty(
    settings: Settings, config: LabelConfig, candidates: Sequence[Candidate]
) -> tuple[Candidate, ...]:
    """The candidates that no round of the config has asked about, each as sure as the baseline is of its answers.

    Raises ``UsageError`` for captures, which a model of texts says nothing of, and as ``train_baseline`` does.
    """
    if config.unit_type == "capture":
        raise UsageError(
            "--choose uncertain knows no captures; --choose doubtful takes the least sure parses."
        )
    made = train_baseline(settings, config, tried=False)
    asked = {
        task.unit_id
        for one in all_rounds(settings.rounds_dir)
        if one.config == config.name
        for task in one.tasks
    }
    texts = unit_texts(settings, config)
    pool = [one for one in candidates if one.unit_id in texts and one.unit_id not in asked | made.labelled]
    sure = made.certainties({one.unit_id: texts[one.unit_id][0] for one in pool})
    return tuple(replace(one, confidence=sure[one.unit_id]) for one in pool)
