"""Packed files of every kind give their records, and say which of them are none."""

import gzip
import io
import json
import tarfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from builder.contracts.catalogue import schema
from builder.core.packed.reading import Cursor, records
from builder.core.packed.record import FACTS, Fault, Record

MOST = 1_000
PAGE = "https://paper.example/2031/a"


def read(file: Path, most: int = MOST) -> list[Record]:
    """All records of a file."""
    return list(records(str(file), most))


def faults(file: Path) -> list[tuple[int, str, str]]:
    """Number, id and code of what is no capture."""
    return [(one.number, one.id, one.data.code) for one in read(file) if isinstance(one.data, Fault)]


def sound(file: Path) -> dict[str, bytes]:
    """The captures by their ids."""
    return {one.id: one.data for one in read(file) if isinstance(one.data, bytes)}


def lines(file: Path, rows: Sequence[Any]) -> Path:
    """A file of JSON lines."""
    content = b"\n".join(row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows)
    file.write_bytes(gzip.compress(content) if file.suffix == ".gz" else content)
    return file


def archive(file: Path, members: Mapping[str, bytes | None]) -> Path:
    """A tar with these members; one without content is a link."""
    with tarfile.open(file, "w") as made:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size, member.type = (
                len(data or b""),
                tarfile.REGTYPE if data is not None else tarfile.SYMTYPE,
            )
            made.addfile(member, io.BytesIO(data or b""))
    return file


def warc(kind: str, uri: str, body: bytes) -> bytes:
    """A record of a web archive."""
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body + b"\r\n\r\n"


def test_facts_are_those_of_side_files() -> None:
    """The columns that make a side file are the entries that the schema of side files knows."""
    assert set(FACTS) == set(schema("capture_meta")["properties"])


def test_json_lines(tmp_path: Path) -> None:
    """A line has id and text; meta may be an object, a side file as text, or single entries."""
    rows = [
        {"id": "a", "text": "naïve", "other": [1]},
        {"id": 7, "text": "", "meta": {"url": PAGE}},
        {"id": "c", "text": "x", "meta": '{"url": 1}', "url": "not taken"},
        {"id": "d", "text": "x", "url": PAGE, "meta": {"licence": "CC0-1.0"}},
        {"id": "e", "text": "/w==", "encoding": "base64"},
    ]
    for name in ("a.jsonl", "a.jsonl.gz"):
        found = read(lines(tmp_path / name, [rows[0], b"", *rows[1:]]))
        assert [(one.number, one.id, one.data) for one in found] == [
            (0, "a", "naïve".encode()), (2, "7", b""), (3, "c", b"x"), (4, "d", b"x"), (5, "e", b"\xff"),
        ]  # fmt: skip
        assert [one.meta and json.loads(one.meta) for one in found] == [
            None, {"url": PAGE}, {"url": 1}, {"url": PAGE, "licence": "CC0-1.0"}, None,
        ]  # fmt: skip


def test_lines_that_are_none(tmp_path: Path) -> None:
    """A line that is no object, has no id or no text is told by its number, and the others are read."""
    rows = [b"{", b"[]", b'{"id":"\xff"}', {"text": "a"}, {"id": ""}, {"id": True, "text": "a"}, {"id": "x"}]
    rows += [
        b'{"id":"deep","text":"a","meta":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        {"id": "y", "text": 5},
        {"id": "z", "text": "!", "encoding": "base64"},
        b'{"id":"\\ud800","text":"a"}',
    ]
    made = lines(
        tmp_path / "a.jsonl", [*rows, {"id": "long", "text": "x" * 1_001}, {"id": "good", "text": "a"}]
    )
    assert sound(made) == {"good": b"a"}
    assert faults(made) == [
        *((number, "", "unreadable") for number in range(6)),
        (6, "x", "unreadable"), (7, "", "unreadable"), (8, "y", "unreadable"), (9, "z", "unreadable"),
        (10, "", "unreadable"), (11, "long", "too_large"),
    ]  # fmt: skip


