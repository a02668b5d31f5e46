"""The model that comes with the package."""

import json
from hashlib import sha256

from builder.core.packaged import data_text
from builder.parse.model import Model, make_model


def shipped_model() -> Model:
    """The weights and the lexicon of this version."""
    return make_model(json.loads(data_text("parse", "weights.json")), shipped_words())


def shipped_words() -> dict[str, list[str]]:
    """The lists of words of this version."""
    words: dict[str, list[str]] = json.loads(data_text("parse", "lexicon.json"))
    return words


def weights_sha256() -> str:
    """A hash of all that a parse depends on beside the capture and the code."""
    both = data_text("parse", "weights.json") + data_text("parse", "lexicon.json")
    return sha256(both.encode()).hexdigest()
