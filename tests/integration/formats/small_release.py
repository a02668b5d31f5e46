"""A small but complete release, cut by the line: the sample's articles with the labels of three people."""

import shutil
from pathlib import Path

from builder.core.settings import Settings
from builder.core.tablefile import read_table
from builder.labels.label_sets import How
from builder.run.labels.aggregating import Wanted as Answers
from builder.run.labels.aggregating import aggregate
from builder.run.releasing.cutting import cut
from builder.run.releasing.facts import Wanted
from builder.run.releasing.keys import new_key
from tests.integration.command import built
from tests.unit.run.labelled import TOML, XML
from tests.unit.run.releasing.labelled_pages import DAY, answers, label

VERSION = "1.0.0"
IDENTIFIED = 'doi = "10.1234/sample"\nurl = "https://sample.example"\nkey = "{key}"\n'


def labelled_sample(root: Path, repository: Path) -> Settings:
    """The sample dataset in a folder of its own, built; a few of its comments labelled; a label set."""
    said = (repository / "pyproject.toml").read_text(encoding="utf-8")
    more = IDENTIFIED.format(key=root.with_name("key.json"))
    root.mkdir()
    (root / "pyproject.toml").write_text(
        said.replace("[tool.builder]\n", f"[tool.builder]\n{more}"), encoding="utf-8"
    )
    shutil.copytree(repository / "data/raw", root / "data/raw")
    shutil.copy(repository / "answers.yaml", root)
    (root / "annotation_configs").mkdir()
    (root / "annotation_configs/hostility.xml").write_text(XML, encoding="utf-8")
    (root / "annotation_configs/hostility.toml").write_text(TOML, encoding="utf-8")
    built(cwd=root)
    units = read_table(root / "data/tables", "comments")["comment_id"].to_pylist()[:12]
    settings = label(root, *(one for unit in units for one in answers(unit)))
    aggregate(settings, How("v1", "majority"), Answers())
    new_key(settings)
    return settings


def released(settings: Settings, tier: str) -> Path:
    """The folder of a release of a dataset."""
    return cut(settings, Wanted(VERSION, tier, DAY)).folder