def test_a_side_file_that_is_no_base64_stays_for_its_reader_to_refuse(tmp_path: Path) -> None:
    """What is said of a capture in base64 that is none is not passed over."""
    row = {"id": "a", "text": "a", "meta": "!", "meta_encoding": "base64"}
    pq.write_table(pa.table({name: [value] for name, value in row.items()}), tmp_path / "a.parquet")
    for file in (lines(tmp_path / "a.jsonl", [row]), tmp_path / "a.parquet"):
        assert [one.meta for one in read(file)] == [b"!"]


def test_a_line_that_is_far_too_long_is_passed_over(tmp_path: Path) -> None:
    """A line beyond all bounds is told with its size, and the next is read."""
    made = lines(tmp_path / "a.jsonl", [{"id": "a", "text": "x" * 3_000_000}, {"id": "b", "text": "b"}])
    first, second = read(made)
    assert isinstance(first.data, Fault)
    assert (first.data.code, second.data) == ("too_large", b"b")
    assert "3,000,0" in first.data.message


def test_tar(tmp_path: Path) -> None:
    """Text files are captures, with the side file right before or after them; other members are passed over."""
    made = archive(
        tmp_path / "a.tar",
        {
            "./paper/a.txt": b"a",
            "./paper/a.txt.meta.json": b"{1}",
            "paper/b.meta.json": b"{2}",
            "paper/b.txt": b"b",
            "paper/c.txt": b"",
            "paper/README.txt": b"no",
            ".hidden/d.txt": b"no",
            "././../up.txt": b"up",
            "paper/page.html": b"no",
        },
    )
    assert [(one.number, one.id, one.data, one.meta) for one in read(made)] == [
        (0, "paper/a.txt", b"a", b"{1}"), (3, "paper/b.txt", b"b", b"{2}"), (4, "paper/c.txt", b"", None),
        (7, "../up.txt", b"up", None),
    ]  # fmt: skip


def test_members_that_are_none(tmp_path: Path) -> None:
    """Links, too large members and side files away from their captures are told."""
    members = {"p/l.txt": None, "p/x.meta.json": b"{}", "p/big.txt": b"x" * 1_001, "p/y.meta.json": b"{}"}
    made = archive(tmp_path / "a.tar", members)
    assert sorted(faults(made)) == [
        (0, "p/l.txt", "unreadable"), (1, "p/x.meta.json", "meta_orphan"),
        (2, "p/big.txt", "too_large"), (3, "p/y.meta.json", "meta_orphan"),
    ]  # fmt: skip


def test_wet(tmp_path: Path) -> None:
    """The conversion records of a web archive are captures under their pages' addresses."""
    parts = [
        warc("warcinfo", "", b"made by hand"),
        warc("conversion", PAGE, "naïve\n\nWARC/1.0".encode()),
        warc("conversion", "urn:x y", b""),
        warc("conversion", "", b"nameless"),
        warc("conversion", f"{PAGE}/big", b"x" * 1_001),
        warc("conversion", f"{PAGE}/last", b"end"),
    ]
    (tmp_path / "a.wet").write_bytes(b"".join(parts))
    (tmp_path / "a.wet.gz").write_bytes(b"".join(map(gzip.compress, parts)))
    for made in (tmp_path / "a.wet", tmp_path / "a.wet.gz"):
        assert sound(made) == {PAGE: "naïve\n\nWARC/1.0".encode(), "urn:x y": b"", f"{PAGE}/last": b"end"}
        assert [one.meta for one in read(made)][:2] == [json.dumps({"url": PAGE}).encode(), None]
        assert faults(made) == [(3, "", "unreadable"), (4, f"{PAGE}/big", "too_large")]


@pytest.mark.parametrize(
    "body", [b"no header\r\n", b"WARC/1.0\r\nContent-Length: x\r\n\r\n", b"WARC/1.0\r\nWARC-Type: a"]
)
def test_wet_that_is_none(tmp_path: Path, body: bytes) -> None:
    """What does not go on as a web archive gives the records before that place, and is told."""
    (tmp_path / "a.wet").write_bytes(warc("conversion", PAGE, b"a") + body)
    assert sound(tmp_path / "a.wet") == {PAGE: b"a"}
    assert faults(tmp_path / "a.wet") == [(1, "", "unreadable")]


