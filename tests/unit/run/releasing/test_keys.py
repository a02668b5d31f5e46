"""The key of a dataset's pseudonyms on disk."""

import json
from pathlib import Path

import pytest

from builder.core.errors import DataError, UsageError
from builder.core.settings import Settings
from builder.run.releasing.keys import key_file, new_key, older_keys, read_key, rotate_key


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A dataset with a name, and a user whose data is elsewhere."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user"))
    (tmp_path / "threads").mkdir()
    return Settings(root=tmp_path / "threads", name="my threads")


def test_a_key_is_kept_for_its_owner(settings: Settings) -> None:
    """It lies in the user's data, nobody else may read it, and it is read again as it was made."""
    key = new_key(settings)
    assert key.file.name == "my-threads.json"
    assert not key.file.is_relative_to(settings.root)
    assert key.file.stat().st_mode & 0o777 == 0o600
    assert key.file.parent.stat().st_mode & 0o777 == 0o700
    assert read_key(settings) == key
    assert len(key.secret) == 32
    assert key.secret.hex() not in repr(key)


def test_a_key_is_never_overwritten(settings: Settings) -> None:
    """A second first key is refused."""
    new_key(settings)
    with pytest.raises(UsageError, match="builder key rotate"):
        new_key(settings)


def test_rotation_keeps_the_old_key(settings: Settings) -> None:
    """The old key stays beside the new one under its date and id, for its owner alone."""
    old = new_key(settings)
    key, kept = rotate_key(settings)
    assert key.secret != old.secret
    assert kept.name == f"my-threads-{old.made_on}-{old.key_id}.json"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert read_key(settings, kept).secret == old.secret
    assert older_keys(key) == (kept,)


def test_a_key_in_the_tree_is_refused(settings: Settings, tmp_path: Path) -> None:
    """Neither a file in the dataset's folder nor a way into it or out of it by links will do."""
    (tmp_path / "way-in").symlink_to(settings.root)
    (settings.root / "way-out").symlink_to(tmp_path)
    for file in (
        settings.root / "key.json",
        tmp_path / "way-in" / "key.json",
        settings.root / "way-out" / "k",
    ):
        with pytest.raises(UsageError, match="lies in"):
            new_key(settings, file)
    assert not (tmp_path / "k").exists()


def test_the_working_copy_counts_as_the_tree(tmp_path: Path) -> None:
    """A dataset in a folder of a working copy keeps its key outside of all of it."""
    (tmp_path / "copy/.git").mkdir(parents=True)
    (tmp_path / "copy/threads").mkdir()
    with pytest.raises(UsageError, match="lies in"):
        key_file(Settings(root=tmp_path / "copy/threads", name="x"), tmp_path / "copy/key.json")


def test_settings_may_name_the_file(settings: Settings, tmp_path: Path) -> None:
    """A path of the settings is seen from the dataset's root."""
    named = Settings(root=settings.root, name="x", key="../keys/x.json")
    assert new_key(named).file.resolve() == tmp_path / "keys/x.json"


def test_a_dataset_needs_a_name(tmp_path: Path) -> None:
    """Two datasets without names are not given one key."""
    with pytest.raises(UsageError, match="no name"):
        key_file(Settings(root=tmp_path))


def test_a_missing_key_has_its_cure(settings: Settings) -> None:
    """Where there is no key, the message says how to make one."""
    with pytest.raises(UsageError, match="builder key new"):
        read_key(settings)


def test_a_key_that_others_may_read_is_refused(settings: Settings) -> None:
    """A key with rights for the group is refused with the command that takes them."""
    key = new_key(settings)
    key.file.chmod(0o640)
    with pytest.raises(UsageError, match="chmod 600"):
        read_key(settings)


@pytest.mark.parametrize("change", [{"key": "00"}, {"key": "zz"}, {"key_id": "00000000"}, {"made_on": None}])
def test_a_damaged_key_is_refused(settings: Settings, change: dict[str, str | None]) -> None:
    """A key that is cut, or is not the one of its id, is not used in silence."""
    key = new_key(settings)
    value = json.loads(key.file.read_text()) | change
    kept = {name: one for name, one in value.items() if one is not None}
    key.file.write_text(json.dumps(kept))
    with pytest.raises(DataError, match="damaged"):
        read_key(settings)
