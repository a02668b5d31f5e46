"""All documents of a release from its facts: the same facts, the same bytes."""

from collections.abc import Mapping
from typing import Any

from builder.contracts.catalogue import table_of
from builder.contracts.codebook import codebook_markdown
from builder.release.documents.card import card
from builder.release.documents.changelog import changelog
from builder.release.documents.citation import citation_cff
from builder.release.documents.codebook import codebook
from builder.release.documents.croissant import croissant
from builder.release.documents.datacite import datacite
from builder.release.documents.datapackage import datapackage
from builder.release.documents.datasheet import datasheet
from builder.release.documents.facts import Facts, Schemas, facts_of
from builder.release.documents.licences import check_licence, licence_file
from builder.release.documents.written import json_file

DOCUMENTS = 2
"""The number of this way of writing documents; a change of their words counts it up."""


def render(facts: Mapping[str, Any], schemas: Schemas) -> dict[str, bytes]:
    """The documents by their paths below the release's folder.

    ``facts`` is one JSON value: ``release``, ``files``, ``counted``, ``told``, ``answers``. Neither the clock nor the
    order of its keys matters. Raises ``UsageError`` for a licence that nobody knows.
    """
    known = facts_of(facts, schemas)
    check_licence(known.release["licence"])
    texts = {
        "README.md": card(known),
        "DATASHEET.md": datasheet(known),
        "CHANGELOG.md": changelog(known),
        "CITATION.cff": citation_cff(known),
        "codebook.md": codebook_markdown(table_of(schema) for schema in known.schemas.values()),
    }
    values = {
        "croissant.json": croissant(known),
        "datapackage.json": datapackage(known),
        "datacite.json": datacite(known),
        "codebook.json": codebook(known),
        **{f"schemas/{name}.schema.json": schema for name, schema in known.schemas.items()},
    }
    return {
        "LICENSE": _licence(known),
        "stats.json": json_file(facts),
        **{name: text.encode() for name, text in texts.items()},
        **{name: json_file(value, in_order=True) for name, value in values.items()},
    }


def _licence(known: Facts) -> bytes:
    release = known.release
    holder = "; ".join(known.creators)
    return licence_file(release["licence"], known.title, holder, release.get("licence_text") or "")
