"""What people do on a real server comes back: pulled once, archived for ever, merged by the rules."""

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from builder.annotate.archive.lines import read_archive
from builder.annotate.server.connection import Server
from builder.annotate.transfer import export, pull
from builder.annotate.transfer.export import export_all
from builder.core.errors import Busy
from builder.core.lock import locked
from builder.core.settings import Settings
from builder.dataset import open as open_dataset
from builder.run.annotation.annotators import read_pseudonyms
from builder.run.annotation.merging import merge_archive
from builder.run.annotation.pulling import pull_into_archive
from tests.integration.labelling import CIVIL, TEXTS, Bench
from tests.integration.studio import Studio
from tests.unit.annotate.pulled import choice, data, span


@pytest.fixture
def bench(studio: Studio, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Bench]:
    """A dataset of six comments whose tasks are on the server; its projects are gone afterwards."""
    made = Bench(studio, tmp_path, request.node.name[:40])
    yield made
    made.lead.delete(f"api/projects/{made.project.id}")


def test_everything_that_people_do_has_its_place(bench: Bench) -> None:
    """Answers, edits, skips, drafts, deletions, imports and false names come back, each with its status."""
    ann, bob = bench.person("ann"), bench.person("bob")
    numbers = {name: bench.person(name).get("api/current-user/whoami")["id"] for name in ("ann", "bob")}
    start = TEXTS[1].index("idiots")
    first = bench.answer(ann, 1, [*CIVIL, span(start, start + 6, "idiots")])
    bench.answer(ann, 0)
    bench.answer(bob, 0, [choice("tone", "rude")])
    gone = bench.answer(ann, 3)
    bench.answer(bob, 4, [], was_cancelled=True)
    ann.post(f"api/tasks/{bench.tasks[4]}/drafts", {"result": CIVIL, "lead_time": 1.0})
    one = bench.pull()
    assert {name: one[name] for name in ("tasks", "annotations", "drafts", "deleted", "unchanged")} == {
        "tasks": 6, "annotations": 5, "drafts": 1, "deleted": 0, "unchanged": 0,
    }  # fmt: skip

    ann.patch(f"api/annotations/{first['id']}", {"result": CIVIL})
    bench.lead.delete(f"api/annotations/{gone['id']}")
    bench.answer(ann, 3, [choice("tone", "mad")])
    bench.answer(bob, 2, completed_by=numbers["ann"])
    bench.lead.delete(f"api/tasks/{bench.tasks[5]}")
    ann.post(f"api/tasks/{bench.tasks[3]}/drafts", {"result": CIVIL, "lead_time": 1.0})
    imported = [{"result": CIVIL, "completed_by": numbers["ann"], "ground_truth": False}]
    foreign = {"data": {"text": "From elsewhere"}, "annotations": imported}
    copy = {"data": data(bench.rows[2]), "annotations": imported}
    bench.lead.post(f"api/projects/{bench.project.id}/import", [foreign, copy])
    two = bench.pull()
    assert (two["annotations"], two["drafts"], two["deleted"], two["deleted_tasks"]) == (5, 1, 1, 1)

    assert bench.statuses() == {
        TEXTS[0]: [("merged", ""), ("rejected", "missing_answer")],
        TEXTS[1]: [("superseded", ""), ("merged", "")],
        TEXTS[2]: [("merged", ""), ("rejected", "imported")],
        TEXTS[3]: [("rejected", "annotation_deleted"), ("rejected", "schema"), ("draft", "")],
        TEXTS[4]: [("skipped", ""), ("draft", "")],
        "?": [("rejected", "imported")],
    }
    frames = open_dataset(bench.settings.tables_dir)
    assert (frames.annotations["edited_by_other"].sum(), frames.tasks["deleted"].sum()) == (1, 1)
    people = read_pseudonyms(bench.settings.annotators_file)
    assert set(frames.annotators["annotator_id"]) == {people.of("ann"), people.of("bob")}
    assert frames.spans.empty


