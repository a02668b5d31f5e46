"""Raw captures, tables and releases on a server that speaks S3, by the command: same bytes, never a half."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import fsspec
import pytest
from moto.server import ThreadedMotoServer

from builder.core import stores
from builder.core.errors import Unreachable
from builder.core.mirror import at_hand
from builder.core.places import Url
from builder.run.corpus.afar import Goal, build_at
from builder.run.corpus.pipeline import Build
from tests.integration.command import built, captures, contents, run
from tests.integration.objectstore import BUCKET, serving
from tests.unit.run.standin import tables_of

LOGIN = "me:sesame"
PROJECT = f"""
[tool.builder]
name = "afar"
licence = "CC0-1.0"
raw = "s3://{BUCKET}/raw"
tables = "s3://{BUCKET}/tables"
releases = "s3://{BUCKET}/releases"
scratch = "scratch"
detect_languages = false
"""


@pytest.fixture(scope="module")
def server() -> Iterator[ThreadedMotoServer]:
    """The server, which commands find by their environment."""
    with pytest.MonkeyPatch.context() as patch, serving(patch) as server:
        yield server


@pytest.fixture
def place(tmp_path: Path, server: ThreadedMotoServer, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dataset whose captures are in the bucket, and in a folder beside it."""
    assert server.get_host_and_port()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    raw = captures(captures(tmp_path / "raw", 12), 4, "radio")
    (raw / "paper/3.txt.meta.json").write_text(json.dumps({"language": "en"}), encoding="utf-8")
    done = run("pack", raw / "radio", tmp_path / "packed", "--format", "jsonl.zst", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for file in (tmp_path / "packed").iterdir():
        if file.name.startswith("radio"):
            file.rename(raw / "radio" / f"packed-{file.name}")
    system = fsspec.filesystem("s3", use_listings_cache=False)
    if system.exists(BUCKET):
        for path in system.ls(BUCKET, detail=False):
            system.rm(path, recursive=True)
    system.put(str(raw), f"{BUCKET}/raw", recursive=True)
    (tmp_path / "dataset").mkdir()
    (tmp_path / "dataset/pyproject.toml").write_text(PROJECT, encoding="utf-8")
    return tmp_path / "dataset"


def stored(folder: str) -> dict[str, bytes]:
    """What is below a folder of the bucket."""
    store = stores.open_store(f"s3://{BUCKET}/{folder}")
    return {path: stores.read_in(store, path) for path in stores.files_in(store)}


def tables_there() -> dict[str, bytes]:
    """The tables in the bucket."""
    return {
        path.rpartition("/")[2]: data for path, data in stored("tables").items() if path.endswith(".parquet")
    }


def tables_here(folder: Path) -> dict[str, bytes]:
    """The tables in a folder."""
    return {name: data for name, data in contents(folder).items() if name.endswith(".parquet")}


@pytest.mark.parametrize("executor", ["serial", "processes", "dask"])
def test_the_same_bytes_whoever_works(place: Path, executor: str) -> None:
    """From the bucket to the bucket, each worker reading by itself, tables are those from a folder to a folder."""
    how = ["--executor", executor, *(["--workers", "2"] if executor != "serial" else [])]
    there = built(*how, cwd=place)
    here = built("--raw", place.parent / "raw", "--out", place.parent / "out", cwd=place)
    assert there["rows"] == here["rows"]
    assert tables_there() == tables_here(place.parent / "out")
    assert there["tables"] == f"s3://{BUCKET}/tables"


def test_tables_are_checked_from_another_machine(place: Path) -> None:
    """Who has nothing but the URLs checks every offset, sees the state of things, and reads a capture."""
    built(cwd=place)
    other = place.parent / "other"
    other.mkdir()
    (other / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    done = run("check", "--json", cwd=other)
    assert done.returncode == 0, done.stderr
    verdict = json.loads(done.stdout)
    assert (verdict["tables"], verdict["raw"]) == (f"s3://{BUCKET}/tables", f"s3://{BUCKET}/raw")
    assert run("check", "--tables", f"s3://{BUCKET}/tables", cwd=other).returncode == 0
    assert "16 captures" in run("status", cwd=other).stdout
    assert run("show", "paper/1.txt", cwd=other).returncode == 0
    assert run("pack", f"s3://{BUCKET}/raw", "packed", cwd=other).returncode == 0


def test_a_check_finds_what_changed(place: Path) -> None:
    """A capture that changed in the bucket after the build is a fault."""
    built(cwd=place)
    system = fsspec.filesystem("s3")
    system.pipe_file(f"{BUCKET}/raw/paper/1.txt", b"changed")
    done = run("check", "--json", cwd=place)
    assert done.returncode == 1
    assert "raw_sha256" in done.stdout


def test_releases_are_cut_verified_and_published_there(place: Path) -> None:
    """A release goes to the bucket, verifies from there as folder, tar and version, and is published from there."""
    built(cwd=place)
    for words in (
        ("key", "new"),
        ("release", "--date", "2031-04-05"),
        ("release", "0.1.1", "--date", "2031-05-05"),
        ("verify", f"s3://{BUCKET}/releases/afar-0.1.0"),
        ("verify", f"s3://{BUCKET}/releases/afar-0.1.1.tar"),
        ("verify", "0.1.1"),
        ("diff", "0.1.0", "0.1.1"),
        ("publish", f"s3://{BUCKET}/releases/afar-0.1.1", "--to", f"s3://{BUCKET}/public/afar-0.1.1"),
        ("export", "csv", "--from", f"s3://{BUCKET}/releases/afar-0.1.1", "--out", "csv"),
    ):
        done = run(*words, cwd=place)
        assert done.returncode == 0, done.stdout + done.stderr
    public = stored("public/afar-0.1.1")
    assert public == dict(stored("releases/afar-0.1.1").items())
    system = fsspec.filesystem("s3")
    system.pipe_file(f"{BUCKET}/releases/afar-0.1.0/README.md", b"damaged")
    assert run("verify", "0.1.0", cwd=place).returncode == 1


def test_a_line_that_breaks_leaves_the_old_tables(
    place: Path, server: ThreadedMotoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the server dies while tables are sent, the old ones count as before, and the same call ends the work."""
    goal = Goal(Url(f"s3://{BUCKET}/tables"), place / "scratch")
    order = Build(Url(f"s3://{BUCKET}/raw"), Path(), lambda: tables_of, "0" * 64)
    build_at(goal, order)
    old = contents(at_hand(goal.place, place / "reader"))
    fsspec.filesystem("s3").pipe_file(f"{BUCKET}/raw/paper/new.txt", b"Headline\nAnn: new")
    host, port = server.get_host_and_port()
    put, left = stores.put, [1, 2]

    def breaking(*words: object) -> None:
        if not left:
            server.stop()
        else:
            left.pop()
        put(*words)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(stores, "put", breaking)
        with pytest.raises(Unreachable, match=rf"s3://{BUCKET}/tables cannot be used"):
            build_at(goal, order)
    server._ip_address, server._port = host, port
    server._server_ready_event.clear()
    server.start()
    assert contents(at_hand(goal.place, place / "reader")) == old
    report = build_at(goal, order)
    assert report.redone.captures_parsed == 0
    assert len(stored("tables")) == len(old) + 2
    assert report.rows["articles"] == build_at(replace(goal, place=place / "plain"), order).rows["articles"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("build", "--out", "s3://no-such-bucket.example/t"), "Is the bucket there"),
        (("build", "--raw", "s3://no-such-bucket.example/r"), "or no such bucket"),
        (("check", "--tables", f"s3://{BUCKET}/nothing"), "There are no tables"),
        (("verify", f"s3://{BUCKET}/nothing"), "is not there"),
        (("build", "--raw", f"sftp://{LOGIN}@files.example/r"), "into the environment"),
        (("build", "--raw", "nowhere://x.example/r"), "is no place for files"),
    ],
)
def test_mistakes_are_told_with_a_cure(place: Path, words: tuple[str, ...], said: str) -> None:
    """A place that is not there, or is none, ends in words with the place and a cure, and nothing is written."""
    done = run(*words, cwd=place)
    assert done.returncode in {1, 2}
    assert said in done.stderr
    assert "bug of the builder" not in done.stderr
    assert "sesame" not in done.stderr
    assert stored("tables") == {}


def test_without_credentials_it_is_told(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without credentials the message says where they are looked for."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("HOME", str(place))
    done = run("build", cwd=place)
    assert (done.returncode, "AWS_PROFILE" in done.stderr) == (1, True), done.stderr


def test_without_the_library_it_is_told(place: Path) -> None:
    """Where s3fs is not installed, the message says how to install it."""
    done = run("build", cwd=place, before="import sys; sys.modules['s3fs'] = None")
    assert done.returncode == 2
    assert "pip install 'newsthreads[s3]'" in done.stderr


def test_commands_that_meet_no_store_load_none() -> None:
    """Who has folders alone pays nothing for stores."""
    code = "import sys, builder.core.settings, builder.core.captures; sys.exit('fsspec' in sys.modules)"
    assert run("--version", cwd=Path.cwd(), before="").returncode == 0
    import subprocess

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
