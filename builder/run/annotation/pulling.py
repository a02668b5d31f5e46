"""A pull: what is new on a server goes into the archive, as one new file or not at all."""

from builder.annotate.archive.known import known_of
from builder.annotate.archive.lines import Line, read_archive
from builder.annotate.server.connection import Server
from builder.annotate.transfer.pull import PullReport, Tell, pull
from builder.core.linefile import new_lines
from builder.core.lock import locked
from builder.core.private import private_folder
from builder.core.settings import Settings
from builder.run.annotation.merge_record import refuse_lost_pulls
from builder.run.annotation.redacting import redactor_of


def pull_into_archive(
    settings: Settings, server: Server, tell: Tell | None = None, wait: float = 0.0
) -> PullReport:
    """Archive what is new in the projects of this dataset on a server, without what was withdrawn.

    Raises ``ServerError`` where the server fails, ``DataError`` where the archive is damaged, ``Busy`` where
    another pull is at work for longer than ``wait`` seconds, ``OutputError`` where nothing can be written; in
    each case the archive is as it was.
    """
    with locked(settings.archive_dir, wait):
        if not settings.archive_dir.exists():
            private_folder(settings.archive_dir)  # it names people
        refuse_lost_pulls(settings)
        redactor = redactor_of(settings)
        known = known_of(read_archive(settings.archive_dir), server.name)
        with new_lines(settings.archive_dir) as archive:

            def keep(line: Line) -> None:
                archive.write((redactor.line(line) if redactor else line).as_bytes())

            return pull(server, settings.name, known, keep, tell)
