"""How often languages and copies are told wrongly, as the project's own benchmarks measured it."""

import json
from collections.abc import Mapping
from typing import Any

from builder.core.packaged import data_text

Rates = Mapping[str, Any]


def error_rates() -> dict[str, dict[str, Any]]:
    """The rates as tables, each with a head and rows, as ``benchmarks.language`` and ``.duplicates`` left them."""
    return {
        "language": _of_languages(json.loads(data_text("_data/measured", "language.json"))),
        "near_duplicates": _of_copies(json.loads(data_text("_data/measured", "duplicates.json"))),
    }


def _of_languages(found: Rates) -> dict[str, Any]:
    texts = f"comments on {found['pages']} pages in {len(found['languages'])} languages, by {found['model']}"
    shares = (found["right"], found["wrong"], found["undetermined"])
    return {
        "head": ["texts", "number", "right", "wrong", "undetermined"],
        "rows": [[texts, found["comments"], *map(_percent, shares)]],
    }


def _of_copies(found: Rates) -> dict[str, Any]:
    """Kinds of copies planted among generated comments; alike are those that share at least .7 of their words."""
    return {
        "head": ["what was done to the copy", "planted", "alike enough", "of these found"],
        "rows": [
            [
                kind,
                one["planted"],
                one["alike"],
                _percent(one["found"] / one["alike"] if one["alike"] else None),
            ]
            for kind, one in found["kinds"].items()
        ],
    }


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f} %"
