"""The model that comes with the package, and the way to make another."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from builder.core.packaged import data_file, data_text
from builder.core.storage import replace

if TYPE_CHECKING:
    from builder.parse.model import Model

_WEIGHTS, _WORDS = "weights.json", "lexicon.json"


def shipped_model() -> "Model":
    """The weights and the lexicon of this version."""
    from builder.parse.model import make_model  # noqa: PLC0415 - who only asks for the hash needs no parser

    return make_model(json.loads(data_text("parse", _WEIGHTS)), shipped_words())


def shipped_words() -> dict[str, list[str]]:
    """The lists of words of this version."""
    words: dict[str, list[str]] = json.loads(data_text("parse", _WORDS))
    return words


def weights_sha256() -> str:
    """A hash of all that a parse depends on beside the capture and the code."""
    both = data_text("parse", _WEIGHTS) + data_text("parse", _WORDS)
    return sha256(both.encode()).hexdigest()


def weights_file() -> Path:
    """The file that the parser takes its weights from."""
    return data_file("parse", _WEIGHTS)


def train_weights(threads: Path, out: Path, tell: Callable[[int, int, str], None] | None) -> None:
    """Train on all threads of a folder and write the weights, with a note of how they were made."""
    from builder.learn.threads import load_threads  # noqa: PLC0415 - a build needs none of this
    from builder.learn.train import ROUNDS, train  # noqa: PLC0415

    loaded = load_threads(threads)
    if tell:
        tell(0, 1, f"{len(loaded)} threads")
    weights = train(loaded, shipped_words())
    sites = len({thread.name for thread in loaded})
    about = (
        f"Trained by `builder train` on {len(loaded)} texts of {sites} real pages (with and without lost links; "
        "also as articles alone, and varied), by conditional likelihood with a normal prior around the "
        f"convention, L-BFGS, {ROUNDS} rounds. Log weights times 1024. No text of these pages is in here."
    )
    content = json.dumps({"about": about, **weights}, indent=1, ensure_ascii=False) + "\n"
    replace(out, content.encode())
