"""A new dataset: whole, valid, and nothing of anybody overwritten."""

import subprocess
import tomllib
from pathlib import Path

import pytest

from builder.core.errors import UsageError
from builder.core.settings_file import find_settings
from builder.run.scaffold import NewDataset, lay_out

ODD = 'A "quoted" \\ title: ünïcode\x7f'


def test_a_new_dataset_is_whole(tmp_path: Path) -> None:
    """Settings, schemas, datasheet and folders are there, and what was said is what the settings say."""
    lay_out(tmp_path / "new", NewDataset("new", ODD, "CC-BY-4.0", "me", ("de", "fr"), ("my paper",)))
    settings = find_settings(tmp_path / "new/data")
    assert (settings.title, settings.licence, settings.languages) == (ODD, "CC-BY-4.0", ("de", "fr"))
    assert list(settings.sources) == ["my paper"]
    assert (tmp_path / "new/data/raw/my paper/README.md").exists()
    assert (tmp_path / "new/schemas/comments.schema.json").exists()
    assert (tmp_path / "new/schemas/annotations/comment_hostility.schema.json").exists()
    assert (tmp_path / "new/answers.yaml").read_text(encoding="utf-8").count("# Say: ") == 57
    datasheet = (tmp_path / "new/DATASHEET.md").read_text(encoding="utf-8")
    assert f"# Datasheet: {ODD}" in datasheet
    assert "CC-BY-4.0 (Creative Commons" in datasheet
    project = tomllib.loads((tmp_path / "new/pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["dependencies"][0].startswith("newsthreads>=")


def test_nothing_is_left_open(tmp_path: Path) -> None:
    """No placeholder of a template is left in what was written."""
    laid = lay_out(tmp_path, NewDataset("new"))
    templates = [name for name in laid.written if not name.startswith(("schemas/", "annotation_configs/"))]
    assert not [name for name in templates if "$" in (tmp_path / name).read_text(encoding="utf-8")]


def test_schemas_and_configs_are_copies(tmp_path: Path, repository: Path) -> None:
    """Schemas and labelling configs are laid out as they are, to the byte, pictures included."""
    lay_out(tmp_path, NewDataset("new"))
    for folder in ("schemas", "annotation_configs"):
        here = {file.relative_to(repository) for file in (repository / folder).rglob("*.*") if file.is_file()}
        assert here
        assert {
            file for file in here if (repository / file).read_bytes() != (tmp_path / file).read_bytes()
        } == set()


def test_files_that_are_there_stay(tmp_path: Path) -> None:
    """A file that is there already is kept and told, in a second run all of them."""
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    first = lay_out(tmp_path, NewDataset("new"))
    assert first.kept == ("README.md",)
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "mine"
    second = lay_out(tmp_path, NewDataset("other"))
    assert (second.written, set(second.kept)) == ((), {*first.written, *first.kept})


def test_captures_and_tables_stay_private(tmp_path: Path) -> None:
    """Git tracks the descriptions of sources, and neither captures nor tables nor releases."""
    lay_out(tmp_path, NewDataset("new", sources=("paper",)))
    captures = ("data/raw/top.txt", "data/raw/paper/a.txt", "data/raw/paper/2031/b.txt")
    for name in (
        *captures,
        "data/tables/x",
        "releases/new-private-0.1.0/data/comments.parquet",
        ".releases.lock",
        ".packed.lock",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    listed = subprocess.run(
        ["git", "ls-files", "-o", "--exclude-standard", "data", "releases", ".releases.lock", ".packed.lock"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert listed.stdout.split() == ["data/raw/README.md", "data/raw/paper/README.md"]


@pytest.mark.parametrize("source", ["../up", "a/b", ".hidden", "", "a\nb"])
def test_a_source_is_one_folder(tmp_path: Path, source: str) -> None:
    """A source that is no plain folder name is refused before anything is written."""
    with pytest.raises(UsageError):
        lay_out(tmp_path / "new", NewDataset("new", sources=(source,)))
    assert not (tmp_path / "new").exists()
