"""The README's commands, as they run in a copy of the sample.

``python -m tests.integration.readme`` puts into it what they print now, and the ratios of
the last ``make bench``.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
BENCHMARKS = ROOT / "benchmarks"
RUN = {"sh": ["bash", "-e", "-c"], "python": [sys.executable, "-W", "error", "-c"]}
_FENCED = re.compile(r"^```(sh|python)\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)
_GATES = re.compile(r"(<!-- gates:(\w+) -->\n)(.*?)(?=<!-- /gates -->)", re.DOTALL)
_HOME = "BUILDER_STUDIO_HOME"
_SECONDS = re.compile(r"\bin \d+\.\d s\b")


@dataclass(frozen=True)
class Block:
    """A fenced block that can be run, and the output shown below it; none where none is shown."""

    language: str
    code: str
    shown: str | None
    place: tuple[int, int]

    def __str__(self) -> str:
        """What to call it in a report."""
        return self.code.splitlines()[0]


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a text that can be run, in order; `place` is that of the shown output."""
    for found in _FENCED.finditer(text):
        yield Block(found[1], found[2], found[3], found.span(3))


def runnable(code: str) -> str:
    """The code without `make`: the demonstration is `builder build`, and the tests do not run themselves."""
    lines = ["builder build" if line == "make demo" else line for line in code.splitlines()]
    return "\n".join(line for line in lines if not line.startswith("make "))


def sample(folder: Path) -> Path:
    """A copy of the sample captures and their settings."""
    shutil.copytree(ROOT / "data" / "raw", folder / "data" / "raw")
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def run(block: Block, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a block in a folder, with this interpreter's commands on the path and 110 columns to write in."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("LABEL_STUDIO_")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [*RUN[block.language], runnable(block.code)],
        cwd=folder,
        env={**environ, "PATH": path, "COLUMNS": "110", "PYTHONUTF8": "1", _HOME: str(folder / "studio")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def legible(output: str) -> str:
    """An output as it is shown: no white space at the ends of lines, the same time each time."""
    lines = [line.rstrip() for line in output.splitlines()]
    return _SECONDS.sub("in 0.1 s", "".join(f"{line}\n" for line in lines))


def gates(page: str) -> str:
    """The table of ratios on a page that `make bench` wrote."""
    lines = (BENCHMARKS / f"{page}.md").read_text(encoding="utf-8").split("\n## ")[0].splitlines()
    tables = "".join(f"{line}\n" for line in lines if line.startswith("|") or not line).split("\n\n")
    return next(table.strip() for table in tables if table.strip().startswith("| figure")) + "\n"


def shown_gates(text: str) -> dict[str, str]:
    """The tables of ratios that a text shows, by the page that they are from."""
    return {found[2]: found[3] for found in _GATES.finditer(text)}


def refreshed(text: str, folder: Path) -> str:
    """The README with all outputs as they are now."""
    outputs = [(block, legible(run(block, folder).stdout)) for block in blocks(text)]
    for block, output in reversed(outputs):
        if block.shown is not None:
            start, end = block.place
            text = text[:start] + output + text[end:]
    return _GATES.sub(lambda found: found[1] + gates(found[2]), text)


if __name__ == "__main__":
    with TemporaryDirectory() as temporary:
        README.write_text(
            refreshed(README.read_text(encoding="utf-8"), sample(Path(temporary) / "sample")), "utf-8"
        )
