"""The merge on disk: all tables or none, the same bytes for the same archive, and no file of anybody else lost."""

from pathlib import Path

import pytest

import builder
from builder.annotate.merging.merge import Summary
from builder.core.errors import Busy, DataError, OutputError
from builder.core.lock import locked
from builder.core.settings import Settings
from builder.run.annotation.annotators import read_pseudonyms
from builder.run.annotation.merging import merge_archive
from tests.unit.annotate.pulled import ANN, BOB, CORPUS, USERS, Pulled, choice, span, whole
from tests.unit.run.archived import archived, keep

ARTICLE = CORPUS.tables["articles"].to_pylist()[CORPUS.row("articles", capture="herald/one.txt")]


@pytest.fixture
def pulled() -> Pulled:
    """An archive with an answer, a span, a draft and a reject."""
    made = Pulled()
    task = made.task()
    made.annotation(task, (choice("tone", "civil"), span(9, 14, "tanks")))
    made.annotation(task, (choice("tone", "mad"),), who=BOB)
    made.draft(task)
    return made


@pytest.fixture
def settings(tmp_path: Path, pulled: Pulled) -> Settings:
    """A dataset with that archive."""
    return archived(tmp_path, pulled)


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder."""
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_the_tables_are_there_as_frames(settings: Settings) -> None:
    """After a merge the dataset in Python has its annotations, typed, beside its comments."""
    assert merge_archive(settings).summary == Summary(3, 1, 1, 0, 1, 0)
    opened = builder.open(settings.tables_dir)
    assert opened.answers["option"].tolist() == ["civil"]
    assert opened.spans["text"].tolist() == ["tanks"]
    assert opened.rejects["reason"].tolist() == ["schema"]
    assert sorted(opened.annotations["status"]) == ["draft", "merged", "rejected"]
    assert len(opened.annotators) == 2
    types = opened.annotations.dtypes
    assert (str(types["edited_by_other"]), str(types["lead_time_s"])) == ("boolean", "Float64")
    assert str(opened.tasks["pushed_at"].dtype) == "datetime64[us, UTC]"
    labelled = opened.annotations.merge(opened.comments, left_on="unit_id", right_on="comment_id")
    assert set(labelled["text"]) == {"Add more tanks 🐘"}


def test_merging_twice_changes_nothing(settings: Settings) -> None:
    """The same archive gives the same bytes, and the list of annotators stays untouched."""
    merge_archive(settings)
    before, people = contents(settings.merged_dir), settings.annotators_file.stat()
    merge_archive(settings)
    assert contents(settings.merged_dir) == before
    assert settings.annotators_file.stat().st_mtime_ns == people.st_mtime_ns


def test_the_list_of_annotators_is_kept(settings: Settings) -> None:
    """Whoever did something is on the private list, and in no table by name."""
    tables = merge_archive(settings).tables
    assert set(read_pseudonyms(settings.annotators_file).known) == {USERS[ANN], USERS[BOB]}
    assert not [name for name, table in tables.items() if "annotators.example" in str(table.to_pylist())]


def test_a_later_pull_is_merged_too(settings: Settings, pulled: Pulled) -> None:
    """What a later file of the archive says is added; what it says again counts once."""
    pulled.annotation(pulled.task(data=whole("article", ARTICLE["text"], ARTICLE)))
    keep(settings, pulled)
    assert merge_archive(settings).summary == Summary(4, 2, 1, 0, 1, 0)


def test_a_capture_is_proven_by_its_file(settings: Settings, pulled: Pulled) -> None:
    """The label of a capture stands while its file is what it was; without the raw folder nothing is merged."""
    text = CORPUS.raw["herald/one.txt"].decode()
    pulled.annotation(pulled.task(data=whole("capture", text, ARTICLE)))
    keep(settings, pulled)
    assert merge_archive(settings).summary.merged == 2
    (settings.raw_dir / "herald/one.txt").write_text(f"{text}!", encoding="utf-8")
    report = merge_archive(settings)
    assert report.summary.merged == 1
    assert "text_changed" in report.tables["rejects"]["reason"].to_pylist()
    settings.raw_dir.rename(settings.root / "elsewhere")
    with pytest.raises(DataError, match="builder build"):
        merge_archive(settings)


def test_without_an_archive_one_is_told_to_pull(tmp_path: Path) -> None:
    """Where nothing was pulled, or nothing built, the error says what to do first."""
    with pytest.raises(DataError, match="builder pull"):
        merge_archive(Settings(tmp_path))
    keep(Settings(tmp_path), Pulled())
    with pytest.raises(DataError, match="builder build"):
        merge_archive(Settings(tmp_path))


def test_a_damaged_archive_changes_nothing(settings: Settings) -> None:
    """Where the archive cannot be read to its end the old tables stay."""
    merge_archive(settings)
    before = contents(settings.merged_dir)
    (settings.archive_dir / "000002.jsonl.zst").write_bytes(b"spoilt")
    with pytest.raises(DataError, match=r"000002\.jsonl\.zst"):
        merge_archive(settings)
    assert contents(settings.merged_dir) == before


def test_a_strange_file_is_not_lost(settings: Settings) -> None:
    """A file that no merge wrote stops the merge."""
    settings.merged_dir.mkdir()
    (settings.merged_dir / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match=r"notes\.txt"):
        merge_archive(settings)


def test_two_merges_at_once(settings: Settings) -> None:
    """While one merge is at work another is refused."""
    with locked(settings.merged_dir), pytest.raises(Busy):
        merge_archive(settings)


def test_without_a_merge_there_are_no_frames(settings: Settings) -> None:
    """Before the first merge the frames of annotations say what to do; the others are there."""
    opened = builder.open(settings.tables_dir)
    assert len(opened.comments)
    with pytest.raises(DataError, match="builder merge"):
        _ = opened.answers


def test_frames_are_found_beside_moved_tables(settings: Settings) -> None:
    """Tables that are not where settings say have their annotations in the folder merged beside them."""
    merge_archive(settings)
    moved = settings.root / "copy"
    settings.tables_dir.parent.rename(moved)
    assert len(builder.open(moved / "tables").answers) == 1


def test_a_lost_pull_is_missed(settings: Settings, pulled: Pulled) -> None:
    """An archive whose last file went is not merged over tables that know what it held."""
    keep(settings, pulled)
    merge_archive(settings)
    before = contents(settings.merged_dir)
    (settings.archive_dir / "000002.jsonl.zst").unlink()
    with pytest.raises(DataError, match=r"has 1 of the 2 files.*Put back"):
        merge_archive(settings)
    assert contents(settings.merged_dir) == before


def test_a_lost_list_of_annotators_is_told(tmp_path: Path) -> None:
    """Where tasks were made for people whom the private list does not know, the merge says so."""
    made = Pulled()
    made.annotation(made.task(assignee="w0123456789"), (choice("tone", "civil"),))
    assert merge_archive(archived(tmp_path, made)).unlisted == ("w0123456789",)


def test_listed_annotators_are_no_strangers(settings: Settings) -> None:
    """A merge whose annotators are all on the list, or in a pool, has nothing to say about it."""
    assert merge_archive(settings).unlisted == ()
