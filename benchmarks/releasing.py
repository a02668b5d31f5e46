"""Measures `builder release` and `builder verify` against bare Parquet: `python -m benchmarks.releasing`.

BENCH_COMMENTS (200000) is about how many comments there are; with fewer it is a quick look without gates or a results
page.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from benchmarks.account import Cost, cost_of
from benchmarks.corpus import BLOCK, documents
from benchmarks.exported import BUILDER
from benchmarks.inputs import SCRATCH
from benchmarks.results import Figure, Timing, concluded, machine_facts, table
from builder.core.immutable import discard_read_only

HERE = Path(__file__).parent
FULL = 200_000
COMMENTS = int(os.environ.get("BENCH_COMMENTS", FULL))
OF_A_BLOCK = 17_000
ROUNDS = 3
MOST_OF_CUTTING, MOST_OF_VERIFYING = 15.0, 4.0
CUT, NEXT, VERIFY, BARE = "builder release", "builder release, the next one", "builder verify", "bare Parquet"
NAME = "bench"
SETTINGS = """[tool.builder]
name = "{name}"
title = "Invented captures for benchmarks"
licence = "CC0-1.0"
contact = "nobody"
key = "{key}"
near_duplicates = false
"""
EXPLANATION = """\
A dataset of {comments:,} comments below {articles:,} articles, with {segments:,} segments; no labels. Bare Parquet is
what no release can do without: its tables read, written as zstd (level 3), and one SHA-256 pass over what was written,
by pyarrow alone. `builder release` reads the tables at home, replaces names and addresses in texts, splits, writes,
hashes rows, counts, renders all documents, verifies what it has written, and packs the tar. The next one, which has
no gate, compares with the release before it as well. Near-duplicates are looked for by `builder build`, not here.

Seconds are processor time of whole processes with their start-up; a figure is the median of {rounds} rounds of one
run."""


def main() -> int:
    """Make the dataset, measure, print; write the results of a full run."""
    root = dataset()
    runs: dict[str, list[Cost]] = {what: [] for what in (CUT, NEXT, VERIFY, BARE)}
    stages: dict[str, Mapping[str, float]] = {}
    os.chdir(root)
    for _ in range(ROUNDS):
        discard_read_only(root / "releases")
        for what, costs in runs.items():
            costs.append(measure(what, root))
            print(f"{what}: {costs[-1].cpu:.1f} CPU s", flush=True)
    for what, words in ((CUT, ("release", "0.1.2", "--json")), (VERIFY, ("verify", "0.1.0", "--json"))):
        stages[what] = json.loads(subprocess.check_output([BUILDER, *words]))["seconds"]
    os.chdir(HERE.parent)
    return verdict(runs, stages, root)


def dataset() -> Path:
    """The dataset with its key, made where it is missing, and built by the parser as it is now."""
    root, done = SCRATCH / f"releasing-{COMMENTS}", SCRATCH / f"releasing-{COMMENTS}.done"
    if not done.exists():
        shutil.rmtree(root, ignore_errors=True)
        raw = root / "data/raw"
        for block in range(-(-COMMENTS // OF_A_BLOCK)):
            (raw / f"{block:04d}").mkdir(parents=True)
            for number, data in enumerate(documents(block)[: min(BLOCK, COMMENTS)]):
                (raw / f"{block:04d}" / f"{number:04d}.txt").write_bytes(data)
        key = SCRATCH / f"releasing-{COMMENTS}.key.json"
        key.unlink(missing_ok=True)
        (root / "pyproject.toml").write_text(SETTINGS.format(name=NAME, key=key), encoding="utf-8")
        subprocess.check_call([BUILDER, "build", "--json"], cwd=root, stdout=subprocess.DEVNULL)
        subprocess.check_call([BUILDER, "key", "new"], cwd=root, stdout=subprocess.DEVNULL)
        accept_names(root)
        done.touch()
    subprocess.check_call([BUILDER, "build", "--json"], cwd=root, stdout=subprocess.DEVNULL)
    return root


def accept_names(root: Path) -> None:
    """Accept that invented names are invented words, too: the corpus makes both of the same syllables."""
    names = sorted(set(pq.read_table(root / "data/tables/authors.parquet")["name"].to_pylist()))
    entries = (
        f'[[match]]\nname = {json.dumps(name, ensure_ascii=False)}\nverdict = "keep"\nreason = "Invented."\n'
        for name in names
    )
    (root / "release-allow.toml").write_text("\n".join(entries), encoding="utf-8")


def measure(what: str, root: Path) -> Cost:
    """Run one side once."""
    release = root / f"releases/{NAME}-0.1.0"
    words: Mapping[str, Sequence[str | Path]] = {
        CUT: [BUILDER, "release", "--json"],
        NEXT: [BUILDER, "release", "0.1.1", "--json"],
        VERIFY: [BUILDER, "verify", release, "--json"],
        BARE: [sys.executable, HERE / "bare.py", release, root / "bare"],
    }
    return cost_of(list(words[what]))


def verdict(runs: dict[str, list[Cost]], stages: Mapping[str, Mapping[str, float]], root: Path) -> int:
    """Print the page; the exit code; a full run's page replaces the last one."""
    figures = [
        Figure("cutting by bare Parquet", ratio(runs[CUT], runs[BARE]), MOST_OF_CUTTING),
        Figure("cutting the next one by bare Parquet", ratio(runs[NEXT], runs[BARE])),
        Figure("verifying by bare Parquet", ratio(runs[VERIFY], runs[BARE]), MOST_OF_VERIFYING),
    ]
    facts: dict[str, Any] = json.loads((root / f"releases/{NAME}-0.1.0/stats.json").read_bytes())
    rows = {name: one["rows"] for name, one in facts["files"].items()}
    parts = [
        "# Results of `make bench`: a release cut and verified",
        EXPLANATION.format(
            rounds=ROUNDS, **{name: rows[name] for name in ("comments", "articles", "segments")}
        ),
        table(("figure", "value", "gate", ""), [each.row for each in figures]),
        table(
            ("what", "wall s", "CPU s", "peak MB"), [timing(what, costs).row for what, costs in runs.items()]
        ),
        *(f"Wall seconds of one more run of `{what}` by stage:\n\n{told(stages[what])}" for what in stages),
        "## Machine",
        "\n".join(f"- {fact}" for fact in machine_facts()),
    ]
    text = "\n\n".join(parts) + "\n"
    quick_look = f"{rows['comments']:,} comments" if COMMENTS < FULL else ""
    return concluded(HERE / "RELEASING.md", text, figures, quick_look)


def timing(what: str, costs: list[Cost]) -> Timing:
    """The medians of some runs."""
    return Timing(
        what, *(statistics.median(getattr(one, name) for one in costs) for name in ("wall", "cpu", "memory"))
    )


def told(seconds: Mapping[str, float]) -> str:
    """The stages that took any time, as a table."""
    return table(("stage", "s"), [(name, f"{took:.2f}") for name, took in seconds.items() if took >= 0.01])


def ratio(ours: list[Cost], theirs: list[Cost]) -> float:
    """The median over rounds of ours by theirs."""
    return statistics.median(one.cpu / other.cpu for one, other in zip(ours, theirs, strict=True))


if __name__ == "__main__":
    sys.exit(main())
