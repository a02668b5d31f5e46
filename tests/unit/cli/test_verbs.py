"""The verbs: what they print for people and machines, and how they end."""

import json
import os
from pathlib import Path

import pytest

from builder.core.capturefile import LARGEST
from tests.unit.cli.conftest import Call

BUILD_KEYS = {
    "raw",
    "tables",
    "captures",
    "bytes",
    "ignored",
    "passed_over",
    "at_top",
    "noticed",
    "seconds",
    "rows",
    "comments_named",
    "comments_lost",
    "issues",
    "errors",
    "n_errors",
    "least_confident",
    "ids",
    "redone",
    "copies",
    "languages",
    "remark",
}


def test_build_tells_people(dataset: Path, call: Call) -> None:
    """The summary has counts, lost authors, issues, doubtful captures, and where the tables are."""
    code, said, _ = call("build")
    assert code == 0
    for words in (
        "Built data/tables from 4 captures",
        "4  comments  3 with a named author, 1 whose author is lost",
        "warning  empty",
        "Least confident captures",
        "builder show ",
        "builder check",
    ):
        assert words in said
    assert "Ids since the last build" not in said
    again = call("build")[1]
    assert "comments  4  stayed  0  moved  0  went  0  new" in again
    assert (dataset / "data/tables/build.json").exists()


def test_build_names_what_it_tells_of(dataset: Path, call: Call) -> None:
    """Captures with issues are named, three of each kind, and so are files passed over and captures of no source."""
    for number in range(1, 4):
        (dataset / f"data/raw/paper/{number}.txt").touch()
    (dataset / "data/raw/paper/page.html").touch()
    (dataset / "data/raw/top.txt").write_text("On top", encoding="utf-8")
    said = call("build")[1]
    assert "paper/1.txt, paper/2.txt, paper/3.txt and 1 more" in said
    assert "Passed over 1 file that does not end in .txt: paper/page.html." in said
    assert "1 capture lies right in data/raw, so the source is called 'raw'." in said
    assert call("build")[1].count("paper/page.html") == 1


def test_build_tells_that_nothing_changed(dataset: Path, call: Call) -> None:
    """A build that finds nothing changed says so, and one that finds a change says how much it parsed."""
    call("build")
    assert "Nothing has changed since data/tables was built; 4 captures" in call("build")[1]
    (dataset / "data/raw/paper/d.txt").write_text("One more", encoding="utf-8")
    assert "Parsed 5 captures in 1 shard of 1" not in (said := call("build")[1])
    assert "Built data/tables from 5 captures" in said
    assert json.loads(call("build", "--json", "--fresh")[1])["redone"]["shards_parsed"] == 1


def test_a_build_tells_where_the_time_went(dataset: Path, call: Call) -> None:
    """With a profile there is a table of stages, or a file of them."""
    said = call("build", "--profile", "-")[1]
    assert all(words in said for words in ("find captures", "write tables", "workers: 1  read"))
    call("build", "--json", "--fresh", "--profile", "profile.json")
    profile = json.loads((dataset / "profile.json").read_text(encoding="utf-8"))
    assert {"worker", "stage", "times", "wall", "cpu"} == set(profile["stages"][0])


def test_build_tells_machines(dataset: Path, call: Call) -> None:
    """With --json the summary is one JSON object with the documented keys, and nothing else is said."""
    code, said, complaints = call("build", "--json", "--out", "elsewhere")
    summary = json.loads(said)
    assert (code, complaints) == (0, "")
    assert set(summary) == BUILD_KEYS
    assert summary["rows"] == {"articles": 3, "comments": 4, "authors": 2, "segments": 7, "issues": 1}
    assert (dataset / "elsewhere/articles.parquet").exists()


def test_a_build_with_errors_ends_with_1(dataset: Path, call: Call) -> None:
    """Where something of a capture is not in the tables the exit code is 1, and the summary names it."""
    (dataset / "data/raw/paper/gone.txt").symlink_to("nowhere")
    code, said, _ = call("build")
    assert code == 1
    assert "paper/gone.txt" in said


