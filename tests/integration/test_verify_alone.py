"""A stranger with the installed package alone can verify a release: no checkout, no dataset, no network."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.unit.run.releasing.labelled_pages import cut_one, labelled_pages

NO_NETWORK = """
import socket
def refuse(*_args, **_more):
    raise AssertionError("somebody wanted the network")
socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse
"""


@pytest.fixture(scope="module")
def tar(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tar of a release, with nothing beside it."""
    made = cut_one(labelled_pages(tmp_path_factory.mktemp("publisher")))
    return Path(shutil.copy(made.tar, tmp_path_factory.mktemp("stranger")))


@pytest.fixture(scope="module")
def python(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment with the wheel that was just built, which sees what it needs and no checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(build, cwd=repository, check=True, capture_output=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "env"], check=True)
    (wheel,) = folder.glob("*.whl")
    site = next((folder / "env/lib").glob("python*/site-packages"))
    shutil.unpack_archive(wheel, site, "zip")
    # Added at the end and without its own .pth files, so that the working copy is not found there.
    (site / "needed.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    return folder / "env/bin/python"


def verify(python: Path, tar: Path, before: str = "") -> subprocess.CompletedProcess[str]:
    """Run the verb far away from the checkout."""
    script = f"{before}\nimport builder\nfrom builder.cli import main\nmain()"
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    words = [python, "-c", script, "verify", tar.name, "--json"]
    return subprocess.run(words, cwd=tar.parent, env=clean, capture_output=True, text=True, check=False)


def test_the_wheel_is_what_runs(python: Path, repository: Path, tar: Path) -> None:
    """The package that the stranger runs is not the one of the checkout."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    words = [python, "-c", "import builder; print(builder.__file__)"]
    where = subprocess.run(
        words, cwd=tar.parent, env=clean, capture_output=True, text=True, check=True
    ).stdout
    assert not Path(where.strip()).is_relative_to(repository / "builder")


def test_a_stranger_verifies_a_release(python: Path, tar: Path) -> None:
    """The installed wheel finds a whole release whole, and asks no network."""
    done = verify(python, tar, NO_NETWORK)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert (found["ok"], found["name"], found["version"]) == (True, "pages", "0.1.0")
    assert found["rows"]["comments"] > 0


def test_a_stranger_finds_damage(python: Path, tar: Path, tmp_path: Path) -> None:
    """The installed wheel ends with 1 for a damaged release, and says where."""
    content = tar.read_bytes()
    assert b"# Changelog" in content
    damaged = tmp_path / tar.name
    damaged.write_bytes(content.replace(b"# Changelog", b"# Changelof", 1))
    done = verify(python, damaged, NO_NETWORK)
    assert done.returncode == 1, done.stderr
    assert "CHANGELOG.md" in {fault["table"] for fault in json.loads(done.stdout)["faults"]}
