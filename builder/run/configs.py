"""Labelling configs that are fit to be used."""

from builder.annotate.config import find_text, read_config
from builder.annotate.questions import LabelConfig
from builder.core.settings import Settings


def sound_config(settings: Settings, name: str) -> LabelConfig:
    """The config of that name; raises ``UsageError`` where there is none, ``DataError`` where it has errors."""
    return read_config(find_text(settings.root, name))
