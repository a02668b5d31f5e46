"""Each dataset has a studio of its own: apart from others, and found again."""

import shutil
from pathlib import Path

import pytest

from builder.annotate.server.studio.place import claim_studio, studio_folder
from builder.annotate.server.studio.state import Account, account, write_account
from builder.core.errors import DataError
from builder.core.private import private_folder
from builder.core.settings import Settings


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home for studios of the test's own."""
    monkeypatch.setenv("BUILDER_STUDIO_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def lived_in(settings: Settings) -> Path:
    """The folder of a studio that was claimed and has had a lead."""
    folder, _ = claim_studio(settings)
    write_account(private_folder(folder), Account(folder.name, "lead@annotators.example", "p", "t", 1, "1"))
    return folder


def test_each_dataset_has_a_folder_of_its_own(tmp_path: Path, home: Path) -> None:
    """The folder follows from name and place of the dataset, and is a plain name whatever that holds."""
    one, other = Settings(tmp_path / "a", name="my/threads ö"), Settings(tmp_path / "b", name="my/threads ö")
    assert studio_folder(one) == studio_folder(one)
    assert studio_folder(one) != studio_folder(other)
    assert studio_folder(one).parent == home


def test_without_a_home_it_is_below_the_users_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By default the data are where a user's data are kept, never in the dataset."""
    monkeypatch.delenv("BUILDER_STUDIO_HOME", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = studio_folder(Settings(tmp_path / "set"))
    assert folder.is_relative_to(tmp_path)
    assert not folder.is_relative_to(tmp_path / "set")


def test_a_long_name_has_a_folder_too(tmp_path: Path) -> None:
    """A dataset's name may be longer than a file system takes."""
    folder = studio_folder(Settings(tmp_path, name="ö" * 400))
    folder.mkdir(parents=True)
    assert account(folder) is None


def test_a_new_dataset_leaves_the_studio_of_an_earlier_one(tmp_path: Path) -> None:
    """Where a dataset is made at the place of one that is gone, each has its own studio, and the earlier is named."""
    settings = Settings(tmp_path / "set")
    earlier = lived_in(settings)
    shutil.rmtree(tmp_path / "set")
    own, other = claim_studio(settings)
    assert (own.name, other) == (f"{earlier.name}-2", earlier)
    assert claim_studio(settings) == (own, None)
    assert studio_folder(settings) == own
    lived_in(settings)
    shutil.rmtree(tmp_path / "set")
    assert claim_studio(settings)[0].name == f"{earlier.name}-3"


@pytest.mark.parametrize("worked", ["data/rounds", "data/archive"])
def test_a_dataset_that_has_worked_keeps_its_studio(worked: str, tmp_path: Path) -> None:
    """Without its private files, but with rounds or labels, the studio at a dataset's place is taken for its own."""
    settings = Settings(tmp_path / "set")
    own = lived_in(settings)
    shutil.rmtree(tmp_path / "set/data/private")
    (tmp_path / "set" / worked).mkdir(parents=True)
    assert claim_studio(settings) == (own, None)


def test_a_dataset_that_is_moved_finds_its_studio(tmp_path: Path) -> None:
    """The claim goes with the dataset's private files, wherever they are put."""
    own = lived_in(Settings(tmp_path / "set"))
    (tmp_path / "set").rename(tmp_path / "moved")
    assert claim_studio(Settings(tmp_path / "moved")) == (own, None)


@pytest.mark.parametrize("text", ['{"folder": "../elsewhere"}', '{"folder": ""}', '{"folder": ["a"]}', "{}"])
def test_a_claim_is_a_plain_name(text: str, tmp_path: Path) -> None:
    """A claim that leads elsewhere, or says nothing, is refused by its file's name."""
    settings = Settings(tmp_path)
    settings.studio_file.parent.mkdir(parents=True)
    settings.studio_file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"studio\.json"):
        studio_folder(settings)
