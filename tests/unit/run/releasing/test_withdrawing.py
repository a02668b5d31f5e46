"""A withdrawal: what the ledger says, what the archive loses, what the merge and later work make of it."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from builder.annotate.archive.lines import read_archive
from builder.core.errors import DataError, UsageError
from builder.core.linefile import line_files, new_lines
from builder.core.settings import Settings
from builder.core.settings_file import find_settings
from builder.core.tablefile import read_table
from builder.release.withdrawal.quotes import BLANK
from builder.run.annotation.merging import merge_archive
from builder.run.annotation.planning import all_candidates
from builder.run.corpus.pipeline import Build, build
from builder.run.corpus.shard import ShardWork
from builder.run.corpus.withdrawn import read_ledger
from builder.run.releasing.keys import rotate_key
from builder.run.releasing.withdrawing import Asked, Done, plan_withdrawal, rehearse, withdraw
from builder.run.reporting import write_report
from tests.unit.annotate.pulled import Record
from tests.unit.run.on_disk import write_tables
from tests.unit.run.released import (
    CORPUS,
    PAGES,
    QUOTING,
    SAID,
    answered,
    comment,
    cut_release,
    released_dataset,
    with_key,
)
from tests.unit.tables.corpus import Comment, dataset

MINE = comment(SAID)
COPY = comment(SAID, "gazette/copy.txt")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A dataset with answers to all comments of a page."""
    return released_dataset(tmp_path)


def withdrawn(settings: Settings, *said: str, **how: Any) -> Done:
    """Withdraw something, without a server."""
    return withdraw(settings, plan_withdrawal(settings, Asked(said, "person-asked", **how)), None)


def archive_of(settings: Settings) -> str:
    """All that the archive holds, as one text."""
    return "\n".join(
        json.dumps(line._asdict(), ensure_ascii=False) for line in read_archive(settings.archive_dir)
    )


def test_the_ledger_has_ids_alone(settings: Settings) -> None:
    """Each withdrawn unit is a line of the ledger, copies too, and no line has a name or a text."""
    withdrawn(settings, MINE["comment_id"], note="letter from Zacharias")
    text = settings.withdrawals_file.read_text(encoding="utf-8")
    ledger = read_ledger(settings)
    assert [(one.unit_id, one.because_of) for one in ledger.withdrawals] == [
        (MINE["comment_id"], ""),
        (COPY["comment_id"], MINE["comment_id"]),
    ]
    assert not [word for word in ("Zacharias", "mayor", "letter") if word in text]
    assert "letter from Zacharias" in settings.withdrawal_notes_file.read_text(encoding="utf-8")


