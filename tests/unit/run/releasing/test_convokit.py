"""The folder for ConvoKit, field by field as its documentation of the data format has them."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from builder.contracts import catalogue
from builder.core.errors import DataError
from builder.release.export.values import Source
from builder.run.releasing.exporting import export
from tests.unit.tables.corpus import PAGES, dataset

TABLES = dataset(PAGES).tables
# The types that may stand in the index, as `str(type(value))` words them in Python.
TYPES = {"<class 'str'>", "<class 'int'>", "<class 'float'>", "<class 'bool'>"}


def source(tables: dict[str, pa.Table] | None = None) -> Source:
    """The tables of a tiny dataset, one comment an answer to another, with a time."""
    made = tables or with_answer()
    return Source("tiny", "1.0.0", made, {name: catalogue.table(name) for name in made})


def with_answer() -> dict[str, pa.Table]:
    """The tables, the last comment of the first thread an answer to the one before it."""
    rows = TABLES["comments"].to_pylist()
    first = [row for row in rows if row["article_id"] == rows[-1]["article_id"]]
    first[-1] |= {"parent_id": first[-2]["comment_id"], "posted_at": 1_933_000_000_000_000}
    return {**TABLES, "comments": pa.Table.from_pylist(rows, schema=TABLES["comments"].schema)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An export."""
    return export(source(), "convokit", tmp_path / "out").folder


def read(folder: Path, name: str) -> Any:
    """What a JSON file of the export holds."""
    return json.loads((folder / name).read_text(encoding="utf-8"))


def utterances(folder: Path) -> list[dict[str, Any]]:
    """The utterances in their order."""
    return [
        json.loads(line) for line in (folder / "utterances.jsonl").read_text(encoding="utf-8").splitlines()
    ]


def test_there_are_five_files(folder: Path) -> None:
    """The folder has the files that ConvoKit expects, and no other."""
    assert sorted(file.name for file in folder.iterdir()) == [
        "conversations.json",
        "corpus.json",
        "index.json",
        "speakers.json",
        "utterances.jsonl",
    ]


def test_each_utterance_has_its_fields(folder: Path) -> None:
    """Each line has the six mandatory fields, metadata and vectors, of the types that are wanted."""
    for one in utterances(folder):
        assert set(one) == {
            "id",
            "speaker",
            "conversation_id",
            "reply-to",
            "timestamp",
            "text",
            "meta",
            "vectors",
        }
        assert all(isinstance(one[name], str) for name in ("id", "speaker", "conversation_id", "text"))
        assert one["reply-to"] is None or isinstance(one["reply-to"], str)
        assert one["timestamp"] is None or isinstance(one["timestamp"], int)
        assert isinstance(one["meta"], dict)
        assert one["vectors"] == []


def test_an_article_is_the_root_of_its_conversation(folder: Path) -> None:
    """A conversation has the id of its first utterance, the article; a comment answers its parent, or the article."""
    made = utterances(folder)
    by_id = {one["id"]: one for one in made}
    assert len(by_id) == len(made) == TABLES["articles"].num_rows + TABLES["comments"].num_rows
    for one in made:
        assert by_id[one["conversation_id"]]["reply-to"] is None
        assert one["reply-to"] is None or by_id[one["reply-to"]]["conversation_id"] == one["conversation_id"]
    assert {one["id"] for one in made if one["reply-to"] is None} == set(
        TABLES["articles"]["article_id"].to_pylist()
    )
    (answer,) = [one for one in made if one["reply-to"] and one["reply-to"].startswith("c")]
    assert answer["timestamp"] == 1_933_000_000
    assert answer["meta"]["posted_at"] == "2031-04-03T16:26:40Z"


def test_texts_and_order_are_those_of_the_page(folder: Path) -> None:
    """Comments say what the table says, below their article, in the order of the page."""
    rows = {row["comment_id"]: row for row in TABLES["comments"].to_pylist()}
    made = [one for one in utterances(folder) if one["id"] in rows]
    assert all(one["text"] == rows[one["id"]]["text"] for one in made)
    places = [(one["conversation_id"], rows[one["id"]]["position"]) for one in made]
    assert places == sorted(places)


def test_every_speaker_and_conversation_is_declared(folder: Path) -> None:
    """Who speaks stands in speakers.json, each conversation in conversations.json, with metadata and vectors."""
    made = utterances(folder)
    speakers, conversations = read(folder, "speakers.json"), read(folder, "conversations.json")
    assert set(speakers) == {one["speaker"] for one in made}
    assert set(conversations) == {one["conversation_id"] for one in made}
    assert all(set(one) == {"meta", "vectors"} for one in (*speakers.values(), *conversations.values()))


def test_lost_authors_are_speakers_of_their_own(folder: Path) -> None:
    """Two comments whose authors are lost are by two speakers, since nobody knows whether they are one."""
    lost = [row["comment_id"] for row in TABLES["comments"].to_pylist() if row["author_id"] is None]
    speakers = [one["speaker"] for one in utterances(folder) if one["id"] in lost]
    assert len(set(speakers)) == len(lost) > 1


def test_no_name_goes_along(folder: Path) -> None:
    """The export has ids of authors and no name of theirs."""
    said = "".join(file.read_text(encoding="utf-8") for file in folder.iterdir())
    assert not [name for name in ("author_name", "name_key", '"Bob"', '"Ann"') if name in said]


def test_the_index_names_each_type(folder: Path) -> None:
    """The index has an entry for each key of metadata with its types, and the version of the corpus."""
    index = read(folder, "index.json")
    assert set(index) == {
        "utterances-index",
        "speakers-index",
        "conversations-index",
        "overall-index",
        "version",
        "vectors",
    }
    metas = [one["meta"] for one in utterances(folder)]
    assert set(index["utterances-index"]) == {key for meta in metas for key in meta}
    for key, types in index["utterances-index"].items():
        assert set(types) == {str(type(meta[key])) for meta in metas if meta.get(key) is not None} <= TYPES
    assert set(index["overall-index"]) == set(read(folder, "corpus.json"))
    assert (index["version"], index["vectors"]) == (1, [])


def test_without_text_there_is_nothing_to_say(tmp_path: Path) -> None:
    """A release without texts is refused with what to do."""
    bare = {name: TABLES[name].drop_columns(["text"]) for name in ("articles", "comments")}
    with pytest.raises(DataError, match="have no text"):
        export(source(bare), "convokit", tmp_path / "out")
    assert not (tmp_path / "out").exists()
