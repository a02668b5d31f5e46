"""The citation file is valid, and its checker sees what is not."""

import subprocess
from pathlib import Path

import pytest

from tests.integration.formats.citing import cffconvert


def validated(folder: Path) -> subprocess.CompletedProcess[str]:
    """What cffconvert says of the CITATION.cff in a folder."""
    return subprocess.run(
        [cffconvert(), "--validate"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_citation_of_a_release_is_valid(release: Path) -> None:
    """``cffconvert --validate`` takes the CITATION.cff of a release."""
    done = validated(release)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "valid according to schema version 1.2.0" in done.stdout


def test_the_citation_of_the_repository_is_valid(repository: Path) -> None:
    """The repository's own CITATION.cff is valid too."""
    assert validated(repository).returncode == 0


@pytest.mark.parametrize("wrong", ["license: CC-NONSENSE", "type: sheep", "date-released: soon"])
def test_a_wrong_citation_is_seen(release: Path, tmp_path: Path, wrong: str) -> None:
    """An unknown licence, an unknown type and a date that is none are refused."""
    key = wrong.partition(":")[0]
    lines = (release / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    changed = [wrong if line.startswith(f"{key}:") else line for line in lines]
    (tmp_path / "CITATION.cff").write_text("\n".join(changed) + "\n", encoding="utf-8")
    assert validated(tmp_path).returncode != 0