def test_the_second_pull_brings_and_writes_nothing(bench: Bench) -> None:
    """What was pulled is not pulled again: no file is added, none is changed, and two merges are equal."""
    assert not bench.settings.archive_dir.exists()
    ann = bench.person("ann")
    bench.answer(ann, 0)
    ann.post(f"api/tasks/{bench.tasks[1]}/drafts", {"result": CIVIL})
    bench.pull()
    assert bench.settings.archive_dir.stat().st_mode & 0o077 == 0
    before = bench.files()
    again = bench.pull()
    assert (again["annotations"], again["drafts"], again["unchanged"]) == (0, 0, 6)
    assert bench.files() == before

    with locked(bench.settings.archive_dir), pytest.raises(Busy):
        bench.pull()

    def merged() -> dict[str, bytes]:
        merge_archive(bench.settings)
        return {file.name: file.read_bytes() for file in bench.settings.merged_dir.iterdir()}

    assert merged() == merged()


def test_a_large_project_comes_in_pieces(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project too large for one export is listed and fetched piece by piece, to the same lines."""
    ann = bench.person("ann")
    for task in range(5):
        bench.answer(ann, task)
    ann.post(f"api/tasks/{bench.tasks[5]}/drafts", {"result": CIVIL})
    bench.pull()
    monkeypatch.setattr(pull, "WHOLE", 0)
    monkeypatch.setattr(export, "CHUNK", 2)
    pieces = replace(bench.settings, archive="pieces")
    pull_into_archive(pieces, bench.lead)

    def lines(settings: Settings) -> list[tuple[str, Any]]:
        found = ((line.kind, line.record) for line in read_archive(settings.archive_dir))
        return [(kind, {**record, "created_ago": ""}) for kind, record in found]

    assert lines(pieces) == lines(bench.settings)


def test_spans_behind_emoji_are_where_they_say(bench: Bench) -> None:
    """Offsets that count characters are merged with the text they mark; those that count halves are not."""
    ann, bob = bench.person("ann"), bench.person("bob")
    at = TEXTS[2].index("one")
    marked = TEXTS[2][at : at + 17]
    bench.answer(ann, 2, [*CIVIL, span(at, at + 17, marked.replace("\n", "\\n"))])
    start = TEXTS[1].index("idiots")
    bench.answer(bob, 1, [*CIVIL, span(start + 1, start + 7, "idiots")])
    bench.pull()
    statuses = bench.statuses()
    assert statuses[TEXTS[1]] == [("rejected", "offsets")]
    (row,) = open_dataset(bench.settings.tables_dir).spans.to_dict("records")
    assert (row["start"], row["text"]) == (at, marked)


def test_an_import_that_somebody_edits_is_theirs(bench: Bench) -> None:
    """An imported answer counts once a person has saved it, and is flagged where it bears another's name."""
    ann, bob = bench.person("ann"), bench.person("bob")
    number = ann.get("api/current-user/whoami")["id"]
    imported = [{"result": CIVIL, "completed_by": number, "ground_truth": False, "lead_time": 9.0}]
    copies = [{"data": data(row), "annotations": imported} for row in bench.rows[:2]]
    bench.lead.post(f"api/projects/{bench.project.id}/import", copies)
    there = [task for task in export_all(bench.lead, bench.project.id) if task["annotations"]]
    first = next(task for task in there if task["data"]["text"] == TEXTS[0])
    bob.patch(f"api/annotations/{first['annotations'][0]['id']}", {"result": CIVIL})
    bench.pull()
    assert bench.statuses() == {TEXTS[0]: [("merged", "")], TEXTS[1]: [("rejected", "imported")]}
    assert open_dataset(bench.settings.tables_dir).annotations["edited_by_other"].sum() == 1


def test_a_number_given_again_is_another_task(bench: Bench) -> None:
    """A task that was deleted and made again under its number keeps neither its old answers nor loses the new."""
    ann = bench.person("ann")
    bench.answer(ann, 5, [choice("tone", "rude"), choice("target", "group")])
    bench.pull()
    bench.lead.delete(f"api/tasks/{bench.tasks[5]}")
    (*_, again) = bench.send(bench.project, bench.rows)
    assert again == bench.tasks[5], "the server gave the task another number: this test tells nothing"
    bench.answer(ann, 5)
    two = bench.pull()
    assert (two["annotations"], two["deleted"], two["deleted_tasks"]) == (1, 1, 1)
    assert bench.statuses() == {TEXTS[5]: [("rejected", "task_deleted"), ("merged", "")]}
    assert not open_dataset(bench.settings.tables_dir).tasks["deleted"].any()


def test_two_annotators_at_once(bench: Bench) -> None:
    """Two people who label at the same time while pulls go on lose nothing and double nothing."""
    people = {name: bench.person(name) for name in ("ann", "bob")}

    def label(who: Server) -> None:
        for task in range(6):
            bench.answer(who, task)

    threads = [threading.Thread(target=label, args=(who,)) for who in people.values()]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        bench.pull()
    bench.pull()
    assert bench.statuses() == {text: [("merged", ""), ("merged", "")] for text in TEXTS}
    versions = [line.record["unique_id"] for line in read_archive(bench.settings.archive_dir, ["annotation"])]
    assert len(versions) == len({*versions}) == 12


def test_a_pull_that_is_killed_leaves_no_trace(bench: Bench, command: Callable[..., list[str]]) -> None:
    """A pull that ends in the middle, by kill -9, leaves the archive as it was; the next one brings it all."""
    ann = bench.person("ann")
    bench.answer(ann, 0)
    bench.pull()
    before = bench.files()
    bench.answer(ann, 1)
    slow = subprocess.Popen(command("pull"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    folder = bench.settings.archive_dir
    deadline = time.monotonic() + 60
    while not list(folder.glob(".*.part")) and slow.poll() is None and time.monotonic() < deadline:
        time.sleep(0.001)
    slow.send_signal(signal.SIGKILL)
    slow.wait()
    assert {name: content for name, content in bench.files().items() if name[0] != "."} == before
    assert bench.pull()["annotations"] == 1
    assert [name for name in bench.files() if name[0] != "."] == ["000001.jsonl.zst", "000002.jsonl.zst"]
    assert not list(folder.glob(".*.part"))


@pytest.fixture
def command(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """The command as a user calls it, in the dataset's folder, with the server in the environment."""
    monkeypatch.chdir(bench.settings.root)
    for name, value in {**bench.studio.environ, "COLUMNS": "150"}.items():
        monkeypatch.setenv(name, value)
    return lambda *words: [sys.executable, "-m", "builder", *words]


def test_the_commands_say_what_happened(bench: Bench, command: Callable[..., list[str]]) -> None:
    """pull, merge and status tell a person and a machine how far the labelling is; merge needs no server."""

    def run(*words: str, **environ: str) -> str:
        done = subprocess.run(command(*words), capture_output=True, text=True, check=False, **environ)  # type: ignore[call-overload]
        assert done.returncode == 0, done.stderr
        return str(done.stdout)

    ann, bob = bench.person("ann"), bench.person("bob")
    bench.answer(ann, 0)
    bench.answer(bob, 0, [choice("tone", "mad")])
    bench.answer(bob, 1, [], was_cancelled=True)
    assert "3 new answers" in run("pull")
    assert json.loads(run("pull", "--json"))["lines"] == 0
    offline = {"env": {"PATH": "", "PYTHONPATH": ":".join(sys.path)}}
    expected = {"pulled": 3, "merged": 1, "rejected": 1, "superseded": 0, "drafts": 0, "skipped": 1}
    assert json.loads(run("merge", "--json", **offline)) == expected
    said = run("merge")
    assert "schema" in said
    assert "plan a new round" in said
    status = run("status")
    assert "ann@annotators.example: 1 of 6 done" in status
    assert "bob@annotators.example: 0 of 6 done, 1 rejected, 1 skipped" in status
