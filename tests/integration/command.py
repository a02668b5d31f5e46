"""The real command, run as a user runs it, and raw captures for it."""

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

COMMAND = [sys.executable, "-m", "builder"]
SENTENCE = "the harbour crane stands still since Monday and nobody in the council knows why it does not move"
# Root reads and writes everything. Without these two rights it is a user like any other.
POWERLESS = """
import ctypes, os, sys
if os.geteuid() == 0:
    for right in (1, 2):
        assert ctypes.CDLL(None).prctl(24, right, 0, 0, 0) == 0, "cannot give up the rights of root"
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


def run(
    *words: str | Path, cwd: Path, powerless: bool = False, before: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run ``builder`` with these words; ``before`` is Python to be run first in its process."""
    return subprocess.run(
        call(*words, powerless=powerless, before=before),
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def call(*words: str | Path, powerless: bool = False, before: str = "") -> list[str]:
    """The command line that runs ``builder`` with these words."""
    own = f"{before}\nfrom builder.cli import main\nif __name__ == '__main__': main()"
    script = ["-c", own] if before else COMMAND[1:]
    rights = ["-c", POWERLESS] if powerless else []
    return [sys.executable, *rights, *script, *map(str, words)]


def built(*words: str | Path, cwd: Path, **how: Any) -> dict[str, Any]:
    """The summary of a build that was asked for JSON."""
    done = run("build", "--json", *words, cwd=cwd, **how)
    assert done.stdout, done.stderr
    summary: dict[str, Any] = json.loads(done.stdout)
    return summary | {"code": done.returncode}


def thread(seed: int, comments: int = 4) -> str:
    """The text of a capture in the convention that blank lines carry: an article, then comments."""
    choose = random.Random(seed)

    def sentence(least: int) -> str:
        words = " ".join(choose.choices(SENTENCE.split(), k=choose.randint(least, 2 * least)))
        return words.capitalize()

    article = [sentence(6), *(f"{sentence(30)} in {seed}." for _ in range(3))]
    said = [f"Harbour Ann {number}\n\n{sentence(12)}!" for number in range(comments)]
    return "\n\n".join(article) + "\n\n\n" + "\n\n".join(said) + "\n"


def captures(root: Path, count: int, source: str = "paper") -> Path:
    """A raw folder with so many captures of one source."""
    (root / source).mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (root / source / f"{number}.txt").write_text(thread(number), encoding="utf-8")
    return root


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {file.name: file.read_bytes() for file in folder.iterdir()}
