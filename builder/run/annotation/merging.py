"""A merge: the archive beside the tables becomes the tables of annotations, put in place at one stroke."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache, partial
from pathlib import Path

import pyarrow as pa

from builder.annotate.archive.lines import Form, Kind, read_as
from builder.annotate.merging.merge import Merged, Summary, Tell, merge
from builder.annotate.merging.places import NEEDED, Corpus
from builder.annotate.tasks import POOL
from builder.contracts.catalogue import ANNOTATION, table
from builder.core.errors import DataError
from builder.core.linefile import line_files
from builder.core.lock import locked
from builder.core.settings import Settings
from builder.core.staging import MARK, staged
from builder.core.storage import write_json
from builder.core.tablefile import read_table, table_file
from builder.core.version import __version__
from builder.run.annotation.annotators import keep_pseudonyms, read_pseudonyms
from builder.run.annotation.merge_record import MergeRecord, refuse_lost_pulls
from builder.run.annotation.redacting import redacted_line, redactor_of
from builder.run.annotation.rounds import origins, round_configs, round_names
from builder.run.corpus.record import BuildRecord, raw_of, read_record
from builder.run.corpus.soundness import refuse_faults
from builder.run.corpus.source import canonical_text
from builder.run.corpus.writer import table_writer


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge came to: what became of the versions, and the tables, which are in ``folder``.

    ``unplanned`` are rounds whose plans are gone, which alone know of gold and adjudication; ``unlisted`` are
    pseudonyms that tasks were made for and that the private list of annotators does not know.
    """

    summary: Summary
    tables: Mapping[str, pa.Table]
    folder: Path
    unplanned: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()


def merge_archive(settings: Settings, tell: Tell | None = None, wait: float = 0.0) -> MergeReport:
    """Make the tables of annotations from the archive and the built tables; unless all goes well nothing changes.

    Needs no server. Raises ``DataError`` where nothing was pulled or built yet, or what was is damaged,
    ``Busy`` where another merge is at work for longer than ``wait`` seconds, ``OutputError`` where nothing
    can be written.
    """
    out = settings.merged_dir.resolve()
    with locked(out, wait), staged(out) as folder:
        files = line_files(settings.archive_dir)
        if not files:
            raise DataError(f"There is nothing in {settings.archive_dir} to merge. Pull first: builder pull")
        refuse_lost_pulls(settings)
        merged = _merged(settings, tell)
        refuse_faults(merged.tables)
        keep_pseudonyms(settings.annotators_file, merged.people)
        _write(folder, merged, len(files))
    tasks = merged.tables["tasks"]
    unplanned = {*tasks["round"].to_pylist()} - {*round_names(settings.rounds_dir)}
    unlisted = {*tasks["assignee"].to_pylist()} - {POOL, *merged.people.known.values()}
    return MergeReport(
        merged.summary, merged.tables, settings.merged_dir, tuple(sorted(unplanned)), tuple(sorted(unlisted))
    )


def _merged(settings: Settings, tell: Tell | None) -> Merged:
    people = read_pseudonyms(settings.annotators_file)
    configs = round_configs(settings.rounds_dir)
    corpus = corpus_in(settings.tables_dir)
    told = origins(settings.rounds_dir)
    read = partial(_read, settings)
    return merge(read, corpus, configs, people, tell, told)


def _read(settings: Settings, form: Callable[[bytes], Form], kinds: Collection[Kind]) -> Iterator[Form]:
    redactor = redactor_of(settings)
    if redactor is None:
        return read_as(settings.archive_dir, form, kinds)
    return read_as(settings.archive_dir, lambda line: form(redacted_line(redactor, line)), kinds)


def corpus_in(folder: Path) -> Corpus:
    """The units in a folder of tables; a capture's text is read from its raw file, when it is asked for."""
    record = read_record(folder)
    tables = {name: read_table(folder, name, columns) for name, columns in NEEDED.items()}

    @cache
    def captures() -> Mapping[str, tuple[str, str]]:
        columns = read_table(folder, "articles", ("article_id", "capture", "raw_sha256")).to_pydict()
        return {one: rest for one, *rest in zip(*columns.values(), strict=True)}  # type: ignore[misc]

    return Corpus(tables, lambda article_id: _capture_text(folder, record, *captures()[article_id]))


def _capture_text(folder: Path, record: BuildRecord, capture: str, raw_sha256: str) -> str | None:
    """The text of a capture; none where its file is gone or has changed since the tables were built."""
    raw = raw_of(folder, record)
    if not raw.exists():
        raise DataError(
            f"The raw captures are not at {raw}, and annotations of whole captures are proven against them. "
            "Put them back, or build again: builder build"
        )
    try:
        return canonical_text(folder, record, capture, raw_sha256)
    except DataError:
        return None


def _write(folder: Path, merged: Merged, archive_files: int) -> None:
    for name in ANNOTATION:
        with table_writer(folder, name) as writer:
            writer.write(merged.tables[name])
    record = MergeRecord(
        builder=__version__,
        archive_files=archive_files,
        summary=merged.summary,
        rows={name: merged.tables[name].num_rows for name in ANNOTATION},
        schemas={name: table(name).version for name in ANNOTATION},
        files=tuple(table_file(folder, name).name for name in ANNOTATION),
    )
    write_json(folder / MARK, asdict(record))