def test_a_build_of_nothing_but_errors_is_told(dataset: Path, call: Call) -> None:
    """Where no capture at all can be taken, the build still tells what there is and why."""
    for capture in (dataset / "data/raw").rglob("*.txt"):
        capture.unlink()
    with (dataset / "data/raw/huge.txt").open("wb") as file:
        file.truncate(LARGEST + 1)
    code, said, _ = call("build")
    assert code == 1
    assert "0  articles" in said
    assert "too_large" in said


@pytest.mark.parametrize(
    "executor", [["--executor", "serial"], ["--executor", "processes", "--workers", "1"]]
)
def test_an_executor_is_chosen(dataset: Path, call: Call, executor: list[str]) -> None:
    """The named executor does the work."""
    assert call("build", *executor)[0] == 0
    assert (dataset / "data/tables").exists()


@pytest.mark.usefixtures("dataset")
@pytest.mark.parametrize(
    "words",
    [
        ["biuld"],
        ["build", "--raw", "nowhere"],
        ["build", "--workers", "0"],
        ["build", "--executor", "serial", "--workers", "2"],
        ["build", "--executor", "cluster"],
        ["build", "--json", "--profile", "-"],
        ["build", "--out", "data/raw/tables"],
        ["build", "--raw", ".", "--out", "tables"],
        ["show"],
        ["show", "paper/none.txt"],
        ["schema", "sheep"],
        ["schema", "comments", "--markdown"],
        ["init"],
        ["init", "new", "--name", "no name"],
        ["check", "--raw", "nowhere"],
    ],
)
def test_wrong_usage_ends_with_2(call: Call, words: list[str]) -> None:
    """A call that nobody can carry out ends with 2, one message and no traceback."""
    code, said, complaint = call(*words)
    assert (code, said) == (2, "")
    assert "Error: " in complaint
    assert "Traceback" not in complaint


@pytest.mark.usefixtures("dataset")
@pytest.mark.parametrize("words", [["check"], ["datasheet"], ["status"]])
def test_without_tables_one_is_told_how_to_build(call: Call, words: list[str]) -> None:
    """A verb that needs tables says how they are made."""
    code, said, complaint = call(*words)
    assert "builder build" in said + complaint
    assert code == (0 if words == ["status"] else 1)


@pytest.mark.usefixtures("dataset")
def test_status_follows_the_line(call: Call) -> None:
    """What is missing, ready and out of date is told for each stage, with what to do."""
    states = [{stage["name"]: stage["state"] for stage in json.loads(call("status", "--json")[1])["stages"]}]
    call("build")
    states.append(
        {stage["name"]: stage["state"] for stage in json.loads(call("status", "--json")[1])["stages"]}
    )
    Path("data/raw/paper/d.txt").write_text("New", encoding="utf-8")
    stale = json.loads(call("status", "--json")[1])["stages"][1]
    assert [state["tables"] for state in states] == ["missing", "ready"]
    assert (stale["state"], stale["todo"], stale["facts"][-1]) == (
        "stale",
        "builder build",
        "1 capture came since then",
    )
    assert states[0]["releases"] == "not yet"


def test_status_tells_what_came_went_and_changed(dataset: Path, call: Call) -> None:
    """What has become different of captures is told by what became of each, not by how many more there are."""
    call("build")
    for name in ("e", "f", "g"):
        (dataset / f"data/raw/paper/{name}.txt").write_text("New", encoding="utf-8")
    (dataset / "data/raw/paper/a.txt").unlink()
    changed = dataset / "data/raw/paper/b.txt"
    changed.write_text("Other fish\nBob: it stinks", encoding="utf-8")
    later = (dataset / "data/tables/build.json").stat().st_mtime + 1
    for name in ("b", "e", "f", "g"):
        os.utime(dataset / f"data/raw/paper/{name}.txt", (later, later))
    assert "3 captures came, 1 capture went, 1 capture changed since then" in call("status")[1]


