"""What the settings of a dataset say of it, as the facts about a release want it."""

from typing import Any

from builder.core.settings import Settings
from builder.core.version import __version__


def described(settings: Settings) -> dict[str, Any]:
    """Name, title, licence, contact, languages, sources and builder of a dataset; no version."""
    return {
        "name": settings.name,
        "title": settings.title,
        "licence": settings.licence,
        "contact": settings.contact,
        "languages": list(settings.languages),
        "sources": dict(settings.sources),
        "builder": __version__,
    }
