"""Figures against their gates, and the page that shows them."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

EXPLANATION = """\
Runs were taken alternately on one machine with a warm page cache; a figure is the median of {rounds}. Seconds
differ between machines, ratios hardly do. The naive script (`naive_pandas.py`) does less than the builder: no
offsets, hashes, probabilities, segments, checks or copies. Exact copies are found, near ones and languages left out:
LANGUAGE.md and DUPLICATES.md say what these cost. Growth is of processor time with start-up taken off."""
LIBRARIES = ("numpy", "pandas", "pyarrow")


@dataclass(frozen=True)
class Figure:
    """What was measured, its value, and the most it may be (None: for information)."""

    what: str
    value: float
    gate: float | None = None

    @property
    def passes(self) -> bool:
        """Whether the value is within its gate."""
        return self.gate is None or self.value <= self.gate

    @property
    def row(self) -> tuple[str, str, str, str]:
        """The figure as cells of a table."""
        verdict = "" if self.gate is None else "holds" if self.passes else "FAILS"
        return self.what, f"{self.value:.2f}", "" if self.gate is None else f"{self.gate:g}", verdict


@dataclass(frozen=True)
class Timing:
    """One line of the raw figures: medians of a command's runs in seconds and MB."""

    what: str
    wall: float
    cpu: float
    memory: float

    @property
    def row(self) -> tuple[str, str, str, str]:
        """The timing as cells of a table."""
        return self.what, f"{self.wall:.2f}", f"{self.cpu:.2f}", f"{self.memory:.0f}"


def page(figures: Sequence[Figure], timings: Sequence[Timing], rounds: int) -> str:
    """The results as Markdown."""
    parts = [
        "# Results of `make bench`",
        EXPLANATION.format(rounds=rounds),
        table(("figure", "value", "gate", ""), [each.row for each in figures]),
        "## Seconds and megabytes behind them",
        table(("command", "wall s", "CPU s", "peak MB"), [each.row for each in timings]),
        "## Machine",
        "\n".join(f"- {fact}" for fact in machine_facts()),
    ]
    return "\n\n".join(parts) + "\n"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; the first column is text, the others are figures."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def machine_facts() -> list[str]:
    """What a reader must know to compare: processor, memory, versions; nothing that names the machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return [
        f"{os.cpu_count()} cores, {processor()}, {memory:.0f} GiB of memory",
        f"{platform.system()} on {platform.machine()}",
        ", ".join(
            [f"Python {platform.python_version()}", *(f"{each} {version(each)}" for each in LIBRARIES)]
        ),
    ]


def processor() -> str:
    """The processor's model as the kernel calls it."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown"
    )
