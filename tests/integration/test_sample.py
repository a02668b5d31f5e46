"""The sample dataset: builds without an error, checks clean, and its datasheet tells what its tables say."""

from pathlib import Path

from tests.integration.command import built, run


def test_the_sample_is_in_order(repository: Path, tmp_path: Path) -> None:
    """Build, check and datasheet agree; if the last does not: builder build && builder datasheet --write."""
    summary = built("--out", tmp_path / "tables", cwd=repository)
    assert summary["code"] == 0
    checked = run("check", "--tables", tmp_path / "tables", cwd=repository)
    assert checked.returncode == 0, checked.stdout
    sheet = run("datasheet", "--check", "--tables", tmp_path / "tables", cwd=repository)
    assert sheet.returncode == 0, sheet.stdout