def test_ids_of_releases_are_known(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A comment or an author is found by what a release calls it, also one under a key that was changed since."""
    keyed = with_key(settings, tmp_path_factory.mktemp("keys") / "key.json")
    tables = cut_release(keyed, tier="research") / "data"
    (one,) = [row for row in read_table(tables, "comments").to_pylist() if row["text"] == SAID][:1]
    rotate_key(keyed)
    home = {row["comment_id"]: row["author_id"] for row in (MINE, COPY)}
    (unit,) = plan_withdrawal(keyed, Asked([one["comment_id"]], "error")).entries[:1]
    assert unit.unit_id in home
    (author,) = plan_withdrawal(keyed, Asked([one["author_id"]], "error")).entries[:1]
    assert (author.unit_type, author.unit_id) == ("author", home[unit.unit_id])
    with pytest.raises(UsageError, match="none that a release calls so"):
        plan_withdrawal(keyed, Asked(["c" + "0" * 20], "error"))


def test_what_quotes_it_is_known_when_the_text_is_nowhere(settings: Settings) -> None:
    """Once its lines are taken out of the captures, releases overwrite who quotes it as they did before."""
    withdrawn(settings, "herald/Zacharias")
    before = released_texts(settings)
    assert [text for text in before if BLANK in text] == [cleaned_quotation()]
    kept = [replace(page, comments=[one for one in page.comments if not mine(one)]) for page in PAGES]
    write_tables(dataset(kept), settings.root)
    merge_archive(settings)
    assert released_texts(settings) == before
    again = plan_withdrawal(settings, Asked((), None))
    assert (again.overwritings, len(again.quoting)) == ((), 1)


def mine(one: Comment) -> bool:
    """Whether a comment is one of those that were withdrawn."""
    return one.author in {"Zacharias", "Z."}


def released_texts(settings: Settings) -> list[str]:
    """All texts of comments in the next release, tombstones left out."""
    texts = read_table(cut_release(settings) / "data", "comments")["text"].to_pylist()
    return sorted(text for text in texts if text is not None)


def cleaned_quotation() -> str:
    """The comment that quotes, without what is not its own."""
    blank = "".join(BLANK if sign != " " else sign for sign in SAID)
    return QUOTING.replace(SAID, blank).replace("Zacharias", BLANK * 9)


def test_the_archive_loses_text_marks_and_notes(settings: Settings) -> None:
    """No text of a withdrawn comment is left in the archive, and the ledger tells the hashes of changed files."""
    before = line_files(settings.archive_dir)[0].read_bytes()
    lines = len(list(read_archive(settings.archive_dir)))
    assert SAID in archive_of(settings)
    done = withdrawn(settings, MINE["comment_id"])
    left = archive_of(settings)
    assert f'"text": "{SAID}"' not in left
    assert f": {SAID}" not in left.replace(QUOTING, "")
    assert SAID[:20] not in left.replace(QUOTING, "").replace(QUOTING[:20], "")
    assert len(list(read_archive(settings.archive_dir))) == lines
    (redaction,) = read_ledger(settings).redactions
    after = line_files(settings.archive_dir)[0].read_bytes()
    assert (redaction.file, redaction.lines) == ("000001.jsonl.zst", done.archive.lines)
    assert redaction.before != redaction.after
    assert before != after


def test_answers_to_it_end_as_rejects(settings: Settings) -> None:
    """After the merge each version has a status as before, and those of the withdrawn comment are rejected for it."""
    was = Counter(read_table(settings.merged_dir, "annotations")["status"].to_pylist())
    withdrawn(settings, MINE["comment_id"])
    report = merge_archive(settings)
    now = Counter(report.tables["annotations"]["status"].to_pylist())
    assert was.total() == now.total() == report.summary.pulled
    assert (was["merged"] - now["merged"], now["rejected"], now["draft"]) == (2, 2, was["draft"])
    assert report.tables["rejects"]["reason"].to_pylist() == ["withdrawn", "withdrawn"]
    for name in ("answers", "spans"):
        assert SAID[:20] not in json.dumps(report.tables[name].to_pylist(), default=str).replace(QUOTING, "")


def test_answers_to_others_stay(settings: Settings) -> None:
    """Comments that were shown with the withdrawn one beside them keep their answers."""
    withdrawn(settings, MINE["comment_id"])
    tables = merge_archive(settings).tables
    counts = Counter(row["unit_id"] for row in tables["annotations"].to_pylist() if row["status"] == "merged")
    others = [
        row["comment_id"]
        for row in CORPUS.tables["comments"].to_pylist()
        if row["article_id"] == MINE["article_id"]
    ]
    assert counts == {unit: 2 for unit in others if unit != MINE["comment_id"]}


def test_a_second_time_changes_nothing(settings: Settings) -> None:
    """What was withdrawn is withdrawn once: done again, neither ledger nor archive changes."""
    withdrawn(settings, MINE["comment_id"])
    files = settings.withdrawals_file.read_bytes(), line_files(settings.archive_dir)[0].read_bytes()
    done = withdrawn(settings, MINE["comment_id"])
    assert (done.entries, done.archive.lines) == ((), 0)
    assert (settings.withdrawals_file.read_bytes(), line_files(settings.archive_dir)[0].read_bytes()) == files


def test_a_rehearsal_changes_nothing(settings: Settings) -> None:
    """A dry run tells how many units and lines it would take, and writes nothing."""
    before = line_files(settings.archive_dir)[0].read_bytes()
    plan = plan_withdrawal(settings, Asked(("Zacharias",), "person-asked"))
    done = rehearse(settings, plan, None)
    assert len(done.entries) == 4
    assert done.archive.lines > 0
    assert not settings.withdrawals_file.exists()
    assert line_files(settings.archive_dir)[0].read_bytes() == before


def test_an_author_goes_with_all_comments(settings: Settings) -> None:
    """Who withdraws as an author takes back every comment, at that source."""
    done = withdrawn(settings, "herald/zacharias")
    kinds = Counter(one.unit_type for one in done.entries)
    assert kinds == {"author": 1, "comment": 3}


def test_an_article_goes_with_its_thread(settings: Settings) -> None:
    """An article is named by its capture, and takes every comment below it along."""
    done = withdrawn(settings, "herald/two.txt")
    assert Counter(one.unit_type for one in done.entries) == {"article": 1, "comment": 1}


def test_what_remains_is_told(settings: Settings) -> None:
    """The lines of raw captures with name and text are told, with the blank ones before, and so is who quotes it."""
    plan = plan_withdrawal(settings, Asked((MINE["comment_id"],), "error"))
    raw = (settings.raw_dir / "herald/one.txt").read_text(encoding="utf-8").splitlines()
    here = next(one for one in plan.remains if one.file.endswith("one.txt"))
    assert here.first is not None
    assert here.last is not None
    assert raw[here.first - 1 : here.last] == ["", "", "Zacharias", "", SAID]
    assert plan.quoting == (comment(QUOTING)["comment_id"],)


@pytest.mark.parametrize("place", [0, 9])
def test_taking_the_lines_out_leaves_the_others(tmp_path: Path, repository: Path, place: int) -> None:
    """A capture without the lines that are told has all its other comments, whose ids and authors are the same."""
    capture = "thessk-dispatch/2031-05/drone-falls-on-market-day.txt"
    file = tmp_path / "data/raw" / capture
    file.parent.mkdir(parents=True)
    file.write_bytes((repository / "data/raw" / capture).read_bytes())
    before = comments_parsed(tmp_path)
    gone = before.pop(place)
    plan = plan_withdrawal(find_settings(tmp_path), Asked([gone["comment_id"]], "error"))
    (told,) = plan.remains
    assert told.first is not None
    lines = file.read_text(encoding="utf-8").split("\n")
    del lines[told.first - 1 : told.last]
    file.write_text("\n".join(lines), encoding="utf-8")
    assert comments_parsed(tmp_path) == before


def comments_parsed(root: Path) -> list[Record]:
    """Who said what in the captures of a dataset, as they are parsed."""
    build(Build(root / "data/raw", root / "data/tables", ShardWork))
    rows = read_table(root / "data/tables", "comments").to_pylist()
    return [{name: row[name] for name in ("comment_id", "author_name", "text")} for row in rows]


def test_it_is_not_asked_about_again(settings: Settings) -> None:
    """No later round asks about a withdrawn comment, and the report does not show it."""
    withdrawn(settings, MINE["comment_id"])
    units = {one.unit_id for one in all_candidates(settings, "comment")}
    assert MINE["comment_id"] not in units
    assert comment(QUOTING)["comment_id"] in units
    assert {one.unit_id for one in all_candidates(settings, "capture")} == {
        row["article_id"]
        for row in CORPUS.tables["articles"].to_pylist()
        if row["capture"] == "herald/two.txt"
    }
    merge_archive(settings)
    assert SAID not in write_report(settings).file.read_text(encoding="utf-8").replace(QUOTING, "")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("c" + "0" * 20, "There is no comment"),
        ("nobody at all", "is no id, no author and no capture"),
        ("Ann", None),
    ],
)
def test_names_are_looked_up(settings: Settings, said: str, words: str | None) -> None:
    """What nobody is called is refused with what names look like."""
    if words is None:
        assert plan_withdrawal(settings, Asked((said,), "error")).entries
        return
    with pytest.raises(UsageError, match=words):
        plan_withdrawal(settings, Asked((said,), "error"))


def test_what_is_gone_already_can_be_withdrawn(settings: Settings) -> None:
    """An id that is in no table any more gets into the ledger when that is said to be meant."""
    done = withdrawn(settings, "c" + "0" * 20, absent=True)
    assert [one.unit_id for one in done.entries] == ["c" + "0" * 20]


def test_a_damaged_ledger_stops_everything(settings: Settings) -> None:
    """A ledger with a line that is none lets no withdrawn text out by mistake: the line is named."""
    settings.withdrawals_file.write_text('{"kind": "withdrawal"}\n', encoding="utf-8")
    with pytest.raises(DataError, match="line 1 is no entry"):
        all_candidates(settings, "comment")


def test_what_a_pull_brings_later_is_redacted(settings: Settings) -> None:
    """Lines that a server says after the withdrawal lose the text before they are merged."""
    withdrawn(settings, MINE["comment_id"])
    with new_lines(settings.archive_dir) as archive:
        for line in answered().lines:
            archive.write(line.as_bytes())
    tables = merge_archive(settings).tables
    assert SAID not in json.dumps(tables["spans"].to_pylist()).replace(QUOTING, "")
    assert set(tables["rejects"]["reason"].to_pylist()) == {"withdrawn"}
