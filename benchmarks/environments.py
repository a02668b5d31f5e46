"""Environments of the baselines' own, made once in the benchmark's scratch folder, in pinned versions."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from benchmarks.inputs import SCRATCH


@dataclass(frozen=True)
class Environment:
    """What is installed: packages with what they need, and others `alone` where they ask for far more than is used."""

    name: str
    packages: tuple[str, ...]
    alone: tuple[str, ...] = ()

    @property
    def versions(self) -> str:
        """The package that it is for, with its version."""
        return (self.alone or self.packages)[0].replace("==", " ")

    def python(self) -> Path:
        """The interpreter, in an environment that is made where it is missing or holds other versions."""
        home = SCRATCH / f"env-{self.name}"
        python, done = home / "bin" / "python", home / f"done-{self._mark()}"
        if not done.exists():
            print(f"Installing {self.versions} into an environment of its own.", flush=True)
            subprocess.run([sys.executable, "-m", "venv", "--clear", home], check=True)
            install(python, self.packages)
            if self.alone:
                install(python, ["--no-deps", *self.alone])
            done.touch()
        return python

    def _mark(self) -> str:
        return sha256(str((self.packages, self.alone)).encode()).hexdigest()[:12]


def install(python: Path, words: Sequence[str]) -> None:
    """Let an environment's pip install something."""
    command: list[str | Path] = [
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        *words,
    ]
    subprocess.run(command, check=True)
