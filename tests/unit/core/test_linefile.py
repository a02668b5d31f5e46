"""Files of lines are whole or not there, and a damaged one is never read as if it were whole."""

from hashlib import sha256
from pathlib import Path

import pytest

from builder.core.errors import DataError
from builder.core.linefile import line_files, new_lines, read_lines, redact_lines, rewrite_lines


def write(folder: Path, *lines: bytes) -> None:
    """Add a file."""
    with new_lines(folder) as writer:
        for line in lines:
            writer.write(line)


def read(folder: Path) -> list[bytes]:
    """All lines."""
    return [line for file in line_files(folder) for line in read_lines(file)]


def test_lines_come_back_as_they_were(tmp_path: Path) -> None:
    """Lines of any bytes but line ends come back, file by file, in order."""
    long = "é😀".encode() * 700_000
    write(tmp_path, b"one", b"", long)
    write(tmp_path, b"\r\x00\xff")
    assert read(tmp_path) == [b"one", b"", long, b"\r\x00\xff"]
    assert [file.name for file in line_files(tmp_path)] == ["000001.jsonl.zst", "000002.jsonl.zst"]


def test_where_nothing_was_written_there_is_nothing(tmp_path: Path) -> None:
    """No lines make no file, and no folder is no file either."""
    assert line_files(tmp_path / "none") == ()
    write(tmp_path / "some")
    assert read(tmp_path / "some") == []


def test_a_block_that_fails_leaves_nothing(tmp_path: Path) -> None:
    """After an error in the middle the folder is as it was."""

    def fail() -> None:
        with new_lines(tmp_path) as writer:
            writer.write(b"half")
            raise KeyError

    write(tmp_path, b"one")
    with pytest.raises(KeyError):
        fail()
    assert [entry.name for entry in tmp_path.iterdir()] == ["000001.jsonl.zst"]


def test_what_a_dead_writer_left_is_swept(tmp_path: Path) -> None:
    """The half of a file that a killed writer left is neither read nor kept."""
    (tmp_path / ".000001.77.part").write_bytes(b"half")
    assert read(tmp_path) == []
    write(tmp_path, b"one")
    assert [entry.name for entry in tmp_path.iterdir()] == ["000001.jsonl.zst"]


@pytest.mark.parametrize("left", [0.0, 0.3, 0.99])
def test_a_truncated_file_is_told(tmp_path: Path, left: float) -> None:
    """A file that lost its end is an error that names it, whatever is left."""
    write(tmp_path, *(str(number * 7919 % 10007).encode() for number in range(50_000)))
    (file,) = line_files(tmp_path)
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * left)])
    with pytest.raises(DataError, match=r"000001\.jsonl\.zst.*Put back your copy"):
        read(tmp_path)


def test_a_file_of_something_else_is_told(tmp_path: Path) -> None:
    """Bytes that were never compressed are no lines."""
    (tmp_path / "000001.jsonl.zst").write_bytes(b'{"kind": "task"}\n')
    with pytest.raises(DataError, match="damaged"):
        read(tmp_path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """A gap in the row of numbers is an error, and its number is not given again."""
    for line in (b"one", b"two"):
        write(tmp_path, line)
    (tmp_path / "000001.jsonl.zst").unlink()
    with pytest.raises(DataError, match=r"no file 000001\.jsonl\.zst"):
        read(tmp_path)
    with pytest.raises(DataError, match=r"no file 000001\.jsonl\.zst"):
        write(tmp_path, b"three")


def test_a_redaction_changes_one_file_at_one_stroke(tmp_path: Path) -> None:
    """Lines are changed one by one, the hashes are told before the new file is there, and others stay."""
    for said in (b"mine", b"yours"):
        with new_lines(tmp_path / "lines") as lines:
            lines.write(b"keep")
            lines.write(said)
    first, second = line_files(tmp_path / "lines")
    before = {file: file.read_bytes() for file in (first, second)}
    told: list[tuple[str, str, int]] = []

    def tell(old: str, new: str, count: int) -> None:
        told.append((old, new, count))
        assert first.read_bytes() == before[first]

    assert [
        redact_lines(file, lambda line: line.replace(b"mine", b"*"), tell) for file in (first, second)
    ] == [1, 0]
    assert list(read_lines(first)) == [b"keep", b"*"]
    assert second.read_bytes() == before[second]
    assert told == [(sha256(before[first]).hexdigest(), sha256(first.read_bytes()).hexdigest(), 1)]
    assert len(list((tmp_path / "lines").iterdir())) == 2


def test_a_rewriting_that_fails_changes_nothing(tmp_path: Path) -> None:
    """Where one line cannot be changed all files stay as they were, and nothing is left beside them."""
    for said in (b"one", b"two"):
        with new_lines(tmp_path / "lines") as lines:
            lines.write(said)
    before = [file.read_bytes() for file in line_files(tmp_path / "lines")]

    def change(line: bytes) -> bytes:
        if line == b"two":
            raise ZeroDivisionError
        return line + b"!"

    with pytest.raises(ZeroDivisionError):
        rewrite_lines(tmp_path / "lines", change)
    assert [file.read_bytes() for file in line_files(tmp_path / "lines")] == before
    assert [each.name for each in tmp_path.iterdir()] == ["lines"]
    assert rewrite_lines(tmp_path / "lines", lambda line: line + b"!") == 2
    assert [line for file in line_files(tmp_path / "lines") for line in read_lines(file)] == [
        b"one!",
        b"two!",
    ]