@pytest.mark.parametrize(
    "name", ["a.jsonl.gz", "a.jsonl.zst", "a.tar", "a.tar.gz", "a.tar.zst", "a.wet", "a.wet.gz"]
)
def test_a_file_that_breaks_off(tmp_path: Path, name: str) -> None:
    """A file that was cut gives the records before the cut, and one fault without an id, at the end."""
    whole = whole_file(tmp_path, name)
    (tmp_path / name).write_bytes(whole)
    intact = sound(tmp_path / name)
    assert len(intact) == 200
    (tmp_path / name).write_bytes(whole[: len(whole) * 2 // 3])
    kept = sound(tmp_path / name)
    assert kept.items() < intact.items()
    *_, last = read(tmp_path / name)
    assert isinstance(last.data, Fault)
    assert faults(tmp_path / name) == [(last.number, "", "unreadable")]
    assert last.data.message.endswith("Get the file again.")


@pytest.mark.parametrize("rest", [b"", b"p/2.txt", bytes(range(256)) * 2])
def test_a_tar_that_ends_without_an_end(tmp_path: Path, rest: bytes) -> None:
    """A tar that was cut between two members, or has none where one should begin, is told as cut, and none is lost."""
    whole = archive(tmp_path / "a.tar", {"p/0.txt": b"0", "p/1.txt": b"1", "p/2.txt": b"2"}).read_bytes()
    (tmp_path / "a.tar").write_bytes(whole[: whole.index(b"p/2.txt")] + rest)
    assert sound(tmp_path / "a.tar") == {"p/0.txt": b"0", "p/1.txt": b"1"}
    assert faults(tmp_path / "a.tar") == [(2, "", "unreadable")]


def test_a_damaged_frame_costs_none_before_it(tmp_path: Path) -> None:
    """Of a zstd file all is read that stands before the damage, however near."""
    frames = [json.dumps({"id": f"{number}", "text": "a"}).encode() + b"\n" for number in range(50)]
    codec = pa.Codec("zstd")
    content = b"".join(codec.compress(frame, asbytes=True) for frame in frames)
    (tmp_path / "a.jsonl.zst").write_bytes(content + codec.compress(frames[0], asbytes=True)[:-3])
    assert len(sound(tmp_path / "a.jsonl.zst")) == 50
    assert faults(tmp_path / "a.jsonl.zst") == [(50, "", "unreadable")]


def whole_file(folder: Path, name: str) -> bytes:
    """The bytes of a packed file of 200 records that do not shrink much."""
    texts = {f"p/{number}.txt": f"{hash(str(number)):x}".encode() * 50 for number in range(200)}
    if ".jsonl" in name:
        content = b"\n".join(json.dumps({"id": k, "text": v.decode()}).encode() for k, v in texts.items())
    elif ".tar" in name:
        content = archive(folder / "plain", texts).read_bytes()
    else:
        content = b"".join(warc("conversion", key, value) for key, value in texts.items())
    if name.endswith(".gz"):
        return gzip.compress(content)
    return pa.Codec("zstd").compress(content, asbytes=True) if name.endswith(".zst") else content


def test_no_file_at_all(tmp_path: Path) -> None:
    """A file that is not there is told as one that cannot be read."""
    assert faults(tmp_path / "a.jsonl") == [(0, "", "unreadable")]


def test_a_cursor_goes_on_where_it_was(tmp_path: Path) -> None:
    """Whatever pieces are asked for in whatever order, each is what it is; those in order take one pass."""
    made = lines(tmp_path / "a.jsonl.gz", [{"id": f"r{number}", "text": "x"} for number in range(50)])
    cursor = Cursor()

    def taken(*numbers: int) -> list[str]:
        return [one.id for one in cursor.take(str(made), 0, MOST, numbers)]

    assert taken(0, 1, 5) == ["r0", "r1", "r5"]
    reading = cursor._records
    assert taken(6, 49) == ["r6", "r49"]
    assert cursor._records is reading
    assert taken(3) == ["r3"]
    assert taken(49, 60) == ["r49"]
    assert taken(2) == ["r2"]
