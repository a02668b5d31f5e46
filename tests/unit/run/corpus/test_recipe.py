"""The recipe: all that parts depend on beside their captures."""

import pytest

from builder.run.corpus import recipe
from builder.run.corpus.recipe import code_sha256, recipe_of


def test_choices_matter() -> None:
    """Other weights or settings are another recipe, and none can be taken for two."""
    assert recipe_of("weights") == recipe_of("weights")
    assert (
        len({recipe_of("weights"), recipe_of("other"), recipe_of("weights", ""), recipe_of("", "weights")})
        == 4
    )


@pytest.mark.parametrize("room", ["core", "contracts", "parse", "tables", "run/corpus", "schemas"])
def test_code_matters(monkeypatch: pytest.MonkeyPatch, room: str) -> None:
    """One more byte in any file that makes tables is other code."""
    before = code_sha256()
    read = recipe.packaged_files if room == "schemas" else recipe.room_files
    name = "packaged_files" if room == "schemas" else "room_files"

    def changed(asked: str) -> dict[str, bytes]:
        files = read(asked)
        return {key: data + b"#" * (asked == room) for key, data in files.items()}

    monkeypatch.setattr(recipe, name, changed)
    assert code_sha256.__wrapped__() != before


def test_libraries_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version of a library that tables are made with is other code."""
    before = code_sha256()
    monkeypatch.setattr(recipe, "version", lambda library: "0" if library == "pyarrow" else "1")
    assert code_sha256.__wrapped__() != before
