"""The verbs of releases: what they print for people and machines, and how they end."""

import json
from pathlib import Path

import pytest

from builder.release.documents.licences import LICENCES
from tests.unit.cli.conftest import Call
from tests.unit.run.releasing.labelled_pages import LONG, MORE, cut_one, labelled_pages, put_pages
from tests.unit.tables.corpus import PAGES

DAY = ("--date", "2026-11-24")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dataset with a first release, in which one stands."""
    root = tmp_path / "dataset"
    root.mkdir()
    cut_one(labelled_pages(root))
    monkeypatch.chdir(root)
    return root


@pytest.mark.parametrize("verb", ["release", "diff", "verify"])
def test_help_has_examples(call: Call, verb: str) -> None:
    """The help of each verb says what it does and shows calls of it."""
    code, said, _ = call(verb, "--help")
    assert (code, f"\nExamples:\n  builder {verb}" in said) == (0, True)


def test_release_tells_people(home: Path, call: Call) -> None:
    """One is told what was cut, why it is that version, what changed, and what to do next."""
    put_pages(home, (*PAGES, LONG, MORE))
    code, said, _ = call("release", *DAY, "-v")
    assert code == 0
    for words in (
        "Cut pages 0.2.0 (research)",
        "verified",
        "1 added",
        "questions of the datasheet are not answered",
        "cited as by 'nobody'",
        "Seconds",
        "builder diff 0.1.0 0.2.0",
    ):
        assert words in said


def test_the_next_words_are_of_the_tier(home: Path, call: Call) -> None:
    """After an open release one is told to compare open ones, in words that can be typed."""
    call("release", "--tier", "open", *DAY)
    put_pages(home, (*PAGES, LONG, MORE))
    said = call("release", "--tier", "open", *DAY)[1]
    assert call("rehydrate", "0.1.0", "--raw", "data/raw", "--out", "texts")[0] == 0
    assert "builder diff pages-open-0.1.0 pages-open-0.2.0" in said
    assert "a minor version" in call("diff", "pages-open-0.1.0", "pages-open-0.2.0")[1]


def test_nothing_new_is_not_cut(home: Path, call: Call) -> None:
    """Where nothing has changed one is told so, and how to cut a version all the same."""
    code, said, _ = call("release")
    assert (code, "Nothing changed since 0.1.0; nothing cut." in said) == (0, True)
    assert "builder release 0.1.1" in said
    assert [one.name for one in (home / "releases").glob("*.tar")] == ["pages-0.1.0.tar"]


@pytest.mark.usefixtures("home")
def test_nothing_is_cut_of_what_is_stale(call: Call) -> None:
    """A capture that was edited after the build stops a release with what to do, unless one insists."""
    capture = next(Path("data/raw").rglob("*.txt"))
    capture.write_text(capture.read_text(encoding="utf-8") + "\nAnn: more\n", encoding="utf-8")
    code, said, complaint = call("release", *DAY)
    assert (code, said) == (1, "")
    for words in (
        "The tables in data/tables are out of date",
        "builder build",
        "--stale",
    ):
        assert words in complaint
    assert call("release", "1.0.0", "--stale", *DAY)[0] == 0


def test_all_that_is_missing_is_told_at_once(home: Path, call: Call) -> None:
    """Licence, key, answers and stale tables are complained of together, each with its cure, and nothing is made."""
    settings = (home / "pyproject.toml").read_text(encoding="utf-8")
    (home / "pyproject.toml").write_text(settings.replace("CC0-1.0", "CC-BY"), encoding="utf-8")
    home.with_name("dataset-key.json").unlink()
    (home / "answers.yaml").write_text("funding: Nobody: at night.\n", encoding="utf-8")
    next(Path("data/raw").rglob("*.txt")).unlink()
    code, said, complaint = call("release", *DAY)
    assert (code, said) == (1, "")
    assert "4 things stand in the way of a release" in complaint
    for words in ("licence: 'CC-BY'", "builder key new", "answers.yaml, line 1", "tables are out of date"):
        assert words in complaint


def test_the_help_lists_all_licences(call: Call) -> None:
    """Each licence that is known stands in the help of the verb."""
    listed = " ".join(call("release", "--help")[1].split()).replace("- ", "-")
    assert [name for name in LICENCES if name not in listed] == []


def test_release_tells_machines(home: Path, call: Call) -> None:
    """With --json one object says what was cut, and nothing else is printed."""
    code, said, complaints = call("release", "0.1.1", "--json", *DAY)
    found = json.loads(said)
    assert (code, complaints, found["new"]) == (0, "", True)
    assert (found["version"], found["previous"], found["bump"]) == ("0.1.1", "0.1.0", "patch")
    assert Path(found["folder"]).parent == home / "releases"


def test_a_small_step_is_refused(home: Path, call: Call) -> None:
    """A version that is too small ends with 2, and the rows that forbid it are listed line by line."""
    put_pages(home, (*PAGES, LONG, MORE))
    code, said, complaint = call("release", "0.1.1")
    assert (code, said) == (2, "")
    assert "the least version is 0.2.0" in complaint
    assert "\n  comments: 1 row added\n    c" in complaint


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "words",
    [
        ["release", "one"],
        ["release", "--date", "yesterday"],
        ["release", "--tier", "secret"],
        ["verify"],
        ["verify", "nowhere"],
        ["verify", "data"],
        ["verify", "0.1.0", "--previous", "nowhere"],
        ["diff", "0.1.0"],
        ["diff", "0.1.0", "nowhere"],
    ],
)
def test_wrong_usage_ends_with_2(call: Call, words: list[str]) -> None:
    """A call that nobody can carry out ends with 2 and one message."""
    code, said, complaint = call(*words)
    assert (code, said) == (2, "")
    assert "Error: " in complaint


def test_verify_tells_people_and_machines(home: Path, call: Call) -> None:
    """A whole release ends with 0; a damaged one with 1, each fault with its place."""
    assert "All well in pages 0.1.0" in call("verify", "0.1.0", "-v")[1]
    file = home / "releases/pages-0.1.0/DATASHEET.md"
    file.chmod(0o644)
    file.write_text(file.read_text(encoding="utf-8").replace("15 comments", "51 comments"), encoding="utf-8")
    code, said, _ = call("verify", "releases/pages-0.1.0")
    assert (code, "DATASHEET.md: document, 1 time" in said) == (1, True)
    assert "by the facts of the release" in said
    code, said, complaint = call("verify", "0.1.0", "--json")
    assert (code, complaint, json.loads(said)["ok"]) == (1, "", False)


def test_diff_tells_people_and_machines(home: Path, call: Call) -> None:
    """The difference of two releases is a table, an object and a page; --exit-code tells whether there is one."""
    put_pages(home, (*PAGES, LONG, MORE))
    call("release", *DAY)
    code, said, _ = call("diff", "0.1.0", "0.2.0", "--html", "diff.html")
    assert code == 0
    assert "pages 0.1.0 to pages 0.2.0: a minor version." in said
    assert "+  comments  c" in said
    assert "<h2>comments</h2>" in (home / "diff.html").read_text(encoding="utf-8")
    code, said, _ = call("diff", "0.1.0", "releases/pages-0.2.0.tar", "--json", "--exit-code")
    found = json.loads(said)
    assert (code, found["bump"], found["tables"]["comments"]["added"]) == (1, "minor", 1)
    assert call("diff", "0.2.0", "0.2.0", "--exit-code")[0] == 0


def test_without_a_key_one_is_told_how_to_make_one(home: Path, call: Call) -> None:
    """A release for others needs a key, and the message says how to get one."""
    (home.with_name("dataset-key.json")).unlink()
    code, _, complaint = call("release")
    assert (code, "builder key new" in complaint) == (2, True)
