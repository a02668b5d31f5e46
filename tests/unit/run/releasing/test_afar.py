"""Releases at a URL: the bytes that a folder would have, each written once, none listed before it is whole."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import fsspec
import pytest

from builder.core import stores
from builder.core.errors import Busy, OutputError, UsageError
from builder.core.places import Url
from builder.core.settings import Settings
from builder.core.storage import files_below
from builder.run.corpus.stage import LATER, READY
from builder.run.releasing import afar
from builder.run.releasing.afar import cut_at, listed_at, release_at_hand
from builder.run.releasing.cutting import cut
from builder.run.releasing.diffing import compare
from builder.run.releasing.facts import Wanted
from builder.run.releasing.places import release_at
from builder.run.releasing.release_stage import releases_stage
from builder.run.releasing.verifying import verify_release
from tests.unit.run.released import DAY, released_dataset

HOME = Url("memory://shelf.example/releases")


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A dataset on disk."""
    return released_dataset(tmp_path_factory.mktemp("dataset"))


@pytest.fixture
def settings(dataset: Settings, tmp_path: Path) -> Iterator[Settings]:
    """The dataset with its releases at a store that is empty."""
    fsspec.filesystem("memory").store.clear()
    yield replace(dataset, releases=str(HOME), scratch=str(tmp_path / "scratch"))
    fsspec.filesystem("memory").store.clear()


def wanted(version: str | None = None, day: date = DAY, tier: str = "private") -> Wanted:
    """A release of the tier that needs no key."""
    return Wanted(version, tier, day)


def stored() -> dict[str, bytes]:
    """What is at the place."""
    store = stores.open_store(str(HOME))
    return {path: stores.read_in(store, path) for path in stores.files_in(store)}


def names() -> list[str]:
    """The folders of the releases that are listed."""
    return [one.folder for one in listed_at(HOME)]


def test_a_release_is_what_it_is_in_a_folder(settings: Settings, tmp_path: Path) -> None:
    """Folder and tar at the store are byte for byte those that are cut into a folder."""
    made = cut_at(settings, wanted())
    local = cut(settings, wanted(), home=tmp_path / "local")
    here = {
        path.relative_to(tmp_path / "local").as_posix(): path.read_bytes()
        for path in files_below(tmp_path / "local")
    }
    there = stored()
    assert there.pop("marks/000001.json") == here.pop("releases.json")
    assert there == here
    assert (str(made.folder), made.folder.name) == (
        f"{HOME}/{made.folder.name}",
        Path(str(local.folder)).name,
    )


def test_it_verifies_from_there(settings: Settings) -> None:
    """A release and its tar verify where they are, by URL or version, against the release before them."""
    assert releases_stage(settings).state == LATER
    first, second = cut_at(settings, wanted()), cut_at(settings, wanted("0.1.1", day=date(2031, 5, 6)))
    assert not verify_release(first.folder).faults
    found = verify_release(second.tar)
    assert not found.faults
    assert found.previous == first.folder
    assert release_at(settings, "0.1.0") == first.folder
    assert compare(first.folder, second.folder).same
    assert [one.status for one in listed_at(HOME)] == ["superseded", "current"]
    assert releases_stage(settings).state == READY


def test_a_line_goes_on_from_another_machine(settings: Settings, tmp_path: Path) -> None:
    """A machine that never saw the releases fetches the last of them, and cuts the next."""
    cut_at(settings, wanted())
    other = replace(settings, scratch=str(tmp_path / "other"))
    made = cut_at(other, wanted("0.1.1", day=date(2031, 5, 6)))
    assert str(made.step.previous) == "0.1.0"
    assert names() == [f"{made.folder.name.rpartition('-')[0]}-0.1.0", made.folder.name]


def test_damage_is_found_there(settings: Settings) -> None:
    """A file that was changed at the store is a fault."""
    made = cut_at(settings, wanted())
    path = f"{made.folder.name}/README.md"
    store = stores.open_store(str(HOME))
    store.system.pipe_file(f"{store.root}/{path}", stored()[path] + b"more")
    assert any(fault.place == "README.md" for fault in verify_release(made.folder).faults)


def test_half_a_release_is_not_listed(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken off in the middle, a release is not listed, and has no sums; the same call completes it."""
    put, left = stores.put_once, [1, 2, 3, 4]

    def breaking(store: stores.Store, path: str, content: bytes) -> bool:
        if not left:
            raise ConnectionResetError
        left.pop()
        return put(store, path, content)

    with monkeypatch.context() as patch:
        patch.setattr(stores, "put_once", breaking)
        with pytest.raises(ConnectionResetError):
            cut_at(settings, wanted())
    assert names() == []
    assert len(stored()) == 4
    made = cut_at(settings, wanted())
    assert names() == [made.folder.name]
    assert not verify_release(made.folder).faults


def test_other_files_are_never_overwritten(settings: Settings) -> None:
    """Where other bytes stand under a release's name, nothing is overwritten and nothing listed."""
    made = cut_at(settings, wanted())
    store = stores.open_store(str(HOME))
    stores.remove(store, "marks")
    store.system.pipe_file(f"{store.root}/{made.folder.name}/README.md", b"mine")
    with pytest.raises(OutputError, match=r"another .*README\.md already"):
        cut_at(settings, wanted())
    assert stored()[f"{made.folder.name}/README.md"] == b"mine"
    assert names() == []


def test_of_two_who_cut_one_is_listed(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two who cut at once the first is listed; the other is told, and follows when it cuts again."""
    send, once = afar._send, [True]

    def late(*words: object) -> None:
        if once:
            once.clear()
            cut_at(replace(settings, scratch=str(tmp_path / "other")), wanted("0.2.0"))
        send(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(afar, "_send", late)
    with pytest.raises(Busy, match="Somebody else listed a release"):
        cut_at(settings, wanted("0.1.0"))
    assert [one.version for one in listed_at(HOME)] == ["0.2.0"]
    assert str(cut_at(settings, wanted("0.2.1")).step.previous) == "0.2.0"


def test_nothing_new_is_not_sent(settings: Settings) -> None:
    """Where nothing has changed nothing is cut, and the place stays as it is."""
    made, there = cut_at(settings, wanted()), stored()
    again = cut_at(settings, wanted(day=date(2031, 5, 6)))
    assert (again.new, again.folder) == (False, made.folder)
    assert stored() == there


def test_a_release_is_at_hand_for_a_while(settings: Settings, tmp_path: Path) -> None:
    """A release at a URL is a local folder inside the block and nothing after it; a local one is itself."""
    made = cut_at(settings, wanted())
    with release_at_hand(made.folder, tmp_path / "scratch") as folder:
        assert not verify_release(folder).faults
    assert not folder.exists()
    with release_at_hand(tmp_path, tmp_path / "scratch") as folder:
        assert folder == tmp_path
    with pytest.raises(UsageError, match="is not there"), release_at_hand(tmp_path / "none", tmp_path):
        pass
