"""The same dataset on the same day makes the same release, byte for byte, wherever and however it is cut."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from builder.core.settings_file import find_settings
from builder.core.tablefile import read_table
from builder.core.tree import read_tree
from builder.run.corpus.writer import table_writer
from tests.integration.command import call
from tests.unit.run.releasing.labelled_pages import LONG, MORE, cut_one, labelled_pages, put_pages
from tests.unit.tables.corpus import PAGES

DAY = "2026-11-24"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset with a key and a first release, about to have a second one."""
    settings = labelled_pages(tmp_path_factory.mktemp("same"))
    cut_one(settings)
    put_pages(settings.root, (*PAGES, LONG, MORE))
    return settings.root


def copied(home: Path, place: Path) -> Path:
    """The dataset in another place; its releases go with it."""
    shutil.copytree(home, place)
    return place


def cut_elsewhere(root: Path, seed: str) -> dict[str, object]:
    """The report of a release that another process cut, its hashes seeded otherwise."""
    done = subprocess.run(
        call("release", "--date", DAY, "--json"),
        cwd=root,
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Kathmandu", "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    made: dict[str, object] = json.loads(done.stdout)
    return made


def shuffled(root: Path) -> None:
    """Let the rows of the tables that a merge wrote come in another order."""
    settings = find_settings(root)
    for name in ("answers", "annotations", "tasks", "spans"):
        rows = read_table(settings.merged_dir, name)
        turned = rows.take(pa.array(range(rows.num_rows - 1, -1, -1)))
        with table_writer(settings.merged_dir, name) as writer:
            writer.write(turned)


def test_the_same_bytes(home: Path, tmp_path: Path) -> None:
    """Other processes, hash seeds, time zones, places and orders of rows make the same folder and the same tar."""
    trees, tars = [], []
    for number, seed in enumerate(("0", "1", "random")):
        root = copied(home, tmp_path / f"{seed}-{'x' * number}")
        if number:
            shuffled(root)
        made = cut_elsewhere(root, seed)
        trees.append(read_tree(Path(str(made["folder"]))))
        tars.append(Path(str(made["tar"])).read_bytes())
    assert trees[0].files.keys() >= {
        "stats.json",
        "changes/comments.parquet",
        "guidelines/hostility/hostility.xml",
    }
    assert [tree for tree in trees if tree != trees[0]] == []
    assert len(set(tars)) == 1


def test_no_place_or_time_is_told(home: Path, tmp_path: Path) -> None:
    """A release names neither the folder that it was cut in nor the hour."""
    made = cut_elsewhere(copied(home, tmp_path / "somewhere-nobody-knows"), "0")
    content = b"".join(read_tree(Path(str(made["folder"]))).files.values())
    assert b"somewhere-nobody-knows" not in content
    assert os.fsencode(sys.prefix) not in content
