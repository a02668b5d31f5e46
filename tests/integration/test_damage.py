"""Damage to a release is found and named, also where the damager made the sums and the manifest anew."""

import io
import json
import shutil
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from builder.contracts.catalogue import table_of
from builder.core.immutable import discard_read_only
from builder.release.hashing import content_hash
from builder.release.tiers import release_schema
from builder.run.releasing.verifying import verify_release
from tests.unit.run.releasing.labelled_pages import cut_one, labelled_pages

TIER = "research"
Found = set[tuple[str, str]]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release that nobody has touched."""
    return cut_one(labelled_pages(tmp_path_factory.mktemp("damage")), tier=TIER).folder


@pytest.fixture
def release(whole: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of it that can be written to."""
    place = tmp_path / whole.name
    shutil.copytree(whole, place)
    for one in (place, *place.rglob("*")):
        one.chmod(0o755 if one.is_dir() else 0o644)
    yield place
    discard_read_only(place)


def table(release: Path, name: str) -> pa.Table:
    """A table of a release as it stands there."""
    return pq.read_table(io.BytesIO((release / f"data/{name}.parquet").read_bytes()))


def put(release: Path, name: str, rows: list[dict[str, object]]) -> None:
    """Write other rows of a table."""
    schema = table(release, name).schema
    pq.write_table(
        pa.Table.from_pylist(rows, schema=schema), release / f"data/{name}.parquet", compression="zstd"
    )


def edited(release: Path, name: str, edit: Callable[[list[dict[str, object]]], object]) -> None:
    """Change the rows of a table in place."""
    rows = table(release, name).to_pylist()
    edit(rows)
    put(release, name, rows)


def flip_a_byte(release: Path) -> None:
    """One bit of the table of comments is another, in the middle of its data."""
    file = release / "data/comments.parquet"
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 4
    file.write_bytes(content)


def flip_a_byte_of_a_guideline(release: Path) -> None:
    """One letter of what annotators were told is another."""
    file = release / "guidelines/hostility/hostility.toml"
    file.write_bytes(file.read_bytes().replace(b"Tone", b"Tune"))


def drop_a_row(release: Path) -> None:
    """The last segment is gone, and nothing refers to it."""
    edited(release, "segments", lambda rows: rows.pop())


def add_a_row(release: Path) -> None:
    """An annotator is there whom nobody knows."""
    edited(release, "annotators", lambda rows: rows.append(rows_like(release)))


def rows_like(release: Path) -> dict[str, object]:
    """A row of an annotator who does not exist."""
    moment = table(release, "annotations")["created_at"][0].as_py()
    return {
        "annotator_id": "wffffffffff",
        "n_annotations": 1,
        "first_at": moment,
        "last_at": moment,
        "group": None,
        "since_version": "0.1.0",
    }


def duplicate_a_key(release: Path) -> None:
    """A comment is there twice."""
    edited(release, "comments", lambda rows: rows.insert(0, rows[0]))


def edit_a_text(release: Path) -> None:
    """A comment says something else."""
    edited(release, "comments", lambda rows: rows[0].update(text="I never said that."))


def edit_a_label(release: Path) -> None:
    """A label is another of the legal ones."""
    edited(
        release, "labels", lambda rows: rows[0].update(hard="rude" if rows[0]["hard"] != "rude" else "hate")
    )


def swap_two_tables(release: Path) -> None:
    """The files of two tables have each other's names."""
    swap(release / "data/answers.parquet", release / "data/spans.parquet")


def swap_two_documents(release: Path) -> None:
    """Two documents have each other's names."""
    swap(release / "README.md", release / "CHANGELOG.md")


def swap(one: Path, other: Path) -> None:
    """Let two files change names."""
    content = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(content)


def edit_a_number_of_the_datasheet(release: Path) -> None:
    """The datasheet says that there are more comments."""
    file = release / "DATASHEET.md"
    text = file.read_text(encoding="utf-8")
    assert "15 comments" in text
    file.write_text(text.replace("15 comments", "16 comments", 1), encoding="utf-8")


