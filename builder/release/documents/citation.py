"""How a release is cited: CITATION.cff, BibTeX, one line of text."""

import re
from typing import Any

from builder.release.documents.facts import Facts
from builder.release.documents.licences import is_own
from builder.release.documents.written import yaml_text


def citation_cff(facts: Facts) -> str:
    """The file CITATION.cff, in version 1.2.0 of its format."""
    release = facts.release
    said: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it as below.",
        "title": facts.title,
        "type": "dataset",
        "abstract": facts.description,
        "authors": [{"name": name} for name in facts.creators],
        "version": release["version"],
        "date-released": release["date"],
        "license": None if is_own(release["licence"]) else release["licence"],
        "doi": release.get("doi"),
        "url": release.get("url"),
        "identifiers": _concept(release.get("concept_doi")),
        "keywords": list(facts.keywords),
    }
    return yaml_text({key: value for key, value in said.items() if value})


def _concept(doi: str | None) -> list[dict[str, str]]:
    return [{"type": "doi", "value": doi, "description": "All versions of the dataset."}] if doi else []


def bibtex(facts: Facts) -> str:
    """The entry for a bibliography."""
    release = facts.release
    said = {
        "title": f"{{{facts.title}}}",
        "author": " and ".join(f"{{{name}}}" for name in facts.creators),
        "year": release["date"][:4],
        "version": release["version"],
        "doi": release.get("doi"),
        "url": release.get("url"),
    }
    lines = ",\n".join(f"  {key} = {{{value}}}" for key, value in said.items() if value)
    return f"@misc{{{re.sub('[^a-zA-Z0-9]+', '_', release['name'])}_{release['version']},\n{lines}\n}}"


def one_line(facts: Facts) -> str:
    """The citation in a line of text."""
    release = facts.release
    where = release.get("doi") or release.get("url")
    tail = f". {where}" if where else ""
    return f"{'; '.join(facts.creators)} ({release['date'][:4]}): {facts.title}, version {release['version']}{tail}"
