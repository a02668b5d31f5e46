"""The reviewed list of names that are ordinary words, too, read from the dataset's tree."""

from builder.core.settings import Settings
from builder.core.storage import read_text
from builder.release.privacy.reviewed import NOTHING, Reviewed, reviewed_of


def read_reviewed(settings: Settings) -> Reviewed:
    """The verdicts that people wrote down; none where there is no such file. ``UsageError`` for a wrong entry."""
    text = read_text(settings.allow_file)
    return NOTHING if text is None else reviewed_of(text, str(settings.allow_file))