def edit_a_number_of_the_facts(release: Path) -> None:
    """The facts count a comment more."""
    file = release / "stats.json"
    facts = json.loads(file.read_bytes())
    facts["counted"]["tables"]["comments"]["rows"] += 1
    file.write_text(json.dumps(facts, indent=2, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def edit_a_schema(release: Path) -> None:
    """A schema allows texts that are empty."""
    file = release / "schemas/comments.schema.json"
    schema = json.loads(file.read_bytes())
    del schema["properties"]["text"]["minLength"]
    file.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def break_a_reference(release: Path) -> None:
    """A comment stands below an article that is not there."""
    edited(release, "comments", lambda rows: rows[-1].update(article_id="a" + "f" * 20))


def break_a_unit(release: Path) -> None:
    """A label is about a comment that is not there."""
    edited(release, "label_shares", lambda rows: rows[-1].update(unit_id="c" + "f" * 20))


def shift_an_offset(release: Path) -> None:
    """A span of an annotator begins a character later."""
    edited(release, "spans", lambda rows: rows[0].update(start=1, end=3))


def shift_a_segment(release: Path) -> None:
    """A segment of a capture begins a character later."""
    edited(release, "segments", lambda rows: rows[1].update(char_start=rows[1]["char_start"] + 1))


def leak_a_thread(release: Path) -> None:
    """A comment is in another split than the article above it."""

    def move(rows: list[dict[str, object]]) -> None:
        row = next(row for row in rows if row["unit_type"] == "comment" and row["split"])
        row["split"] = "test" if row["split"] != "test" else "train"

    edited(release, "splits", move)


def lose_a_file(release: Path) -> None:
    """A table is gone."""
    (release / "data/labels.parquet").unlink()


def add_a_file(release: Path) -> None:
    """Somebody's notes lie beside the tables."""
    (release / "data/notes.txt").write_text("mine", encoding="utf-8")


def add_a_link(release: Path) -> None:
    """A link leads out of the release."""
    (release / "data/elsewhere").symlink_to("..")


def make_a_row_older(release: Path) -> None:
    """A row claims to be of a version that never was."""
    edited(release, "authors", lambda rows: rows[0].update(since_version="0.0.9"))


KINDS: dict[Callable[[Path], None], Found] = {
    flip_a_byte: {("data/comments.parquet", "file_hash")},
    flip_a_byte_of_a_guideline: {("guidelines/hostility/hostility.toml", "file_hash")},
    drop_a_row: {("data/segments.parquet", "rows"), ("data/segments.parquet", "content_hash")},
    add_a_row: {("data/annotators.parquet", "rows")},
    duplicate_a_key: {("comments.comment_id", "key_twice")},
    edit_a_text: {("comments.text_sha256", "hash"), ("spans.start", "span_text")},
    edit_a_label: {("data/labels.parquet", "content_hash")},
    swap_two_tables: {("data/answers.parquet", "file_hash"), ("data/spans.parquet", "file_hash")},
    swap_two_documents: {("README.md", "document"), ("CHANGELOG.md", "document")},
    edit_a_number_of_the_datasheet: {("DATASHEET.md", "document")},
    edit_a_number_of_the_facts: {("stats.json", "count"), ("DATASHEET.md", "document")},
    edit_a_schema: {("schemas/comments.schema.json", "schema")},
    break_a_reference: {("comments.article_id", "reference")},
    break_a_unit: {("label_shares.unit_id", "reference")},
    shift_an_offset: {("spans.start", "span_text")},
    shift_a_segment: {("segments.char_start", "tiling")},
    leak_a_thread: {("splits.split", "leak")},
    lose_a_file: {("data/labels.parquet", "missing_file")},
    add_a_file: {("data/notes.txt", "stranger")},
    add_a_link: {("data/elsewhere", "odd_entry")},
    make_a_row_older: {("data/authors.parquet", "content_hash")},
}


def make_anew(release: Path) -> None:
    """What a damager does who knows the format: hashes of the manifest and all sums are those of the damage."""
    file = release / "manifest.json"
    manifest = json.loads(file.read_bytes())
    for name, told in manifest["tables"].items():
        place = release / told["path"]
        if place.exists():
            told.update(bytes=place.stat().st_size, sha256=digest(place), **counted(release, name))
    for path in manifest["other_files"]:
        manifest["other_files"][path] = digest(release / path)
    file.write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    files = sorted(one for one in release.rglob("*") if one.is_file() and one.name != "SHA256SUMS")
    lines = [f"{digest(one)}  {one.relative_to(release).as_posix()}\n" for one in files]
    (release / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def digest(file: Path) -> str:
    """The SHA-256 of a file."""
    return sha256(file.read_bytes()).hexdigest()


def counted(release: Path, name: str) -> dict[str, object]:
    """Rows and content hash of a table, as far as it can be read."""
    try:
        rows = table(release, name)
        return {
            "rows": rows.num_rows,
            "content_sha256": content_hash(rows, table_of(release_schema(name, TIER))),
        }
    except (OSError, pa.ArrowException, KeyError):
        return {}


def places(release: Path) -> Found:
    """Where verify finds something, and what."""
    return {(one.place, one.check) for one in verify_release(release).faults}


def test_what_nobody_touched_is_whole(release: Path) -> None:
    """A copy of a release has no faults, before and after its sums were made anew."""
    assert places(release) == set()
    make_anew(release)
    assert places(release) == set()


@pytest.mark.parametrize("anew", [False, True], ids=["plain", "recomputed"])
@pytest.mark.parametrize("damage", KINDS, ids=lambda damage: damage.__name__)
def test_damage_is_found_and_named(release: Path, damage: Callable[[Path], None], anew: bool) -> None:
    """Each kind of damage is told by the place where it was done, whether or not sums and manifest were made anew."""
    damage(release)
    if anew:
        make_anew(release)
    found = places(release)
    assert KINDS[damage] <= found
    assert anew or any(check in {"sum", "missing_file", "odd_entry"} for _, check in found)
