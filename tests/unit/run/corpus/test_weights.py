"""Weights: the model that comes with the package, named by a hash, and the way to make another."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from builder.core.packaged import data_text
from builder.learn import train as train_module
from builder.parse.model import make_model
from builder.run.corpus import weights
from builder.run.corpus.weights import (
    shipped_model,
    shipped_words,
    train_weights,
    weights_file,
    weights_sha256,
)
from tests.unit.learn.folder import lay_out


@pytest.fixture
def few_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Training that stops after a round."""
    train: Callable[..., dict[str, Any]] = train_module.train
    monkeypatch.setattr(train_module, "train", lambda threads, words: train(threads, words, rounds=1))


def test_the_shipped_model_is_whole() -> None:
    """The package's own weights and words make a model."""
    assert shipped_model().lexicon.longest == max(
        len(word) for words in shipped_words().values() for word in words
    )


@pytest.mark.parametrize("changed", ["weights.json", "lexicon.json"])
def test_the_hash_is_of_weights_and_words(changed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hash names all that a parse depends on: another weight or another word is another hash."""
    both = data_text("parse", "weights.json") + data_text("parse", "lexicon.json")
    assert weights_sha256() == sha256(both.encode()).hexdigest()
    monkeypatch.setattr(
        weights, "data_text", lambda room, name: data_text(room, name) + " " * (name == changed)
    )
    assert weights_sha256() != sha256(both.encode()).hexdigest()


def test_the_weights_file_is_the_parsers() -> None:
    """The file that training writes to is the one that the parser reads."""
    assert weights_file().read_bytes().decode() == data_text("parse", "weights.json")


@pytest.mark.usefixtures("few_rounds")
def test_trained_weights_are_written_with_a_note(tmp_path: Path) -> None:
    """Training writes a file that the parser can use, says how it was made, and leaves the package's own alone."""
    before = weights_file().read_bytes()
    told: list[tuple[int, int, str]] = []
    train_weights(lay_out(tmp_path / "threads"), tmp_path / "new.json", lambda *said: told.append(said))
    written = json.loads((tmp_path / "new.json").read_bytes())
    make_model(written, shipped_words())
    assert "4 texts of 4 real pages" in written["about"]
    assert "builder train" in written["about"]
    assert told[0] == (0, 1, "4 threads")
    assert weights_file().read_bytes() == before


@pytest.mark.usefixtures("few_rounds")
def test_the_same_threads_give_the_same_file(tmp_path: Path) -> None:
    """Trained again on the same threads the file has the same bytes."""
    threads = lay_out(tmp_path / "threads")
    for name in ("one.json", "two.json"):
        train_weights(threads, tmp_path / name, None)
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
