"""datacite.json: what a registry of identifiers wants to know of a release."""

from typing import Any

from builder.release.documents.facts import Facts
from builder.release.documents.licences import is_own, licence_address, licence_title

_SCHEMA = "http://datacite.org/schema/kernel-4"


def datacite(facts: Facts) -> dict[str, Any]:
    """The metadata of the release in the words of DataCite's schema 4."""
    release = facts.release
    said = {
        "schemaVersion": _SCHEMA,
        "doi": release.get("doi"),
        "url": release.get("url"),
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Corpus"},
        "creators": [{"name": name} for name in facts.creators],
        "titles": [{"title": facts.title}],
        "publisher": {"name": release.get("publisher") or facts.creators[0]},
        "publicationYear": release["date"][:4],
        "dates": [{"date": release["date"], "dateType": "Issued"}],
        "language": next(iter(release.get("languages") or ()), None),
        "subjects": [{"subject": word} for word in facts.keywords],
        "version": release["version"],
        "formats": ["application/x-parquet"],
        "sizes": [
            f"{facts.rows('comments')} comments",
            f"{sum(f['bytes'] for f in facts.files.values())} bytes",
        ],
        "rightsList": [_rights(release["licence"])],
        "descriptions": [{"description": facts.description, "descriptionType": "Abstract"}],
        "relatedIdentifiers": _related(facts),
    }
    return {key: value for key, value in said.items() if value}


def _rights(licence: str) -> dict[str, str]:
    if is_own(licence):
        return {"rights": licence_title(licence)}
    return {
        "rights": licence_title(licence),
        "rightsUri": licence_address(licence),
        "rightsIdentifier": licence,
        "rightsIdentifierScheme": "SPDX",
    }


def _related(facts: Facts) -> list[dict[str, str]]:
    related = {
        "IsVersionOf": facts.release.get("concept_doi"),
        "IsNewVersionOf": facts.release.get("previous_doi"),
    }
    return [
        {"relatedIdentifier": doi, "relatedIdentifierType": "DOI", "relationType": relation}
        for relation, doi in related.items()
        if doi
    ]
