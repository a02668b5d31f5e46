"""cffconvert in an environment of its own, made once: it needs an old jsonschema."""

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from platformdirs import user_cache_path

from builder.core.lock import locked

LOCK = Path(__file__).with_name("cffconvert.txt")


def cffconvert() -> Path:
    """The command, installed into the user's cache unless it is there."""
    name = f"cffconvert-{sha256(LOCK.read_bytes()).hexdigest()[:12]}"
    venv = user_cache_path("newsthreads", appauthor=False).absolute() / name
    with locked(venv, 600.0):
        if not (venv / "ready").exists():
            make(venv)
    return venv / "bin" / "cffconvert"


def make(venv: Path) -> None:
    """Make the environment from its lock."""
    subprocess.run([sys.executable, "-I", "-m", "venv", "--clear", venv], check=True)
    pip = [venv / "bin/python", "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--no-deps", "--require-hashes", "-r", LOCK], check=True)
    (venv / "ready").touch()
