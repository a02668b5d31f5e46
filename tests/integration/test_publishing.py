"""A release goes to a folder, a memory and a server that speaks S3: whole, resumed, read back, never over another."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest

from builder.core import stores
from builder.core.errors import DataError, OutputError, Unreachable, UsageError
from builder.core.storage import files_below
from builder.run.releasing import publishing
from builder.run.releasing.publishing import Parcel, parcel, publish
from tests.integration.command import run
from tests.integration.objectstore import BUCKET, serving
from tests.unit.run.released import cut_release, released_dataset

LAST = ("manifest.json", "SHA256SUMS")


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release."""
    return cut_release(released_dataset(tmp_path_factory.mktemp("dataset")))


@pytest.fixture
def what(release: Path, monkeypatch: pytest.MonkeyPatch) -> Parcel:
    """A release that may leave: that this one is of the house alone is looked past here."""
    monkeypatch.setattr(publishing, "LEAVING", frozenset({"private"}))
    return parcel(release)


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """The URL of a bucket on a server of this process's own."""
    with pytest.MonkeyPatch.context() as patch, serving(patch):
        yield f"s3://{BUCKET}"


@pytest.fixture(params=["folder", "memory", "s3"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A place of its own at each kind of store."""
    if request.param == "folder":
        yield str(tmp_path / "published" / "tiny-0.1.0")
        return
    name = request.node.name.partition("[")[0]
    if request.param == "memory":
        yield f"memory://{name}/tiny-0.1.0"
        fsspec.filesystem("memory").store.clear()
        return
    yield f"{request.getfixturevalue('bucket')}/{name}/tiny-0.1.0"


def stored(url: str) -> dict[str, bytes]:
    """What stands at a place."""
    store = stores.open_store(url)
    return {path: stores.read_in(store, path) for path in stores.files_in(store)}


def here(release: Path) -> dict[str, bytes]:
    """The files of a release."""
    return {file.relative_to(release).as_posix(): file.read_bytes() for file in files_below(release)}


def test_all_files_arrive(what: Parcel, url: str) -> None:
    """What stands there is the release, byte for byte, and the sums went last."""
    done = publish(what, url)
    assert stored(url) == here(what.folder)
    assert set(done.sent) == set(what.sizes)
    assert done.sent[-2:] == LAST
    assert done.sent[0].startswith(("changes/", "data/"))


def test_a_second_time_sends_nothing(what: Parcel, url: str) -> None:
    """What is there with its hash is not sent again."""
    publish(what, url)
    again = publish(what, url)
    assert (again.sent, again.there, again.bytes) == ((), len(what.sizes), 0)


def test_broken_off_it_goes_on(what: Parcel, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken off in the middle of a file, the copy has no sums; the same call sends what is missing or cut short."""
    put, sent = stores.put, []

    def breaking(store: stores.Store, path: str, file: Path, tell: Any = None) -> None:
        if len(sent) == 5:
            half = file.with_suffix(".half")
            half.parent.chmod(0o755)
            half.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
            put(store, path, half, tell)
            half.unlink()
            raise ConnectionResetError("the cable")
        sent.append(path)
        put(store, path, file, tell)

    with monkeypatch.context() as patch:
        patch.setattr(stores, "put", breaking)
        with pytest.raises(ConnectionResetError):
            publish(what, url)
    assert "SHA256SUMS" not in stored(url)
    done = publish(what, url)
    assert done.there == 5
    assert stored(url) == here(what.folder)


def test_a_dry_run_changes_nothing(what: Parcel, url: str) -> None:
    """A dry run lists what would go, and nothing is there after it."""
    done = publish(what, url, dry=True)
    assert set(done.sent) == set(what.sizes)
    assert stored(url) == {}


def test_another_release_is_not_overwritten(what: Parcel, url: str, tmp_path: Path) -> None:
    """Where another release stands, or a stranger's file, nothing is written."""
    store = stores.open_store(url)
    (tmp_path / "other").write_bytes(b"0" * 64 + b"  data/comments.parquet\n")
    stores.put(store, "SHA256SUMS", tmp_path / "other")
    with pytest.raises(OutputError, match="Another release stands at"):
        publish(what, url)
    stores.put(store, "SHA256SUMS", what.folder / "SHA256SUMS")
    stores.put(store, "mine.txt", tmp_path / "other")
    with pytest.raises(OutputError, match=r"holds mine\.txt"):
        publish(what, url)
    assert set(stored(url)) == {"SHA256SUMS", "mine.txt"}


def test_what_comes_back_otherwise_is_told(what: Parcel, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that changes a file on the way is found out, before the sums are there."""
    read = stores.sha256_in

    def changed(store: stores.Store, path: str, tell: Any = None) -> str:
        return "0" * 64 if path == "README.md" else read(store, path, tell)

    monkeypatch.setattr(stores, "sha256_in", changed)
    with pytest.raises(OutputError, match=r"README\.md came back"):
        publish(what, url)
    assert "SHA256SUMS" not in stored(url)


def test_a_house_release_never_leaves(release: Path, tmp_path: Path) -> None:
    """The tier private is refused before anything is copied."""
    done = run("publish", release, "--to", str(tmp_path / "out"), cwd=tmp_path)
    assert done.returncode == 2
    assert "which never leaves" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_damaged_release_is_not_published(what: Parcel, tmp_path: Path) -> None:
    """A release that does not verify is refused with its first fault."""
    copy = tmp_path / "tiny-0.1.0"
    for path, content in here(what.folder).items():
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        (copy / path).write_bytes(content + b" " if path == "README.md" else content)
    with pytest.raises(DataError, match="does not verify"):
        parcel(copy)


@pytest.mark.parametrize(
    ("url", "kind", "words"),
    [
        ("nowhere://x.example/y", UsageError, "is no place for files"),
        ("hf://models.example/me/it", UsageError, "names no dataset of the Hub"),
        ("http:/" + "/127.0.0.1:9/x", UsageError, "no place that can be written to"),
        ("s3://no-such-bucket.example/x", Unreachable, "cannot be used"),
    ],
)
@pytest.mark.usefixtures("bucket")
def test_places_that_are_none_are_told(what: Parcel, url: str, kind: type[Exception], words: str) -> None:
    """A URL that names no place, or one that is not there, ends in words and not in a traceback."""
    with pytest.raises(kind, match=words):
        publish(what, url)


def test_the_hub_is_rehearsed_without_it(what: Parcel) -> None:
    """A dry run for the Hub lists every file in its order, and asks nobody."""
    done = publish(what, "hf://datasets/me/my-corpus", dry=True)
    assert set(done.sent) == set(what.sizes)
    assert done.sent[-2:] == LAST


def test_a_hub_that_is_not_there_is_told(what: Parcel, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a way to the Hub the command ends in words, not in a traceback of its client."""
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "ENDPOINT", "http://localhost:9")
    with pytest.raises(OutputError, match="Is there a way to the Hub"):
        publish(what, "hf://datasets/me/my-corpus")


def test_progress_ends_at_all(what: Parcel, tmp_path: Path) -> None:
    """What is told of the progress rises to the number of bytes that go there and come back."""
    told: list[tuple[int, int]] = []
    publish(what, str(tmp_path / "out"), lambda done, of, _path: told.append((done, of)))
    assert told == sorted(told)
    sums = what.sizes["SHA256SUMS"]
    assert told[-1] == (2 * sum(what.sizes.values()) - sums, 2 * sum(what.sizes.values()))


def test_the_command_says_what_it_did(release: Path, tmp_path: Path) -> None:
    """The command copies a release of a tier that may leave, and tells machines what."""
    before = "from builder.run.releasing import publishing; publishing.LEAVING = frozenset({'private'})"
    done = run("publish", release, "--to", str(tmp_path / "out"), "--json", cwd=tmp_path, before=before)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["there"], said["dry_run"]) == (0, False)
    assert len(said["sent"]) == len(files_below(tmp_path / "out"))
