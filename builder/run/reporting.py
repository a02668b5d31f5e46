"""A report: everything that is known of a dataset is read, shown on one page, and written."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from builder.annotate.planning.progress import shares
from builder.annotate.tasks import POOL
from builder.contracts.catalogue import CORPUS
from builder.core.settings import Settings
from builder.core.staging import MARK
from builder.core.storage import replace
from builder.core.tablefile import read_table
from builder.labels.sheets import counting, sheets
from builder.report.page import page, sections
from builder.report.study import Labels, Round, Share, Study
from builder.run.annotation.merged_work import work_tables
from builder.run.annotation.questionnaires import questionnaires
from builder.run.annotation.rounds import read_round, round_names
from builder.run.corpus.record import read_record
from builder.run.corpus.withdrawn import unsaid
from builder.run.labels.agreement import find_agreement
from builder.run.labels.quality import find_quality
from builder.run.labels.reported_labels import confusions, last_label_set

REPORT = "report.html"
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "articles": (
        "article_id",
        "source",
        "capture",
        "headline",
        "text",
        "n_comments",
        "lang",
        "parse_confidence",
    ),
    "comments": ("comment_id", "article_id", "attribution", "text", "lang"),
    "authors": ("author_id",),
    "issues": ("code", "severity"),
}


@dataclass(frozen=True, slots=True)
class Report:
    """A report that was written: where, how large, and which chapters have something to show."""

    file: Path
    size: int
    chapters: Mapping[str, bool]

    def as_json(self) -> dict[str, Any]:
        """The report as values that ``json.dumps`` takes."""
        return {"file": str(self.file), "bytes": self.size, "chapters": dict(self.chapters)}


def write_report(settings: Settings, out: Path | None = None) -> Report:
    """Write the report of a dataset: to ``report.html`` in its folder, or where ``out`` says.

    The same tables, rounds and label sets give the same bytes. Raises ``DataError`` where nothing was built yet,
    or what there is is damaged, ``OutputError`` where the file cannot be written.
    """
    study = read_study(settings)
    chapters = sections(study)
    content = page(study, chapters).encode()
    file = out or settings.root / REPORT
    replace(file, content)
    return Report(file, len(content), {one.key: not one.missing for one in chapters})


def read_study(settings: Settings) -> Study:
    """All that a report shows of a dataset; raises as ``write_report`` does."""
    read_record(settings.tables_dir)
    corpus = {
        name: read_table(settings.tables_dir, name, _NEEDED[name]) for name in CORPUS if name in _NEEDED
    }
    corpus |= unsaid(settings, {name: corpus[name] for name in ("articles", "comments")})
    return Study(
        title=settings.title,
        name=settings.name,
        sources=settings.sources,
        corpus=corpus,
        rounds=tuple(_rounds(settings)),
        labels=_labels(settings) if (settings.merged_dir / MARK).is_file() else None,
    )


def _rounds(settings: Settings) -> Iterator[Round]:
    for name in round_names(settings.rounds_dir):
        one = read_round(settings.rounds_dir, name)
        if one:
            people = len(one.terms.annotators)
            yield Round(one.name, one.config, one.unit_type, one.closed, len(one.tasks), one.n_units, people)


def _labels(settings: Settings) -> Labels:
    tables = {**work_tables(settings), "annotators": read_table(settings.merged_dir, "annotators")}
    progress = progress_of(tables)
    counted = counting(tables, "human")
    quality = tuple((one.figures, one.warnings) for one in find_quality(settings))
    if not counted.num_rows:
        return Labels(tables, progress, quality=quality)
    known = questionnaires(settings, tables["tasks"])
    agreed = find_agreement(settings, ("pair",))
    return Labels(
        tables,
        progress,
        tuple(sheets(counted, tables, known)),
        tuple((one.subject, one.measures) for one in agreed.questions),  # type: ignore[misc]
        tuple((one.subject, one.measures) for one in agreed.pairs),  # type: ignore[misc]
        tuple(confusions(settings.label_sets_dir)),
        last_label_set(settings.label_sets_dir),
        quality,
    )


def progress_of(tables: Mapping[str, pa.Table]) -> tuple[Share, ...]:
    """What became of everybody's tasks, by round."""
    tasks = tables["tasks"]
    pools = set(tasks.filter(pc.equal(tasks["assignee"], POOL))["round"].to_pylist())
    done = (asdict(one) for one in shares(tasks, tables["annotations"]))
    return tuple(
        Share(**{key: value for key, value in one.items() if key != "project"}, pool=one["round"] in pools)
        for one in done
    )
