"""A release held against itself and the one before it."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.core.errors import DataError, UsageError
from builder.core.immutable import discard_read_only
from builder.core.settings import Settings
from builder.run.releasing.verifying import verify_release
from tests.unit.run.releasing.labelled_pages import LONG, MORE, cut_one, labelled_pages, put_pages
from tests.unit.tables.corpus import PAGES

Line = tuple[Settings, Path, Path]


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Line:
    """A dataset with two releases, the second of which only adds."""
    settings = labelled_pages(tmp_path_factory.mktemp("line"))
    first = cut_one(settings).folder
    put_pages(settings.root, (*PAGES, LONG, MORE))
    return settings, first, cut_one(settings).folder


@pytest.fixture
def alone(line: Line, tmp_path: Path) -> Iterator[Path]:
    """The second release where the first is not beside it."""
    place = tmp_path / line[2].name
    shutil.copytree(line[2], place)
    yield place
    discard_read_only(place)


def test_folder_and_tar_are_whole(line: Line) -> None:
    """A release and its tar have no faults, and are held against the one before them, which stands beside them."""
    for place in (line[2], line[2].with_name(f"{line[2].name}.tar")):
        found = verify_release(place)
        assert found.faults == ()
        assert found.previous == line[1]
        assert found.as_json()["ok"]


def test_without_the_one_before_it(line: Line, alone: Path) -> None:
    """Where the release before is not there it is named, and the rest is verified."""
    found = verify_release(alone)
    assert (found.faults, found.previous, found.follows) == ((), None, "0.1.0")
    assert verify_release(alone, line[1]).faults == ()


def test_another_release_before_it(line: Line, alone: Path) -> None:
    """A release that is held against one that it does not follow says so."""
    (fault,) = verify_release(line[1], alone).faults
    assert (fault.place, fault.check) == ("stats.json", "previous")
    assert "it follows no other, not 0.2.0" in fault.message


def test_a_forged_release_before_it(line: Line, alone: Path, tmp_path: Path) -> None:
    """A release before it that was changed, even consistently, is not the one that it followed."""
    forged = tmp_path / "forged"
    shutil.copytree(line[1], forged)
    (forged / "manifest.json").chmod(0o644)
    (forged / "manifest.json").write_bytes((forged / "manifest.json").read_bytes() + b"\n")
    (fault,) = verify_release(alone, forged).faults
    assert (fault.check, "manifest" in fault.message) == ("previous", True)
    discard_read_only(forged)


def test_what_is_no_release_is_told(line: Line, tmp_path: Path) -> None:
    """A folder that is no release is wrong usage; a release before it that cannot be read is damaged data."""
    with pytest.raises(UsageError, match="is no release"):
        verify_release(line[0].root)
    (tmp_path / "stats.json").write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match="JSON"):
        verify_release(line[2], tmp_path)


def test_documents_of_another_way_of_writing(alone: Path) -> None:
    """Documents that another version of the builder wrote otherwise are told as that, not as damage one by one."""
    file = alone / "stats.json"
    file.chmod(0o644)
    facts = json.loads(file.read_bytes())
    facts["release"]["documents"] = 99
    file.write_text(json.dumps(facts), encoding="utf-8")
    checks = {(one.place, one.check) for one in verify_release(alone).faults}
    assert checks == {("stats.json", "documents"), ("stats.json", "sum")}


@pytest.mark.parametrize(("entry", "name"), [("release", "version"), ("told", "reason")])
def test_odd_values_of_facts_are_no_bug(line: Line, alone: Path, entry: str, name: str) -> None:
    """A version or a reason of no known form is a fault with words, also where the release before is there."""
    file = alone / "stats.json"
    file.chmod(0o644)
    facts = json.loads(file.read_bytes())
    facts[entry][name] = ["x"]
    file.write_text(json.dumps(facts), encoding="utf-8")
    assert "stats.json" in {one.place for one in verify_release(alone, line[1]).faults}


def test_what_is_hardly_a_release_is_no_bug(tmp_path: Path) -> None:
    """Facts that say nothing, or nonsense, are faults with words."""
    for said in (
        "{}",
        "[]",
        "nonsense",
        '{"release": {"tier": "open"}}',
        '{"release": {"tier": "open"}, "files": 3}',
    ):
        (tmp_path / "stats.json").write_text(said, encoding="utf-8")
        found = verify_release(tmp_path)
        assert {"stats.json"} & {one.place for one in found.faults}
        assert found.rows == {}
