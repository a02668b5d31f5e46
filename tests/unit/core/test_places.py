"""Places: a path stays a path, a URL stays one, and no URL carries a secret."""

from pathlib import Path

import fsspec
import pytest

from builder.core.errors import Unreachable, UsageError
from builder.core.places import Url, opened_file, place_of, read, read_together, status

LOGIN = "me:sesame"


@pytest.fixture
def memory() -> str:
    """The URL of a folder in memory with two files."""
    system = fsspec.filesystem("memory")
    system.store.clear()
    system.pipe_file("/shelf.example/a/one.txt", b"one")
    system.pipe_file("/shelf.example/a/two.txt", b"two and more")
    return "memory://shelf.example/a"


@pytest.mark.parametrize("said", ["data/raw", "/abs/raw", "C:\\raw", "a:b"])
def test_a_path_is_a_path(said: str, tmp_path: Path) -> None:
    """What is no URL is a path, taken from the folder above."""
    assert place_of(said, tmp_path) == tmp_path / said


def test_a_file_url_is_a_path(tmp_path: Path) -> None:
    """``file://`` means a path of this machine, spelt letters and all, with all that is quick there."""
    assert place_of(f"file://{tmp_path}/a%20b") == tmp_path / "a b"


def test_a_url_is_a_url(tmp_path: Path) -> None:
    """A URL depends on no folder, and a slash at its end means nothing."""
    place = place_of("s3://corpora.example/raw/", tmp_path)
    assert place == Url("s3://corpora.example/raw")
    assert (place / "a/b.txt", place.name, str(place.parent)) == (
        Url("s3://corpora.example/raw/a/b.txt"),
        "raw",
        "s3://corpora.example",
    )


@pytest.mark.parametrize(
    "said", [f"sftp://{LOGIN}@files.example/raw", "https://files.example/raw?sig=sesame"]
)
def test_no_secret_in_a_url(said: str) -> None:
    """A URL with a password or a signature is refused, in words that do not repeat it."""
    with pytest.raises(UsageError, match="environment") as told:
        place_of(said)
    assert "sesame" not in str(told.value)


def test_what_is_there(memory: str) -> None:
    """A folder at a store is what has something in it; a file is a file; all else is not there."""
    place = place_of(memory)
    assert (place.exists(), place.is_dir(), place.is_file()) == (True, True, False)
    assert (place / "one.txt").is_file()
    assert not (place / "none").exists()


def test_files_are_read_by_url(memory: str, tmp_path: Path) -> None:
    """A file is read whole, in pieces, and side by side with others, by path or URL."""
    (tmp_path / "one.txt").write_bytes(b"one")
    for file in (f"{memory}/one.txt", str(tmp_path / "one.txt")):
        assert read(file) == b"one"
        with opened_file(file) as opened:
            assert (opened.read(2), opened.seek(1), opened.read(), opened.tell()) == (b"on", 1, b"ne", 3)
        assert status(file).st_size == 3
    came = read_together([f"{memory}/two.txt", f"{memory}/none.txt"])
    assert came[f"{memory}/two.txt"] == b"two and more"
    assert isinstance(came[f"{memory}/none.txt"], FileNotFoundError)


def test_a_file_that_is_not_there(memory: str) -> None:
    """Reading what is not there is the error that it is for a path."""
    with pytest.raises(FileNotFoundError):
        read(f"{memory}/none.txt")
    with pytest.raises(FileNotFoundError):
        status(f"{memory}/none.txt")
    with pytest.raises(FileNotFoundError):
        opened_file(f"{memory}/none.txt")


def test_each_version_looks_different(memory: str) -> None:
    """Two versions of one size are told apart, and no version looks like a time of this machine."""
    before = status(f"{memory}/one.txt")
    fsspec.filesystem("memory").pipe_file("/shelf.example/a/one.txt", b"eno")
    after = status(f"{memory}/one.txt")
    assert before.st_size == after.st_size
    assert before.st_mtime_ns != after.st_mtime_ns
    assert max(before.st_mtime_ns, after.st_mtime_ns) < 0


def test_who_may_not_read_is_not_told_file_by_file(memory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Credentials that end in the middle are an error of the whole, not of each file that was to be read."""

    def refuse(*_words: object, **_more: object) -> bytes:
        raise PermissionError("expired")

    monkeypatch.setattr(type(fsspec.filesystem("memory")), "cat_file", refuse)
    with pytest.raises(Unreachable, match="right to"):
        read(f"{memory}/one.txt")
    with pytest.raises(Unreachable, match="right to"):
        read_together([f"{memory}/one.txt", f"{memory}/two.txt"])
