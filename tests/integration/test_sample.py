"""The sample dataset: builds without an error, checks clean, and its datasheet tells what its tables say."""

import shutil
from pathlib import Path

from tests.integration.command import built, run


def test_the_sample_is_in_order(repository: Path, tmp_path: Path) -> None:
    """Build, check, datasheet agree; else: builder build && builder datasheet --write --tables data/tables."""
    summary = built("--out", tmp_path / "tables", cwd=repository)
    assert summary["code"] == 0
    checked = run("check", "--tables", tmp_path / "tables", cwd=repository)
    assert checked.returncode == 0, checked.stdout
    sheet = run("datasheet", "--check", "--tables", tmp_path / "tables", cwd=repository)
    assert sheet.returncode == 0, sheet.stdout


def test_the_known_answers_of_the_sample_are_in_order(repository: Path, tmp_path: Path) -> None:
    """What the sample says of right answers fits the config that asks, the comments, and their texts."""
    for name in ("data/raw", "data/gold"):
        shutil.copytree(repository / name, tmp_path / name)
    shutil.copy(repository / "pyproject.toml", tmp_path)
    assert built(cwd=tmp_path)["code"] == 0
    checked = run("gold", "check", cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout
    assert "Nothing wrong." in checked.stdout
