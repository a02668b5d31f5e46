"""Figures against their gates, and the page that shows them."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

EXPLANATION = """\
{files:,} generated captures of about 5 KB. Commands that are compared were run side by side, with a warm page cache, in
rounds that go forwards and backwards; a figure is the median of {rounds}. CPU and memory are those of the whole
process tree. Seconds differ between machines, ratios hardly do."""
LIBRARIES = ("numpy", "pandas", "pyarrow")


@dataclass(frozen=True)
class Figure:
    """What was measured, its value, the most it may be (None: for information), and what it should be."""

    what: str
    value: float
    gate: float | None = None
    goal: float | None = None

    @property
    def passes(self) -> bool:
        """Whether the value is within its gate."""
        return self.gate is None or self.value <= self.gate

    @property
    def row(self) -> tuple[str, str, str, str]:
        """The figure as cells of a table."""
        verdict = "" if self.gate is None else "holds" if self.passes else "FAILS"
        return self.what, f"{self.value:.2f}", "" if self.gate is None else f"{self.gate:g}", verdict

    @property
    def row_with_goal(self) -> tuple[str, str, str, str, str]:
        """The figure as cells of a table that has a column for goals."""
        what, value, gate, verdict = self.row
        return what, value, gate, "" if self.goal is None else f"{self.goal:g}", verdict


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


@dataclass(frozen=True)
class Section:
    """What was measured together: what it is, its figures, and the timings behind them."""

    title: str
    said: str
    figures: Sequence[Figure]
    timings: Sequence[Timing]
    versions: tuple[str, ...] = ()

    def without_gates(self) -> "Section":
        """The same figures where no gate is meant for them: fewer captures take more of their time to start."""
        return replace(self, figures=[replace(each, gate=None, goal=None) for each in self.figures])

    @property
    def text(self) -> str:
        """The section as Markdown, without its figures, which stand at the top of the page."""
        timings = table(("command", "wall s", "CPU s", "peak MB"), [each.row for each in self.timings])
        return f"## {self.title}\n\n{self.said}\n\n{timings}"


def page(sections: Sequence[Section], said: str) -> str:
    """The results as Markdown: all figures, then what is behind them."""
    figures = [figure for section in sections for figure in section.figures]
    versions = [each for section in sections for each in section.versions]
    parts = [
        "# Results of `make bench`",
        said,
        table(("figure", "value", "gate", "goal", ""), [each.row_with_goal for each in figures]),
        *(section.text for section in sections),
        "## Machine",
        "\n".join(f"- {fact}" for fact in (*machine_facts(), *([", ".join(versions)] if versions else []))),
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


def concluded(page: Path, text: str, figures: Sequence[Figure], quick_look: str = "") -> int:
    """Print a page, which replaces the last one unless this was a quick look; the exit code, 1 where a gate fails.

    ``quick_look`` says what a quick look was at; nothing for a full run.
    """
    print("\n" + text)
    if quick_look:
        print(f"A quick look at {quick_look}: no gates, {page.parent.name}/{page.name} is as it was.")
        return 0
    page.write_text(text, encoding="utf-8")
    failed = [figure.what for figure in figures if not figure.passes]
    print("All gates hold." if not failed else "Gates that fail: " + "; ".join(failed))
    return bool(failed)
