"""Labelling configs that are fit to be used."""

from builder.annotate.lint.check import errors_in, findings_of
from builder.annotate.questionnaire.config import find_text, read_config
from builder.annotate.questionnaire.questions import LabelConfig
from builder.core.errors import DataError
from builder.core.settings import Settings


def sound_config(settings: Settings, name: str) -> LabelConfig:
    """The config of that name; raises ``UsageError`` where there is none, ``DataError`` where it has errors."""
    text = find_text(settings.root, name)
    errors = errors_in(findings_of(text))
    if errors:
        more = f" ({len(errors) - 1} more: builder config lint {name})" if len(errors) > 1 else ""
        raise DataError(f"{errors[0]}{more}")
    return read_config(text)
