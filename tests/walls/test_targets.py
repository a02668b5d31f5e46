"""The Makefile's targets: each has its line of help, and what names a target names a real one."""

import re
import subprocess
from pathlib import Path

from tests.walls.sources import ROOT, project

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))


def test_help_lists_every_target(repository: Path) -> None:
    """`make help` prints one line for each target, and for nothing else."""
    done = subprocess.run(["make", "-s", "help"], cwd=repository, capture_output=True, text=True, check=True)
    listed = [line.split()[0] for line in done.stdout.splitlines()]
    assert sorted(listed) == sorted(TARGETS)


def test_the_promised_targets_are_there() -> None:
    """The targets that people and CI rely on exist."""
    assert {"demo", "test", "lint", "eval", "train", "bench", "soak", "lock", "clean", "help"} <= TARGETS


def test_a_target_is_no_file() -> None:
    """Every target is declared phony, so that a file of its name cannot silence it."""
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony
    assert set(phony.group(1).split()) == TARGETS


def test_ci_makes_real_targets() -> None:
    """Each step of CI is a target of the Makefile."""
    steps = re.findall(r"^step (\w+)", (ROOT / ".ci/run").read_text(encoding="utf-8"), re.MULTILINE)
    assert steps
    assert set(steps) <= TARGETS


def test_citation_and_package_agree() -> None:
    """The version to cite is the version of the package."""
    package = project()["tool"]["hatch"]["version"]["path"]
    version = re.search(r'__version__ = "(.+)"', (ROOT / package).read_text(encoding="utf-8"))
    assert version
    assert f"\nversion: {version.group(1)}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
