"""What was withdrawn is taken out of the archive: the one rewriting of what was once written there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from builder.annotate.archive.lines import line_of, read_archive
from builder.annotate.archive.redaction import Redactor
from builder.core.linefile import line_files, redact_lines
from builder.core.settings import Settings
from builder.core.tablefile import read_table
from builder.release.withdrawal.ledger import Redaction
from builder.release.withdrawal.units import Gone
from builder.run.corpus.withdrawn import add_to_ledger, leaving


@dataclass(frozen=True, slots=True)
class Redacted:
    """What was rewritten: files of the archive, and lines in them."""

    files: int
    lines: int


def redactor_of(settings: Settings, away: Gone | None = None) -> Redactor | None:
    """What takes out all that was withdrawn (or ``away``); none where nothing was."""
    away = leaving(settings) if away is None else away
    if not away.withdrawals:
        return None
    made = Redactor(away.comments | away.articles, set(away.touched))
    for article, text in _texts(settings, away):
        made.texts[article].add(text)
    for line in read_archive(settings.archive_dir, ["task"]):
        if isinstance(line.record["data"], dict) and made.is_target(line.record["data"]):
            made.learn(line.record["data"])
    return made


def redact_archive(settings: Settings, redactor: Redactor) -> Redacted:
    """Rewrite the files of the archive that hold what was withdrawn, each told to the ledger with its hashes.

    To be used under the lock of the archive. Stopped in the middle, it is finished by doing it again.
    """
    changed = [
        redact_lines(file, partial(redacted_line, redactor), partial(_tell, settings, file.name))
        for file in line_files(settings.archive_dir)
    ]
    return Redacted(sum(1 for each in changed if each), sum(changed))


def lines_to_redact(settings: Settings, redactor: Redactor) -> int:
    """How many lines of the archive a redaction would change; nothing is."""
    return sum(redactor.line(line) != line for line in read_archive(settings.archive_dir))


def redacted_line(redactor: Redactor, line: bytes) -> bytes:
    """A line of the archive, as it is stored, as it may stay."""
    one = line_of(line)
    new = redactor.line(one)
    return line if new == one else new.as_bytes()


def _tell(settings: Settings, name: str, before: str, after: str, lines: int) -> None:
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    add_to_ledger(settings, [Redaction(name, before, after, lines, today)])


def _texts(settings: Settings, away: Gone) -> Iterator[tuple[str, str]]:
    columns = ("comment_id", "article_id", "text")
    comments = read_table(settings.tables_dir, "comments", columns)
    mine = comments.filter(
        pc.is_in(comments["comment_id"], value_set=pa.array(sorted(away.comments), pa.string()))
    )
    yield from zip(mine["article_id"].to_pylist(), mine["text"].to_pylist(), strict=True)
