"""What the settings of a dataset say of it, as the facts about a release want it."""

from typing import Any

from builder.core.settings import Settings
from builder.core.version import __version__


def described(settings: Settings) -> dict[str, Any]:
    """Name, title, terms and people of a dataset, its languages and sources, and the builder; no version."""
    return {
        "name": settings.name,
        "title": settings.title,
        "licence": settings.licence,
        "contact": settings.contact,
        "description": settings.description,
        "creators": list(settings.creators),
        "keywords": list(settings.keywords),
        "url": settings.url,
        "concept_doi": settings.doi,
        "languages": list(settings.languages),
        "sources": dict(settings.sources),
        "builder": __version__,
    }
