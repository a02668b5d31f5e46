"""The sample dataset without its people, and with its texts put back by somebody who has the captures."""

import json
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from builder.contracts import catalogue
from builder.core.ids import name_key
from builder.release.privacy.names import thread_names
from tests.integration.command import built, run
from tests.unit.release.privacy.pseudonymised import pseudonymised

KEY = bytes(range(32))


@pytest.fixture(scope="module")
def sample(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The captures of the repository, built in a folder of their own."""
    folder = tmp_path_factory.mktemp("sample")
    shutil.copytree(repository / "data/raw", folder / "data/raw")
    (folder / "pyproject.toml").write_text('[tool.builder]\nname = "sample"\n')
    assert built(cwd=folder)["code"] == 0
    return folder


def tables(folder: Path) -> dict[str, pa.Table]:
    """The built tables."""
    return {name: pq.read_table(folder / f"data/tables/{name}.parquet") for name in catalogue.CORPUS}


def test_no_full_name_of_a_thread_is_in_its_released_texts(sample: Path) -> None:
    """By a plain search, no name of two words stands in a text of its thread, and all else of the texts does."""
    before = tables(sample)
    made = pseudonymised(before, KEY, "research")
    assert not made.leaks
    assert made.names_replaced > 0
    names: dict[str, set[str]] = {}
    for row in thread_names(before).to_pylist():
        names.setdefault(row["article_id"], set()).add(name_key(row["name"]))
    for old, new in zip(before["comments"].to_pylist(), made.tables["comments"].to_pylist(), strict=True):
        said = f" {name_key(new['text'])} "
        assert not [one for one in names[new["article_id"]] if " " in one and f" {one} " in said]
        assert old["text"] == new["text"] or "[" in new["text"]


def test_no_name_is_in_any_column_that_leaves(sample: Path) -> None:
    """Of the names of authors, the open columns hold none at all."""
    before = tables(sample)
    made = pseudonymised(before, KEY, "open").tables
    told = set()
    for name, table in made.items():
        for column in catalogue.table(name).columns:
            if column.tier == "open":
                told |= {one for one in table[column.name].to_pylist() if isinstance(one, str)}
    assert told
    assert not told & set(before["authors"]["name"].to_pylist())
    assert not told & set(before["authors"]["author_id"].to_pylist())


def test_a_reader_with_the_captures_gets_the_text(sample: Path) -> None:
    """``builder rehydrate`` fills every text of an open release, letter for letter; without captures it says so."""
    before = tables(sample)
    release = sample / "open-1.0.0"
    (release / "data").mkdir(parents=True)
    for name, table in pseudonymised(before, KEY, "open").tables.items():
        known = catalogue.table(name)
        told = [
            one for one in table.column_names if one not in known.names or known.column(one).tier == "open"
        ]
        pq.write_table(table.select(told), release / f"data/{name}.parquet")
    done = run(
        "rehydrate", release, "--raw", sample / "data/raw", "--out", sample / "back", "--json", cwd=sample
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["problems"] == {}
    back = pq.read_table(sample / "back/comments.parquet")
    assert back["text"].to_pylist() == before["comments"]["text"].to_pylist()
    assert back["text_sha256"].to_pylist() == before["comments"]["text_sha256"].to_pylist()
    (sample / "nothing").mkdir()
    done = run("rehydrate", release, "--raw", sample / "nothing", "--out", sample / "none", cwd=sample)
    assert done.returncode == 1
    assert "missing" in done.stdout
