"""The benchmark's figures are what they claim to be."""

import sys
from pathlib import Path

import pytest

from benchmarks.account import CommandFailedError, cost_of
from benchmarks.corpus import capture_of_size, documents
from benchmarks.fixed_rules import parse
from benchmarks.results import Figure, Section, Timing, page

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the accounting reads Linux's process table")
BURN = "import time\nwhile time.process_time() < {seconds}: pass"
FIGURES = [Figure("kept", 0.4, 0.5, goal=0.1), Figure("broken", 0.6, 0.5), Figure("shown", 7.0)]


def test_time_of_orphans_counts() -> None:
    """The processor time of a grandchild that outlives its parent is part of the command's cost."""
    child = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {BURN.format(seconds=0.4)!r}])"
    assert 0.4 <= cost_of([sys.executable, "-c", child]).cpu < 2


def test_memory_of_descendants_counts() -> None:
    """The memory of a child is part of the command's peak."""
    hold = "import time; held = b'x' * 200_000_000; time.sleep(0.4)"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hold!r}])"
    cost = cost_of([sys.executable, "-c", child])
    assert 190 < cost.memory < 320
    assert cost.processes == 2


def test_a_failed_command_is_no_measurement() -> None:
    """A command that fails raises with its own words instead of giving a figure."""
    with pytest.raises(CommandFailedError, match="out of order"):
        cost_of([sys.executable, "-c", "import sys; sys.exit('out of order')"])


def test_the_corpus_is_the_same_every_time() -> None:
    """The generator gives equal documents for equal seeds, and others for another."""
    assert documents(1)[:5] == documents(1)[:5]
    assert documents(1)[0] != documents(1, seed=8)[0]


def test_the_corpus_is_of_page_size() -> None:
    """A document has about 5 KB, so that 20,000 make 100 MB."""
    block = documents(0)
    assert len(block) == 1_000
    assert 4_000 < sum(map(len, block)) / len(block) < 6_000


def test_a_single_capture_has_its_size_and_one_article() -> None:
    """A capture made to a size has that size, and comments after its first wide gap only."""
    capture = capture_of_size(200_000).decode()
    assert 200_000 <= len(capture.encode()) < 300_000
    article, comments = parse(capture, "one")
    assert article["n_comments"] == len(comments) > 300


def test_a_gate_can_fail() -> None:
    """A figure above its gate fails, one within it holds, one without a gate only informs."""
    assert [figure.passes for figure in FIGURES] == [True, False, True]


def test_the_page_names_no_machine(tmp_path: Path) -> None:
    """The results show figures, verdicts and versions, and no folder of the machine they were taken on."""
    section = Section("Builds", "How.", FIGURES, [Timing("builder, files", 2.0, 1.9, 300.0)], ("other 1.0",))
    text = page([section], "What.")
    assert "| kept | 0.40 | 0.5 | 0.1 | holds |" in text
    assert "| broken | 0.60 | 0.5 |  | FAILS |" in text
    assert "| builder, files | 2.00 | 1.90 | 300 |" in text
    assert not [each for each in (str(tmp_path.parent), str(Path(__file__).parents[2])) if each in text]
