"""A cluster: what each of its workers must see as the builder does, and what is told where there is none."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from builder.core.errors import UsageError
from builder.run.corpus.choice import choose
from builder.run.corpus.cluster import Sight, refuse_stranger
from builder.run.corpus.recipe import code_sha256


@pytest.fixture
def sight(tmp_path: Path) -> Sight:
    """What a worker that is in its place sees."""
    (tmp_path / "sign").write_text("a word", encoding="utf-8")
    return Sight(tmp_path, tmp_path / "sign", "a word", code_sha256())


def test_a_worker_in_its_place_is_let_in(sight: Sight) -> None:
    """Who sees the captures, the tables and the same code works."""
    assert not refuse_stranger(sight)


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"raw": Path("nowhere")}, "does not see nowhere. Put the raw captures"),
        ({"sign": Path("nowhere/sign")}, "does not see nowhere. Put the tables"),
        ({"word": "another"}, "Put the tables"),
        ({"code": "0"}, "another version"),
    ],
    ids=["raw", "tables", "another folder", "code"],
)
def test_a_stranger_is_refused(sight: Sight, other: dict[str, Path | str], told: str) -> None:
    """Who sees another disk, or has other code, is told by name what to do about it."""
    with pytest.raises(UsageError, match=told) as refused:
        refuse_stranger(replace(sight, **other))
    assert str(refused.value).startswith("The worker ")


def test_without_dask_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the extra is not installed, asking for it names it."""
    monkeypatch.delitem(sys.modules, "builder.run.corpus.cluster")
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"newsthreads\[dask\]"):
        choose("dask", None)