@pytest.mark.usefixtures("call")
def test_a_fresh_dataset_has_one_next_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    """Nothing is advised for a stage as long as what it is made of is not there."""
    call("init", str(tmp_path / "new"))
    monkeypatch.chdir(tmp_path / "new")
    todos = []
    for _ in range(2):
        stages = json.loads(call("status", "--json")[1])["stages"]
        todos.append([stage["name"] for stage in stages if stage["todo"]])
        Path("data/raw/my-source/a.txt").write_text("Head\nAnn: yes", encoding="utf-8")
    assert todos == [["raw"], ["tables"]]
    assert call("status")[1].count("builder build") == 1


def test_status_names_what_is_in_the_way(dataset: Path, call: Call) -> None:
    """Files in trouble are named with their cure, files passed over by name, in lines that nothing folds."""
    (dataset / "data/raw/paper/gone.txt").symlink_to("nowhere")
    (dataset / "data/raw/paper/page.html").touch()
    said = call("status")[1]
    assert "1 file in trouble" in said
    assert "paper/gone.txt: Not there (any more); put it back, or remove the link to it." in said
    assert "1 file passed over: paper/page.html" in said
    assert all(line == line.rstrip() for line in said.splitlines())


def test_status_lists_issues(dataset: Path, call: Call) -> None:
    """Each issue of the last build is a line, or an object for machines; without a build one is told to build."""
    assert call("status", "--issues")[0] == 1
    call("build")
    assert call("status", "--issues")[1] == "warning  empty  radio/empty.txt  No text.\n"
    assert [row["code"] for row in json.loads(call("status", "--issues", "--json")[1])] == ["empty"]
    (dataset / "data/raw/radio/empty.txt").unlink()
    call("build")
    assert call("status", "--issues")[1] == "Nothing odd was noticed.\n"


@pytest.mark.parametrize("words", [["build"], ["status"], ["check"], ["report"], ["datasheet"]])
def test_where_no_dataset_is_one_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call, words: list[str]
) -> None:
    """In a folder of no dataset a verb that needs one says so, and makes nothing there."""
    monkeypatch.chdir(tmp_path)
    code, said, complaint = call(*words)
    assert (code, said) == (2, "")
    assert "There is no dataset here" in complaint
    assert not list(tmp_path.iterdir())


def test_a_build_needs_no_dataset(dataset: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """Captures and tables that are named can be built and checked from a folder of no dataset."""
    (dataset / "empty").mkdir()
    monkeypatch.chdir(dataset / "empty")
    assert call("build", "--raw", str(dataset / "data/raw"), "--out", "tables")[0] == 0
    assert call("check", "--tables", "tables")[0] != 2


@pytest.mark.usefixtures("dataset")
def test_schema_says_what_columns_mean(call: Call) -> None:
    """All tables at a glance, one in full, the codebook, and the schemas themselves."""
    assert "comments" in call("schema")[1]
    assert "text_sha256" in call("schema", "comments")[1]
    assert call("schema", "--markdown")[1].startswith("# Codebook")
    assert json.loads(call("schema", "authors", "--json")[1])["title"] == "authors"


def test_init_lays_out_a_dataset_that_builds(
    dataset: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a new dataset the next command works: build, and the datasheet is filled and then up to date."""
    code, said, _ = call("init", "my threads", "--source", "paper", "--language", "en", "--title", "T")
    assert (code, "builder build" in said) == (0, True)
    monkeypatch.chdir(dataset / "my threads")
    Path("data/raw/paper/a.txt").write_text("Head\nAnn: yes", encoding="utf-8")
    assert call("build")[0] == 0
    assert call("datasheet", "--check")[0] == 1
    assert call("datasheet", "--write")[0] == 0
    assert call("datasheet", "--check")[0] == 0
    assert "1 article with 1 comment" in Path("DATASHEET.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("option", ["--raw", "--out"])
def test_an_empty_place_is_no_place(option: str, dataset: Path, call: Call) -> None:
    """An empty name, such as an unset variable of a shell gives, is not taken for the current folder."""
    code, _, told = call("build", option, "")
    assert code == 2
    assert "it is empty" in told
    assert not (dataset / "data/tables").exists()
