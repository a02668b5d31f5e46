"""The wheel carries all that the command needs away from the repository, and nothing else."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.walls.sources import BUILDER, ROOT


@pytest.fixture(scope="module")
def inside(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in a wheel that was just built."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return set(ZipFile(wheel).namelist())


@pytest.mark.parametrize("folder", ["schemas", "annotation_configs"])
def test_the_wheel_carries_the_contracts(inside: set[str], folder: str) -> None:
    """Every schema and every labelling config is in the wheel."""
    here = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
    assert {f"builder/_data/{each}" for each in here} <= inside


def test_the_wheel_carries_the_package(inside: set[str]) -> None:
    """Every file of the package is in the wheel, and no other top-level folder."""
    kept = [path for path in BUILDER.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert {path.relative_to(ROOT).as_posix() for path in kept} <= inside
    assert {Path(each).parts[0].partition("-")[0] for each in inside} == {"builder", "newsthreads"}
