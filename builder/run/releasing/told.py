"""What the tables of a dataset cannot tell, from the records beside them and the annotators' agreement."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from builder.core.errors import DataError
from builder.core.settings import Settings
from builder.core.staging import MARK
from builder.run.corpus.record import read_record
from builder.run.labels.agreement import find_agreement
from builder.run.labels.label_set_record import label_set_names, read_label_set_record
from builder.run.releasing.error_rates import error_rates


def told_of_build(tables: Path) -> dict[str, Any]:
    """What a folder of tables was built from: captures, the parser's weights, and how often its guesses fail.

    Raises ``DataError`` where there are no tables.
    """
    record = read_record(tables)
    listing = record.listing
    return {
        "captures": {"files": listing.captures, "bytes": listing.bytes, "sha256": listing.sha256},
        "weights_sha256": record.weights_sha256,
        "error_rates": error_rates(),
    }


def told_of_labels(settings: Settings) -> dict[str, Any]:
    """How label sets were made, how far annotators agree, and which labels the settings call severe."""
    home, severe = settings.label_sets_dir, settings.severe
    return {
        "label_sets": {name: dict(read_label_set_record(home / name).how) for name in label_set_names(home)},
        "agreement": _agreement(settings),
        **({"severe": {"question": severe.question, "values": list(severe.values)}} if severe else {}),
    }


def _agreement(settings: Settings) -> list[dict[str, Any]]:
    """Agreement question by question; nothing where nobody's answers count."""
    if not (settings.merged_dir / MARK).is_file():
        return []
    try:
        return [
            _short(asdict(each.subject) | asdict(each.measures))
            for each in find_agreement(settings).questions
        ]
    except DataError:
        return []


def _short(row: dict[str, Any]) -> dict[str, Any]:
    """Numbers to six digits: what is left is the same on every machine."""
    return {name: round(value, 6) if isinstance(value, float) else value for name, value in row.items()}
