"""Settings: what a dataset says of itself, found from anywhere inside it."""

from pathlib import Path

import pytest

from builder.core.errors import UsageError
from builder.core.settings import Severe
from builder.core.settings_file import find_settings
from builder.core.split_rule import SplitRule


def written(folder: Path, text: str) -> Path:
    """A folder with that pyproject.toml."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    return folder


def test_settings_are_found_from_below(tmp_path: Path) -> None:
    """The settings hold in every folder of the dataset, past a pyproject.toml that has none."""
    root = written(
        tmp_path, '[tool.builder]\nname = "x"\nlanguages = ["en", "de"]\nsources.paper = "daily"\n'
    )
    below = written(tmp_path / "code/deep", "[project]\nname = 'other'\n")
    settings = find_settings(below)
    assert (settings.root, settings.name, settings.languages) == (root, "x", ("en", "de"))
    assert dict(settings.sources) == {"paper": "daily"}
    assert settings.raw_dir == root / "data/raw"


def test_a_folder_without_settings_has_the_defaults(tmp_path: Path) -> None:
    """Where nobody wrote settings, raw captures and tables are where they always are, below the folder."""
    settings = find_settings(tmp_path)
    assert (settings.root, settings.tables_dir) == (tmp_path, tmp_path / "data/tables")


def test_a_day_has_a_limit_where_one_is_set(tmp_path: Path) -> None:
    """How much a day may bring, and what weighs more, is a number and a table; without them there is no limit."""
    assert (find_settings(tmp_path).daily_tasks, find_settings(tmp_path).severe) == (0, None)
    severe = 'severe = {question = "tone", values = ["hate"], weight = 2}'
    settings = find_settings(written(tmp_path, f"[tool.builder]\ndaily_tasks = 40\n{severe}\n"))
    assert (settings.daily_tasks, settings.severe) == (40, Severe("tone", ("hate",), 2.0))


def test_splits_have_shares(tmp_path: Path) -> None:
    """Shares, what does not reach across splits, and a salt come from a table; what is left out has its default."""
    assert find_settings(tmp_path).splits == SplitRule(0.8, 0.1, 0.1, "article", "")
    shares = "train = 0.6\nvalidation = 0.2\ntest = 0.2\nby = 'author'\n"
    settings = find_settings(written(tmp_path, f"[tool.builder.splits]\n{shares}"))
    assert settings.splits == SplitRule(0.6, 0.2, 0.2, "author")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[tool.builder]\ntitel = 'x'\n", "titel"),
        ("[tool.builder]\nroot = 'x'\n", "root"),
        ("[tool.builder]\nlanguages = 'en'\n", "languages"),
        ("[tool.builder]\nsources = ['paper']\n", "sources"),
        ("[tool.builder]\ntitle = 3\n", "title"),
        ("[tool.builder]\ndaily_tasks = -1\n", "daily_tasks"),
        ("[tool.builder]\ndaily_tasks = true\n", "daily_tasks"),
        ("[tool.builder]\nsevere = {question = 'tone'}\n", "severe"),
        ("[tool.builder]\nsevere = {question = 'tone', values = ['hate'], weight = 0.5}\n", "severe"),
        ("[tool.builder]\nsevere = {question = 'tone', values = ['hate'], heavy = 2}\n", "severe"),
        (
            "[tool.builder]\ndaily_tasks = 2\nsevere = {question = 'tone', values = ['hate'], weight = 3}\n",
            "never be sent",
        ),
        ("[tool.builder]\nnear_duplicates = 1\n", "near_duplicates"),
        ("[tool.builder.splits]\ntrain = 0.9\n", "splits"),
        ("[tool.builder.splits]\ntrain = 1.8\nvalidation = -0.4\ntest = -0.4\n", "splits"),
        ("[tool.builder.splits]\nby = 'source'\n", "splits"),
        ("[tool]\nbuilder = 3\n", "tool.builder"),
        ("[tool.builder\n", "TOML"),
    ],
)
def test_a_wrong_setting_is_refused(tmp_path: Path, text: str, named: str) -> None:
    """A setting nobody knows, or of the wrong type, is refused with the file and the key."""
    file = written(tmp_path, text) / "pyproject.toml"
    with pytest.raises(UsageError, match=named) as refused:
        find_settings(tmp_path)
    assert str(file) in str(refused.value)


def test_some_settings_may_be_urls(tmp_path: Path) -> None:
    """Raw captures, tables and releases may be at a store; what is fetched from there goes where the settings say."""
    text = 'raw = "s3://c.example/raw"\ntables = "file:///data"\nreleases = "s3://c.example/r"\nscratch = "tmp"\n'
    settings = find_settings(written(tmp_path, f"[tool.builder]\n{text}"))
    assert (str(settings.raw_dir), str(settings.releases_place)) == ("s3://c.example/raw", "s3://c.example/r")
    assert (settings.tables_dir, settings.scratch_dir) == (Path("/data"), tmp_path / "tmp")
    assert settings.releases_dir.is_relative_to(tmp_path / "tmp")


@pytest.mark.parametrize("key", ["rounds", "archive", "merged", "private", "gold", "key", "scratch"])
def test_other_settings_may_not(tmp_path: Path, key: str) -> None:
    """A URL where only a folder of this machine will do is refused, and no folder named ``s3:`` is ever made."""
    root = written(tmp_path, f'[tool.builder]\n{key} = "s3://c.example/x"\n')
    with pytest.raises(UsageError, match=f"{key} must be on this machine"):
        find_settings(root)
