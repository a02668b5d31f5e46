"""The baseline of a labelling config: trained on what was merged, tried, and asked about any unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from builder.annotate.questionnaire.questions import LabelConfig
from builder.annotate.transfer.predictions import Suggestion
from builder.core.errors import DataError
from builder.core.settings import Settings
from builder.core.tablefile import read_table
from builder.labels.baseline import Fitted, Labelled, certainties, fit, model_name
from builder.labels.quality.rows import NEEDED
from builder.labels.quality.work import Work, work_of
from builder.labels.training import majority_labels
from builder.labels.trial import Score, trial
from builder.run.annotation.merged_work import work_tables
from builder.run.annotation.questionnaires import questionnaires

_TEXTS = {"comment": ("comments", "comment_id"), "article": ("articles", "article_id")}


@dataclass(frozen=True, slots=True)
class Baseline:
    """A trained baseline: its name, its models by question, their scores, why other questions have none.

    ``labelled`` are the units that it learned from.
    """

    name: str
    models: Mapping[str, Fitted]
    scores: Mapping[str, Score]
    lacking: Mapping[str, str]
    labelled: frozenset[str]

    def suggestions(self, texts: Mapping[str, str]) -> dict[str, Suggestion]:
        """For each unit the likeliest options, of the questions where the model beats the commonest answer."""
        useful = {name: model for name, model in self.models.items() if self.scores[name].better}
        found: dict[str, dict[str, tuple[str, float]]] = {unit: {} for unit in texts}
        for name, model in useful.items():
            shares = model.shares(list(texts.values()))
            for unit, row in zip(texts, shares, strict=True):
                found[unit][name] = (model.options[int(row.argmax())], round(float(row.max()), 4))
        return dict(found) if useful else {}

    def certainties(self, texts: Mapping[str, str]) -> dict[str, float]:
        """How sure the models are of each unit, 0 to 1, a mean over questions."""
        sure = certainties([model.shares(list(texts.values())) for model in self.models.values()])
        return dict(zip(texts, sure.tolist(), strict=True))


def train_baseline(settings: Settings, config: LabelConfig, *, tried: bool = True) -> Baseline:
    """Learn the questions of a config from what was merged under its name; ``tried`` scores each question.

    Without a trial every question that can be learned is, and nothing is known of how well. Raises
    ``DataError`` where nothing was merged, or nothing can be learned; ``UsageError`` without scikit-learn.
    """
    labelled = labels_of(settings, config)
    lacking = {name: found.lacks for name, found in labelled.items() if found.lacks}
    scores: dict[str, Score] = {}
    for name, found in labelled.items():
        if tried and name not in lacking:
            told = trial(name, found)
            if isinstance(told, str):
                lacking[name] = told
            else:
                scores[name] = told
    known = {name: found for name, found in labelled.items() if name not in lacking}
    if not known:
        said = (
            "; ".join(f"{name}: {why}" for name, why in lacking.items())
            or "it has no question for one option"
        )
        raise DataError(f"Nothing can be learned for {config.name} yet: {said}. Label more, pull and merge.")
    models = {name: fit(found) for name, found in known.items()}
    units = frozenset(unit for found in labelled.values() for unit in found.units)
    return Baseline(model_name(known), models, scores, lacking, units)


def labels_of(settings: Settings, config: LabelConfig) -> dict[str, Labelled]:
    """What people answered to each question that a model may learn: one label a unit, with its text."""
    tables = work_tables(settings, NEEDED)
    known = questionnaires(settings, tables["tasks"])
    work: list[Work] = []
    for (sha256, unit_type), done in work_of(tables, known).items():
        if known[sha256].name == config.name and unit_type == config.unit_type:
            work += done
    rows = unit_texts(settings, config)
    asked = next((one for one in known.values() if one.name == config.name), None)
    labels = majority_labels(work, asked) if asked else {}
    return {name: _labelled(units, rows, config, name) for name, units in labels.items()}


def _labelled(
    labels: Mapping[str, str], rows: Mapping[str, tuple[str, str]], config: LabelConfig, name: str
) -> Labelled:
    question = config.question(name)
    options = question.values if question else ()
    units = tuple(unit for unit in sorted(labels) if unit in rows and labels[unit] in options)
    return Labelled(
        units,
        tuple(rows[unit][0] for unit in units),
        tuple(labels[unit] for unit in units),
        tuple(rows[unit][1] for unit in units),
    )


def unit_texts(
    settings: Settings, config: LabelConfig, wanted: Sequence[str] | None = None
) -> dict[str, tuple[str, str]]:
    """The text and the article of all units of a config's type, or of those wanted; none of whole captures."""
    if config.unit_type not in _TEXTS:
        return {}
    name, key = _TEXTS[config.unit_type]
    columns = dict.fromkeys((key, "text", "article_id"))
    table = read_table(settings.tables_dir, name, tuple(columns)).to_pydict()
    kept = None if wanted is None else set(wanted)
    return {
        unit: (text or "", article)
        for unit, text, article in zip(table[key], table["text"], table["article_id"], strict=True)
        if kept is None or unit in kept
    }
