"""A label set is made of merged answers once, checked, put in place at one stroke, and never changed."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from builder.contracts.catalogue import LABELS, table
from builder.core.errors import UsageError
from builder.core.lock import locked
from builder.core.settings import Settings
from builder.core.staging import MARK, staged
from builder.core.storage import replace_json, write_json
from builder.core.tablefile import read_table, table_file
from builder.core.version import __version__
from builder.labels.label_sets import Estimate, How, LabelSet, label_set
from builder.labels.settled import settled
from builder.labels.sheets import counting, sheets
from builder.run.annotation.merged_work import work_tables
from builder.run.annotation.questionnaires import questionnaires
from builder.run.corpus.soundness import refuse_faults
from builder.run.corpus.writer import table_writer
from builder.run.labels.agreement import labelled
from builder.run.labels.label_counts import QuestionCounts, question_counts
from builder.run.labels.label_set_record import (
    LabelSetRecord,
    label_set_names,
    merged_sha256,
    read_label_set_record,
)

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,23}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a label set is to be made of: the rounds (all if none is named), and whether adjudicators win."""

    rounds: tuple[str, ...] = ()
    adjudicated: bool = False


@dataclass(frozen=True, slots=True)
class AggregateReport:
    """A label set, its folder, and whether it is new; if not, the same one was there already."""

    made: LabelSet
    how: How
    folder: Path
    new: bool

    def counts(self) -> tuple[QuestionCounts, ...]:
        """The labels in numbers, question by question."""
        return tuple(question_counts(self.made.tables["labels"]))

    def as_json(self) -> dict[str, Any]:
        """The report as values that JSON holds, without the tables."""
        return {
            "label_set": self.how.label_set,
            "new": self.new,
            "folder": str(self.folder),
            "method": self.how.method,
            "rows": {name: rows.num_rows for name, rows in self.made.tables.items()},
            "questions": [asdict(one) for one in self.counts()],
            "estimates": [estimate_values(one) for one in self.made.estimates],
        }


def estimate_values(one: Estimate) -> dict[str, Any]:
    """An estimate as values that JSON holds."""
    truth = one.truth
    return {
        "config": one.config,
        "question": one.question,
        "option": one.option,
        "values": list(one.values),
        "prior": truth.prior.tolist(),
        "confusion": dict(zip(one.annotators, truth.confusion.tolist(), strict=True)),
        "steps": truth.steps,
        "converged": truth.converged,
    }


def aggregate(settings: Settings, how: How, wanted: Wanted, wait: float = 0.0) -> AggregateReport:
    """Make a label set; an empty name in ``how`` is the next free one of v1, v2, ...

    Without a name nothing is made where a set that was made this way says just the same already.
    Raises ``UsageError`` for a name that cannot be one, that another set has, or for a round without answers;
    ``DataError`` where nothing was merged; ``Busy`` where another is at work for longer than ``wait`` seconds.
    """
    home = settings.label_sets_dir.resolve()
    with locked(home, wait):
        named, how = bool(how.label_set), replace(how, label_set=how.label_set or _next_name(home))
        _check_name(how.label_set)
        made, seen = _made(settings, how, wanted), merged_sha256(settings.merged_dir)
        refuse_faults(made.tables)
        same = None if named else _same(home, made, _how(how, wanted))
        how = replace(how, label_set=same or how.label_set)
        folder = home / how.label_set
        new = not folder.exists()
        if new:
            with staged(folder) as beside:
                _write(beside, made, _record(made, how, wanted, seen))
        else:
            _refuse_other(folder, made, _how(how, wanted))
            _note(folder, seen)
    return AggregateReport(made, how, settings.label_sets_dir / how.label_set, new=new)


def _made(settings: Settings, how: How, wanted: Wanted) -> LabelSet:
    tables = work_tables(settings)
    known = questionnaires(settings, tables["tasks"])
    counted = labelled(settings, tables, wanted.rounds, blind=False)
    answers = settled(sheets(counting(tables, "adjudication"), tables, known)) if wanted.adjudicated else {}
    return label_set(sheets(counted, tables, known), answers, how)


def _next_name(home: Path) -> str:
    taken = set(label_set_names(home))
    return next(name for number in range(1, len(taken) + 2) if (name := f"v{number}") not in taken)


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"'{name}' can be no label set's name: 1 to 24 of a-z, 0-9, '.', '_' and '-', a letter or digit first."
        )


def _refuse_other(folder: Path, made: LabelSet, how: Mapping[str, Any]) -> None:
    """Let a name that is taken pass only for what it stands for already."""
    if not _says(folder, made, how):
        free = _next_name(folder.parent)
        raise UsageError(
            f"There is a label set {folder.name} already, and it says something else. A label set is never "
            f"changed: give this one another name, such as --label-set {free}."
        )


def _same(home: Path, made: LabelSet, how: Mapping[str, Any]) -> str | None:
    """The last label set that was made this way and says just this; none where there is no such one."""
    return next((name for name in reversed(label_set_names(home)) if _says(home / name, made, how)), None)


def _says(folder: Path, made: LabelSet, how: Mapping[str, Any]) -> bool:
    """Whether the label set in a folder was made this way and has these labels, whatever they are called."""
    if read_label_set_record(folder).how != how:
        return False
    return all(_unnamed(read_table(folder, name)).equals(_unnamed(made.tables[name])) for name in LABELS)


def _unnamed(labels: pa.Table) -> pa.Table:
    return labels.drop_columns(["label_set"])


def _note(folder: Path, seen: str) -> None:
    """Note of which answers a label set is made as well, so that nobody takes it for an old one."""
    record = read_label_set_record(folder)
    if record.merged_sha256 != seen:
        replace_json(folder / MARK, asdict(replace(record, merged_sha256=seen)))


def _how(how: How, wanted: Wanted) -> dict[str, Any]:
    """What was asked for, as values that JSON holds."""
    asked = {**asdict(how), **asdict(wanted), "rounds": sorted(set(wanted.rounds))}
    del asked["label_set"]
    return asked


def _write(folder: Path, made: LabelSet, record: LabelSetRecord) -> None:
    for name in LABELS:
        with table_writer(folder, name) as writer:
            writer.write(made.tables[name])
    write_json(folder / MARK, asdict(record))


def _record(made: LabelSet, how: How, wanted: Wanted, seen: str) -> LabelSetRecord:
    return LabelSetRecord(
        builder=__version__,
        label_set=how.label_set,
        how=_how(how, wanted),
        estimates=tuple(estimate_values(one) for one in made.estimates),
        rows={name: made.tables[name].num_rows for name in LABELS},
        schemas={name: table(name).version for name in LABELS},
        files=tuple(table_file(Path(), name).name for name in LABELS),
        merged_sha256=seen,
    )
