"""Releases that are cut: complete, read-only, in a line of versions, refused where they must be."""

import json
import os
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from builder.core.errors import DataError, OutputError, TooSmall, UsageError
from builder.core.settings import Settings
from builder.core.tree import read_tree
from builder.release.contents import contents
from builder.run.releasing import cutting
from builder.run.releasing.clock import Clock
from builder.run.releasing.cutting import cut
from builder.run.releasing.facts import Wanted
from builder.run.releasing.places import listed, release_at
from builder.run.releasing.release_stage import releases_stage
from builder.run.releasing.verifying import verify_release
from tests.unit.labels.merged import said
from tests.unit.run.releasing.labelled_pages import (
    DAY,
    LONG,
    MORE,
    answers,
    cut_one,
    label,
    labelled_pages,
    put_pages,
)
from tests.unit.tables.corpus import PAGES, Comment, Page

DOCUMENTS = {
    "README.md",
    "DATASHEET.md",
    "CHANGELOG.md",
    "LICENSE",
    "CITATION.cff",
    "croissant.json",
    "datapackage.json",
    "datacite.json",
    "codebook.json",
    "codebook.md",
    "stats.json",
    "manifest.json",
    "SHA256SUMS",
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A dataset with labels, and a key outside of it."""
    (tmp_path / "dataset").mkdir()
    return labelled_pages(tmp_path / "dataset")


def test_a_release_has_all_that_it_promises(settings: Settings) -> None:
    """The folder has tables, documents, schemas and guidelines, and beside it stands a tar that holds the same."""
    made = cut_one(settings)
    files = read_tree(made.folder).files
    assert set(files) >= DOCUMENTS
    assert {f"data/{name}.parquet" for name in made.facts["files"]} <= set(files)
    assert {"guidelines/hostility/hostility.xml", "guidelines/hostility/hostility.toml"} <= set(files)
    assert (made.folder.name, made.tar.name) == ("pages-0.1.0", "pages-0.1.0.tar")
    assert read_tree(made.tar) == read_tree(made.folder)


def test_nobody_may_write_to_a_release(settings: Settings) -> None:
    """Folder, files and tar are read-only."""
    made = cut_one(settings)
    assert not [one for one in (made.tar, made.folder, *made.folder.rglob("*")) if one.stat().st_mode & 0o222]


def test_an_existing_version_is_never_overwritten(settings: Settings) -> None:
    """The same version again is refused, and so is one whose tar is left over."""
    cut_one(settings, "0.5.0")
    with pytest.raises(TooSmall, match=r"does not come after 0\.5\.0"):
        cut_one(settings, "0.5.0")
    (settings.releases_dir / "pages-0.6.0.tar").write_bytes(b"mine")
    with pytest.raises(OutputError, match="never changed"):
        cut_one(settings, "0.6.0")
    assert not (settings.releases_dir / "pages-0.6.0").exists()


def test_what_is_new_is_a_minor_step(settings: Settings) -> None:
    """Another page makes 0.2.0; its rows are as old as that, and all others as they were."""
    cut_one(settings)
    put_pages(settings.root, (*PAGES, LONG, MORE))
    made = cut_one(settings)
    assert made.facts["release"]["version"] == "0.2.0"
    comments = contents(read_tree(made.folder)).tables["comments"].to_pylist()
    since = {row["since_version"] for row in comments if row["text"].startswith("Not again")}
    assert since == {"0.2.0"}
    assert {row["since_version"] for row in comments} == {"0.1.0", "0.2.0"}
    assert made.facts["release"]["rows_changed"]["comments"] == {"added": 1, "removed": 0, "changed": 0}
    assert "changes/comments.parquet" in read_tree(made.folder).files


def test_a_step_that_is_too_small_is_refused_with_its_rows(settings: Settings) -> None:
    """A patch with new rows names the least version and the rows that forbid it; nothing is written."""
    cut_one(settings, "1.0.0")
    put_pages(settings.root, (*PAGES, LONG, MORE))
    with pytest.raises(
        TooSmall, match=r"1.0.1 is too small a step from 1.0.0; the least version is 1.1.0"
    ) as found:
        cut_one(settings, "1.0.1")
    assert "  comments: 1 row added" in found.value.details
    assert not (settings.releases_dir / "pages-1.0.1").exists()


def test_what_is_gone_is_a_major_step(settings: Settings) -> None:
    """A page that is taken away asks for 2.0.0 after 1.0.0, and for no more than 0.2.0 after 0.1.0."""
    cut_one(settings, "1.0.0")
    put_pages(settings.root, (*PAGES, MORE))
    with pytest.raises(TooSmall, match=r"the least version is 2\.0\.0"):
        cut_one(settings, "1.1.0")
    made = cut_one(settings)
    assert made.facts["release"]["version"] == "2.0.0"
    assert made.facts["told"]["labels_without_units"]["labels"] > 0


def test_nothing_new_is_a_patch(settings: Settings) -> None:
    """The same tables under another licence make a patch, in which no row is younger than before."""
    first = cut_one(settings)
    second = cut_one(replace(settings, licence="CC-BY-4.0"))
    assert (second.facts["release"]["version"], second.facts["release"]["bump"]) == ("0.1.1", "patch")
    digests = [
        {name: one["content_sha256"] for name, one in made.facts["files"].items()} for made in (first, second)
    ]
    assert digests[0] == digests[1]


def test_where_nothing_changed_nothing_is_cut(settings: Settings) -> None:
    """The same rows and documents on another day are no release; a version that is asked for is one all the same."""
    first = cut_one(settings)
    again = cut(settings, Wanted(None, "research", date(2026, 12, 24)))
    assert (first.new, again.new, again.folder, again.as_json()["version"]) == (
        True,
        False,
        first.folder,
        "0.1.0",
    )
    assert [one.version for one in listed(settings.releases_dir)] == ["0.1.0"]
    asked = cut_one(settings, "1.0.0")
    assert (asked.new, asked.folder.name) == (True, "pages-1.0.0")
    (settings.root / "answers.yaml").write_text("funding: Nobody.\n", encoding="utf-8")
    assert cut_one(settings).folder.name == "pages-1.0.1"


def test_more_answers_are_told(settings: Settings) -> None:
    """Another annotator's answers are rows more, and the release follows the one before it by its manifest."""
    first = cut_one(settings)
    units = sorted(contents(read_tree(first.folder)).tables["comments"]["comment_id"].to_pylist())
    home = put_pages(settings.root).tables["comments"]["comment_id"].to_pylist()
    label(
        settings.root,
        *(answer for unit in home for answer in answers(unit)),
        *(said(unit, 4, tone="civil") for unit in home),
    )
    made = cut_one(settings)
    assert made.facts["release"]["rows_changed"]["annotations"]["added"] == len(units)
    digest = sha256((first.folder / "manifest.json").read_bytes()).hexdigest()
    assert made.facts["told"]["previous"] == {"version": "0.1.0", "manifest_sha256": digest}


def test_each_tier_has_a_line_of_its_own(settings: Settings) -> None:
    """An open release is called so, has no text in it, and begins at 0.1.0 beside one for research."""
    cut_one(settings, "0.3.0")
    made = cut_one(settings, tier="open")
    assert made.folder.name == "pages-open-0.1.0"
    assert "text" not in contents(read_tree(made.folder)).tables["comments"].column_names
    everything = b"".join(read_tree(made.folder).files.values())
    assert not [page.headline for page in PAGES if page.headline and page.headline.encode() in everything]


def test_the_list_of_releases(settings: Settings) -> None:
    """Each release is listed with the hashes of its manifest and tar; the last one is current."""
    made = [cut_one(settings), cut_one(settings, "0.1.1"), cut_one(settings, tier="open")]
    found = listed(settings.releases_dir)
    assert [one.status for one in found] == ["superseded", "current", "current"]
    assert [one.folder for one in found] == [one.folder.name for one in made]
    assert [one.tar_sha256 for one in found] == [sha256(one.tar.read_bytes()).hexdigest() for one in made]


def test_a_damaged_release_before_it_stops_the_next(settings: Settings) -> None:
    """Rows are compared only with a release that can be read."""
    made = cut_one(settings)
    file = made.folder / "data/comments.parquet"
    file.chmod(0o644)
    file.write_bytes(b"no table")
    with pytest.raises(DataError, match=r"data/comments.parquet.*fetch this version again"):
        cut_one(settings)


def test_wrong_words_are_refused(settings: Settings) -> None:
    """A version of two numbers is none."""
    with pytest.raises(UsageError, match="no version"):
        cut_one(settings, "1.0")


def test_what_would_not_verify_is_not_written(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should the writer err, its release is refused, and nothing of it stands there."""
    whole = cutting.render
    monkeypatch.setattr(cutting, "render", lambda *facts: {**whole(*facts), "README.md": b"# Other\n"})
    with pytest.raises(DataError, match=r"not written.*README.md: document"):
        cut_one(settings)
    assert not settings.releases_dir.exists()


def test_what_cannot_be_listed_does_not_stand(settings: Settings) -> None:
    """Where the list of releases is damaged no folder and no tar is left that the list does not know."""
    first = cut_one(settings)
    (settings.releases_dir / "releases.json").write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match=r"releases\.json"):
        cut_one(settings)
    standing = {one.name for one in settings.releases_dir.iterdir()}
    assert standing == {first.folder.name, first.tar.name, "releases.json"}


def test_the_stages_are_told(settings: Settings) -> None:
    """Whoever watches is told of each stage, and how long it took is in the report."""
    cut_one(settings)
    told: list[tuple[int, int, str]] = []
    made = cut(settings, Wanted(None, "research", DAY, "because"), lambda *step: told.append(step))
    assert [stage for _, _, stage in told] == list(made.seconds)
    assert {of for _, of, _ in told} == {cutting.STAGES}
    assert len(told) <= cutting.STAGES
    assert json.loads(json.dumps(made.as_json()))["seconds"] == made.seconds


def test_a_clock_adds_up() -> None:
    """A stage that is met twice has the seconds of both."""
    clock = Clock(2)
    for _ in range(2):
        with clock.stage("one"):
            sum(range(10_000))
    assert list(clock.seconds) == ["one"]


def test_status_knows_the_releases(settings: Settings) -> None:
    """The stage of releases is for later, then ready as long as nothing is other than it was, whenever it was made."""
    assert releases_stage(settings).state == "not yet"
    made = [cut_one(settings), cut_one(settings, "0.1.1")]
    found = releases_stage(settings)
    assert (found.state, found.facts) == ("ready", ("pages-0.1.1: latest of tier research", "1 before"))
    for one in made:
        os.utime(one.tar, (0, 0))
    assert releases_stage(settings).state == "ready"
    put_pages(settings.root, (*PAGES, LONG, MORE))
    found = releases_stage(settings)
    assert (found.state, found.todo) == ("stale", "builder release")
    assert found.facts[0] == "pages-0.1.1: latest of tier research; the tables were built since then"


def test_each_tier_is_judged_by_itself(settings: Settings) -> None:
    """A tier that was not cut since the tables were built is named with the command, and no other one is."""
    for tier in ("research", "open"):
        os.utime(cut_one(settings, tier=tier).tar, (0, 0))
    put_pages(settings.root, (*PAGES, LONG, MORE))
    assert releases_stage(settings).todo == "builder release && builder release --tier open"
    cut_one(settings)
    found = releases_stage(settings)
    assert (found.state, found.todo) == ("stale", "builder release --tier open")
    assert found.facts[0] == "pages-0.2.0: latest of tier research"
    assert found.changes == ("pages-open-0.1.0: the tables were built since then",)
    cut_one(settings, tier="open")
    assert releases_stage(settings).state == "ready"


def test_a_release_is_found_by_its_version(settings: Settings) -> None:
    """A version names the release of the dataset at hand, for research first; a path is a path."""
    made = [cut_one(settings, tier="open"), cut_one(settings)]
    assert release_at(settings, "0.1.0") == settings.releases_dir / made[1].folder.name
    assert release_at(settings, os.fspath(made[0].folder)) == made[0].folder
    assert release_at(settings, "0.1.0", first="open") == settings.releases_dir / made[0].folder.name
    assert release_at(settings, "pages-open-0.1.0") == settings.releases_dir / made[0].folder.name
    assert release_at(settings, "9.9.9") == Path("9.9.9")


def test_an_edited_comment_is_told(settings: Settings) -> None:
    """Where a page is parsed otherwise the old comment is removed and the new one added; the reason is kept."""
    first = cut_one(settings)
    other = Page(
        LONG.capture, LONG.headline, None, LONG.paragraphs, (*LONG.comments[:-1], Comment(None, ("Else.",)))
    )
    put_pages(settings.root, (*PAGES, other))
    made = cut(settings, Wanted(None, "research", DAY, "The last comment was cut wrongly"))
    assert made.facts["release"]["rows_changed"]["comments"] == {"added": 1, "removed": 1, "changed": 0}
    assert "The last comment was cut wrongly" in (made.folder / "CHANGELOG.md").read_text(encoding="utf-8")
    assert verify_release(made.folder).previous == first.folder
    assert verify_release(made.folder).faults == ()
