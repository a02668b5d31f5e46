"""Lines of the archive come back as they were said, and what is no line is told with its place."""

from pathlib import Path

import pytest

from builder.annotate.archive.lines import Line, read_archive
from builder.core.errors import DataError
from builder.core.linefile import new_lines

AT = "2031-04-05T00:00:00Z"
RECORD = {"id": 1, "task": 2, "created_at": AT, "updated_at": AT, "text": "a\nb é 😀 \ud83d", "n": 1.5}
SAID = Line("annotation", "studio", 7, AT, None, RECORD)
USER = Line("user", "studio", None, AT, None, {"id": 1, "email": "ana@annotators.example"})


def write(folder: Path, *lines: bytes) -> None:
    """An archive of these lines."""
    with new_lines(folder) as archive:
        for line in lines:
            archive.write(line)


def test_a_line_comes_back(tmp_path: Path) -> None:
    """What a server said is kept to the character, even half a character."""
    write(tmp_path, SAID.as_bytes(), USER.as_bytes())
    assert list(read_archive(tmp_path)) == [SAID, USER]


def test_only_what_is_wanted_is_read(tmp_path: Path) -> None:
    """Lines of other kinds are passed over, and damage to them is not looked for."""
    write(tmp_path, b'{"kind": "draft", spoilt', USER.as_bytes())
    assert list(read_archive(tmp_path, ["user"])) == [USER]


@pytest.mark.parametrize("line", [b"{}", b"spoilt", b'{"kind": "user", "more": 1}', b'{"kind": "user"'])
def test_what_is_no_line_is_told(tmp_path: Path, line: bytes) -> None:
    """A line of another form is an error that names file, line and cure."""
    write(tmp_path, USER.as_bytes(), line)
    with pytest.raises(DataError, match=r"000001\.jsonl\.zst, line 2.*Put back"):
        list(read_archive(tmp_path, ["user"]))


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        (SAID._replace(record={"id": 1}), "no task"),
        (USER._replace(record={"id": 1}), "no email"),
        (USER._replace(record=[1]), "no JSON object"),  # type: ignore[arg-type]
        (USER._replace(kind="guess"), "no kind 'guess'"),  # type: ignore[arg-type]
    ],
)
def test_a_record_that_is_none_is_told(tmp_path: Path, line: Line, wrong: str) -> None:
    """A line whose kind or record no server could have said is an error that names its place, not a bug."""
    write(tmp_path, USER.as_bytes(), line.as_bytes())
    with pytest.raises(DataError, match=rf"line 2: .*{wrong}.*Put back"):
        list(read_archive(tmp_path, ["user", "annotation"]))
