"""Everything that can be counted of the tables of a release, as one JSON value."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from builder.release.documents.counts import corpus, labelling, shape
from builder.release.documents.counts.people import commenters
from builder.release.documents.counts.splits import splits, withdrawals, withdrawn_since


def counted(tables: Mapping[str, pa.Table], schemas: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The counts by name, from the tables by name and their JSON Schemas; the same for the same rows.

    Tables and columns that are not there, because a tier lacks them, are passed over.
    """
    return {
        "tables": shape.shapes(tables),
        "links": shape.links(tables, schemas),
        "sources": corpus.sources(tables),
        "languages": corpus.languages(tables),
        "years": corpus.years(tables),
        "dates": corpus.dates(tables),
        "text_lengths": corpus.text_lengths(tables),
        "threads": corpus.threads(tables),
        "duplicates": corpus.duplicates(tables),
        "issues": corpus.issues(tables),
        "captures": corpus.captures(tables),
        "commenters": commenters(tables),
        "labels": labelling.labels(tables),
        "annotations": labelling.annotations(tables),
        "annotation_days": labelling.periods(tables),
        "configs": labelling.configs(tables),
        "splits": splits(tables),
        "withdrawals": withdrawals(tables),
        "withdrawn_since": withdrawn_since(tables),
    }
