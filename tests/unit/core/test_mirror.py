"""At hand: what counts at a store is here as a folder, and nothing else ever is."""

from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from builder.core import generations, stores
from builder.core.errors import Busy, DataError
from builder.core.mirror import at_hand, desk_for
from builder.core.places import Url
from builder.core.staging import MARK, staged
from builder.core.storage import write_json

URL = Url("memory://shelf.example/tables")


@pytest.fixture(autouse=True)
def empty() -> Iterator[None]:
    """A memory without anything in it."""
    fsspec.filesystem("memory").store.clear()
    yield
    fsspec.filesystem("memory").store.clear()


def build(scratch: Path, said: str) -> Path:
    """What a builder on a machine with that scratch folder does; its desk."""
    with desk_for(URL, scratch) as desk:
        write(desk.folder, said)
        desk.put()
        return desk.folder


def write(folder: Path, said: str) -> None:
    """Put one table into a local folder."""
    with staged(folder) as new:
        (new / "articles.parquet").write_text(said)
        write_json(new / MARK, {"files": ["articles.parquet"]})


def seen(scratch: Path) -> str:
    """What a reader on a machine with that scratch folder sees."""
    return (at_hand(URL, scratch) / "articles.parquet").read_text()


def test_a_path_is_at_hand(tmp_path: Path) -> None:
    """A local folder is itself, and nothing is copied."""
    assert at_hand(tmp_path / "tables", tmp_path / "scratch") == tmp_path / "tables"


def test_nothing_is_there_yet(tmp_path: Path) -> None:
    """Where nothing counts yet, there is no folder."""
    assert not at_hand(URL, tmp_path).exists()


def test_every_machine_sees_the_newest(tmp_path: Path) -> None:
    """The builder's own machine reads what lies on its desk, any other fetches it, once."""
    desk = build(tmp_path / "one", "first")
    assert at_hand(URL, tmp_path / "one") == desk
    folder = at_hand(URL, tmp_path / "two")
    assert at_hand(URL, tmp_path / "two") == folder
    build(tmp_path / "one", "second")
    assert seen(tmp_path / "one") == seen(tmp_path / "two") == "second"
    assert not folder.exists()


def test_while_a_build_goes_on_the_old_counts(tmp_path: Path) -> None:
    """Until the tables on the desk are put, everybody sees those before, the builder's machine included."""
    build(tmp_path / "one", "first")
    with desk_for(URL, tmp_path / "one") as desk:
        write(desk.folder, "second")
        assert seen(tmp_path / "one") == seen(tmp_path / "two") == "first"
        desk.put()
        assert seen(tmp_path / "one") == seen(tmp_path / "two") == "second"


def test_a_failed_build_leaves_nothing(tmp_path: Path) -> None:
    """A build that ends in an error leaves the store as it was."""
    build(tmp_path / "one", "first")
    before = stores.files_in(stores.open_store(URL.text))
    with pytest.raises(ZeroDivisionError), desk_for(URL, tmp_path / "one"):
        raise ZeroDivisionError
    assert stores.files_in(stores.open_store(URL.text)) == before
    assert seen(tmp_path / "one") == "first"


def test_the_same_tables_are_not_sent_again(tmp_path: Path) -> None:
    """Tables that stand there already are not put a second time."""
    build(tmp_path / "one", "first")
    before = stores.files_in(stores.open_store(URL.text))
    build(tmp_path / "two", "first")
    assert stores.files_in(stores.open_store(URL.text)) == before


def lose(scratch: Path, other: Path) -> None:
    """Build while another machine does, and end later."""
    with desk_for(URL, scratch) as desk:
        write(desk.folder, "mine")
        build(other, "theirs")
        desk.put()


def test_of_two_builders_one_is_told(tmp_path: Path) -> None:
    """Of two builders on two machines the first to end counts; what the other one made is not seen by anybody."""
    with pytest.raises(Busy, match="Another builder"):
        lose(tmp_path / "one", tmp_path / "two")
    assert {seen(tmp_path / name) for name in ("one", "two", "three")} == {"theirs"}
    assert build(tmp_path / "one", "mine after all").is_dir()
    assert seen(tmp_path / "two") == "mine after all"


def test_a_desk_begins_with_what_counts(tmp_path: Path) -> None:
    """On a new machine the desk holds what stands at the place, so that a build can say what became of it."""
    build(tmp_path / "one", "first")
    with desk_for(URL, tmp_path / "two") as desk:
        assert (desk.folder / "articles.parquet").read_text() == "first"


def test_a_reader_follows_when_tables_change_under_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader whose tables went while it fetched them reads the new ones."""
    build(tmp_path / "one", "first")
    fetch, once = generations.fetch, [True]

    def late(*words: object) -> None:
        if once:
            once.clear()
            build(tmp_path / "one", "second")
        fetch(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(generations, "fetch", late)
    assert seen(tmp_path / "two") == "second"


def test_tables_that_were_removed_are_told(tmp_path: Path) -> None:
    """Where a mark names files that somebody removed, a reader is told so, and a build puts that right."""
    build(tmp_path / "one", "first")
    store = stores.open_store(URL.text)
    for path in stores.files_in(store):
        if path.endswith("articles.parquet"):
            stores.remove(store, path)
    with pytest.raises(DataError, match="who removed them"):
        at_hand(URL, tmp_path / "two")
    build(tmp_path / "two", "second")
    assert seen(tmp_path / "three") == "second"
