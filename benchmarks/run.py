"""Measures builds against a floor, scripts, libraries and other builds: `python -m benchmarks.run [SECTION ...]`.

A section is `building`, `peers` or `many`. All of them, with 200,000 captures, are a full run, which takes half an hour
or more and 20 GB of disk. From 20,000 captures on a results page is written, but gates are meant for the full run;
anything less is a quick look. BENCH_FILES says how many captures, BENCH_ROUNDS (3) how many pairs, BENCH_DIR where
captures and baselines are kept between runs, by default in the system's temporary directory.
"""

import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks import building, many, peers
from benchmarks.inputs import FILES, FULL, ROUNDS, SCRATCH
from benchmarks.results import EXPLANATION, Section, page

HERE = Path(__file__).parent
PAGE = 20_000
"""From so many captures on a run is worth a page."""
SECTIONS: Mapping[str, Callable[[], Section]] = {
    "building": building.section,
    "peers": peers.section,
    "many": many.section,
}


def main(names: Sequence[str]) -> int:
    """Make what is missing of the corpus and the baselines, measure, print; write the results of a full run."""
    os.environ["PYTHONPATH"] = str(HERE.parent)  # the baselines run elsewhere, some in another environment
    if "peers" in names:
        for one in peers.ENVIRONMENTS:
            one.python()
    sections = []
    for name in names:
        print(f"{name}, {FILES:,} captures", flush=True)
        sections.append(SECTIONS[name]())
        shutil.rmtree(
            SCRATCH / "out", ignore_errors=True
        )  # tables and kept parts take four times their captures
    whole = FILES >= PAGE and set(names) == set(SECTIONS)
    shown = sections if FILES >= FULL else [section.without_gates() for section in sections]
    text = page(shown, EXPLANATION.format(files=FILES, rounds=ROUNDS))
    print("\n" + text)
    if whole:
        return verdict(shown, text)
    print("A quick look: benchmarks/RESULTS.md is as it was.")
    return 0


def verdict(sections: Sequence[Section], text: str) -> int:
    """The exit code of a run whose page replaces the last one."""
    (HERE / "RESULTS.md").write_text(text, encoding="utf-8")
    failed = [figure.what for section in sections for figure in section.figures if not figure.passes]
    print("No gate fails." if not failed else "Gates that fail: " + "; ".join(failed))
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or list(SECTIONS)))
