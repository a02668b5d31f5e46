"""Measures agreement and Dawid-Skene against the krippendorff package and crowd-kit: `python -m benchmarks.agreement`.

crowd-kit is installed into an environment of its own in the benchmark's scratch folder, without what its
Dawid-Skene does not use. BENCH_ITEMS (100000) is the number of items; with fewer it is a quick look without gates
or a results page.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Literal

import krippendorff
import numpy as np

from benchmarks.environments import Environment
from benchmarks.inputs import SCRATCH
from benchmarks.results import Figure, concluded, machine_facts, table
from builder.labels.alpha import nominal_alpha, ordinal_alpha
from builder.labels.arrays import Floats, Ints
from builder.labels.dawid_skene import Steps, dawid_skene
from builder.labels.resampling import Coefficient, Resampling
from builder.labels.votes import Patterns, Votes, patterns

HERE = Path(__file__).parent
FULL = 100_000
ITEMS = int(os.environ.get("BENCH_ITEMS", FULL))
PAIRS = 7
PEOPLE, OF_AN_ITEM, LABELS = 12, 3, 4
DRAWS = 1000
MOST_ALPHA, MOST_ESTIMATE = 1.0, 0.3
SAME_STEPS = Steps(most=20, tolerance=0.0, smoothing=0.0)
SHARED = tuple(f"{name}=={version(name)}" for name in ("numpy", "pandas", "scikit-learn"))
# crowd-kit asks for transformers, half a gigabyte that its Dawid-Skene never imports; so it is installed alone,
# beside what that does import, in the versions that the builder runs with.
CROWDKIT = Environment("crowd-kit", (*SHARED, "attrs", "tqdm", "nltk"), ("crowd-kit==1.4.2",))
EXPLANATION = """\
{items:,} items, each labelled by 3 of 12 annotators with one of 4 labels. Ours begins with the votes: counting them is
part of it. The krippendorff package is given counts, its fastest form, and makes no interval; ours makes one of 1,000
resamples. crowd-kit's Dawid-Skene runs in a process of its own; both take 20 steps, and then as many as each takes
until it holds itself to be done. A figure is the median of {pairs} pairs of processor seconds of one run."""

Level = Literal["nominal", "ordinal"]
ALPHAS: Mapping[Level, Callable[[Patterns], Coefficient]] = {
    "nominal": nominal_alpha,
    "ordinal": ordinal_alpha,
}
Side = Callable[[], float]
"""Does the work once; gives the processor seconds that it took."""


@dataclass
class Pairs:
    """The seconds of two sides, pair by pair."""

    what: str
    ours: list[float] = field(default_factory=list)
    theirs: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """The median over pairs of ours by theirs."""
        ratios = [one / other for one, other in zip(self.ours, self.theirs, strict=True)]
        return statistics.median(ratios)

    @property
    def row(self) -> tuple[str, str, str]:
        """The medians of both sides as cells of a table, in milliseconds."""
        ours, theirs = (f"{1000 * statistics.median(each):,.0f}" for each in (self.ours, self.theirs))
        return self.what, ours, theirs


def main() -> int:
    """Make the votes, measure, print; write the results of a full run."""
    truth, votes = made_votes()
    check_alpha(votes)
    alphas = [
        measured(
            f"alpha, {level}, with its interval", partial(ours, votes, level), partial(theirs, votes, level)
        )
        for level in ALPHAS
    ]
    with crowdkit(votes, truth) as other:
        same = measured(
            "Dawid-Skene, 20 steps", lambda: estimated(votes, SAME_STEPS), lambda: other("20 0")[0]
        )
        own = measured(
            "Dawid-Skene, to its end", lambda: estimated(votes, Steps()), lambda: other("100 1e-5")[0]
        )
        right = other("20 0")[1]
    mine = float((dawid_skene(votes, SAME_STEPS).posterior.argmax(axis=1) == truth).mean())
    figures = [
        *(Figure(f"{one.what}, by one call of krippendorff", one.ratio, MOST_ALPHA) for one in alphas),
        Figure("Dawid-Skene, 20 steps, by crowd-kit's", same.ratio, MOST_ESTIMATE),
        Figure("Dawid-Skene, to its end, by crowd-kit's", own.ratio),
        Figure("accuracy of ours", mine),
        Figure("accuracy of crowd-kit's", right),
    ]
    return verdict(figures, [*alphas, same, own])


def made_votes() -> tuple[Ints, Votes]:
    """The truth, and the votes of annotators who are right in 55 to 92 of 100 cases."""
    random = np.random.default_rng(11)
    truth = random.choice(LABELS, ITEMS, p=[0.35, 0.15, 0.35, 0.15])
    people = np.argsort(random.random((ITEMS, PEOPLE)), axis=1)[:, :OF_AN_ITEM]
    right = random.random((ITEMS, OF_AN_ITEM)) < random.uniform(0.55, 0.92, PEOPLE)[people]
    wrong = (truth[:, None] + random.integers(1, LABELS, (ITEMS, OF_AN_ITEM))) % LABELS
    said = np.where(right, truth[:, None], wrong)
    items = np.repeat(np.arange(ITEMS), OF_AN_ITEM)
    return truth, Votes(items, people.ravel(), said.ravel(), (ITEMS, PEOPLE, LABELS))


def check_alpha(votes: Votes) -> None:
    """Stop where both sides do not come to the same."""
    for level, of in ALPHAS.items():
        value = krippendorff.alpha(value_counts=votes.counts(), level_of_measurement=level)
        if abs(of(patterns(votes)).value - value) > 1e-9:
            raise SystemExit(f"the alphas differ on level {level}")


def ours(votes: Votes, level: Level) -> float:
    """Alpha with its interval, from votes."""
    started = time.process_time()
    Resampling(DRAWS).interval(ALPHAS[level](patterns(votes)))
    return time.process_time() - started


def theirs(votes: Votes, level: Level) -> float:
    """Alpha without an interval, from counts."""
    counts = votes.counts()
    started = time.process_time()
    krippendorff.alpha(value_counts=counts, level_of_measurement=level)
    return time.process_time() - started


def estimated(votes: Votes, steps: Steps) -> float:
    """Dawid-Skene, from votes."""
    started = time.process_time()
    dawid_skene(votes, steps)
    return time.process_time() - started


def measured(what: str, one: Side, other: Side) -> Pairs:
    """Both sides once to warm up, then pair by pair, every other pair the other way round."""
    pairs = Pairs(what)
    one(), other()
    for number in range(PAIRS):
        for side in (one, other) if number % 2 == 0 else (other, one):
            (pairs.ours if side is one else pairs.theirs).append(side())
    print(f"{what}: ours and theirs {' and '.join(pairs.row[1:])} ms", flush=True)
    return pairs


@contextmanager
def crowdkit(votes: Votes, truth: Ints) -> Iterator[Callable[[str], Floats]]:
    """A process that runs crowd-kit's Dawid-Skene when it is told to; gives seconds and accuracy."""
    folder = SCRATCH / "agreement"
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "votes.npy", np.column_stack([votes.unit, votes.annotator, votes.value]))
    np.save(folder / "truth.npy", truth)
    command: list[str | Path] = [CROWDKIT.python(), "-W", "ignore", HERE / "crowdkit_side.py", folder]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
    asked, answers = process.stdin, process.stdout
    if asked is None or answers is None:
        raise AssertionError("the process has no pipes")

    def told(line: str) -> Floats:
        asked.write(line + "\n")
        return np.array(answers.readline().split(), np.float64)

    try:
        yield told
    finally:
        asked.close()
        process.wait()


def verdict(figures: list[Figure], measured: list[Pairs]) -> int:
    """Print the page; the exit code; a full run's page replaces the last one."""
    versions = f"krippendorff {version('krippendorff')}, {CROWDKIT.versions}"
    parts = [
        "# Results of `make bench`: agreement and aggregation",
        EXPLANATION.format(items=ITEMS, pairs=PAIRS),
        table(("figure", "value", "gate", ""), [each.row for each in figures]),
        table(("what", "ours, CPU ms", "theirs, CPU ms"), [each.row for each in measured]),
        "## Machine",
        "\n".join(f"- {fact}" for fact in (*machine_facts(), versions)),
    ]
    text = "\n\n".join(parts) + "\n"
    quick_look = f"{ITEMS} items" if ITEMS < FULL else ""
    return concluded(HERE / "AGREEMENT.md", text, figures, quick_look)


if __name__ == "__main__":
    sys.exit(main())
