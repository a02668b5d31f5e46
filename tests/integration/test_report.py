"""``builder report`` as a user runs it: in the browser of the machine, and without matplotlib."""

import sys
from pathlib import Path

import pytest

from tests.integration.command import built, captures, run

READ = "import pathlib, sys; pathlib.Path('seen.txt').write_text(sys.argv[1])"


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """A folder with tables."""
    captures(tmp_path / "data/raw", 3)
    built(cwd=tmp_path)
    return tmp_path


def test_open(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --open the browser that the user chose is given the page on disk."""
    (dataset / "browse.py").write_text(READ, encoding="utf-8")
    monkeypatch.setenv("BROWSER", f"{sys.executable} {dataset / 'browse.py'} %s")
    done = run("report", "--open", cwd=dataset)
    assert done.returncode == 0, done.stderr
    assert (dataset / "seen.txt").read_text(encoding="utf-8") == (dataset / "report.html").resolve().as_uri()


def test_without_a_browser(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no browser can be started the page is written all the same, and the user is told where it is."""
    monkeypatch.setenv("BROWSER", "no-such-browser %s")
    monkeypatch.setenv("PATH", str(dataset))
    done = run("report", "--open", cwd=dataset)
    assert done.returncode == 1
    assert "Open it in one yourself" in done.stderr.replace("\n", " ")
    assert (dataset / "report.html").exists()


def test_without_matplotlib(dataset: Path) -> None:
    """Where matplotlib is not installed the command says so, and how to install it."""
    done = run("report", cwd=dataset, before="import sys; sys.modules['matplotlib'] = None")
    assert done.returncode == 2
    assert "pip install 'newsthreads[report]'" in done.stderr.replace("\n", " ")
    assert not (dataset / "report.html").exists()


def test_it_does_not_depend_on_the_machine(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another zone, locale, hash seed and matplotlib style of the user's give the same bytes."""
    run("report", "--out", "one.html", cwd=dataset)
    (dataset / "matplotlibrc").write_text(
        "font.size: 30\naxes.facecolor: red\nsvg.fonttype: path\n", encoding="utf-8"
    )
    for name, value in {
        "TZ": "Asia/Tokyo",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "7",
        "MPLBACKEND": "pdf",
    }.items():
        monkeypatch.setenv(name, value)
    run("report", "--out", "two.html", cwd=dataset)
    assert (dataset / "one.html").read_bytes() == (dataset / "two.html").read_bytes()
