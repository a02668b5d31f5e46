"""DATASHEET.md at the top of a dataset: counted from its tables, answered from answers.yaml."""

import re
from pathlib import Path
from typing import Any

import pyarrow as pa

from builder.contracts import catalogue
from builder.core.errors import DataError
from builder.core.settings import Settings
from builder.core.staging import MARK
from builder.core.storage import read_text, replace
from builder.core.tablefile import read_table
from builder.release.documents.answers import read_answers
from builder.release.documents.counting import counted
from builder.release.documents.datasheet import MADE
from builder.release.documents.described import described
from builder.release.documents.facts import Facts, facts_of
from builder.release.documents.questions import questions
from builder.run.labels.label_set_record import label_set_names
from builder.run.releasing.told import told_of_build, told_of_labels

DATASHEET = "DATASHEET.md"
ANSWERS = "answers.yaml"
_SECTION = re.compile(r"^### (.*)$", re.MULTILINE)


def gathered(settings: Settings, tables: Path | None = None) -> Facts:
    """All facts about a dataset: of its tables, merged annotations and label sets.

    With ``tables``, of the tables of that folder alone. Raises ``DataError`` where there are none, or for answers
    that cannot be used.
    """
    told, found = told_of_build(tables or settings.tables_dir), _corpus(tables or settings.tables_dir)
    if tables is None:
        told, found = told | told_of_labels(settings), found | _labelled(settings)
    schemas = {name: catalogue.schema(name) for name in found}
    value: dict[str, Any] = {
        "release": described(settings),
        "counted": counted(found, schemas),
        "told": told,
        "answers": answers_of(settings),
    }
    return facts_of(value, schemas)


def answers_of(settings: Settings) -> dict[str, str]:
    """What people answered, by the ids of the questions; nothing where there is no answers.yaml."""
    return read_answers(read_text(settings.root / ANSWERS) or "", ANSWERS)


def stale(before: str, now: str) -> tuple[str, ...]:
    """The ids of the questions that one datasheet answers otherwise than another; ``head`` for what stands above."""
    old, new = _sections(before), _sections(now)
    ids = {question.title: question.id for question in questions()}
    titles = [title for title in {**new, **old} if old.get(title) != new.get(title)]
    return tuple(ids.get(title, title) for title in titles)


def read_datasheet(settings: Settings) -> str:
    """The text of the datasheet; none where there is none."""
    return read_text(settings.root / DATASHEET) or ""


def write_datasheet(settings: Settings, text: str) -> None:
    """Put a new text in the place of the datasheet at one stroke.

    Raises ``DataError`` for one that was written by hand, so that nobody's words are lost.
    """
    before = read_datasheet(settings)
    if before and MADE not in before:
        raise DataError(
            f"{settings.root / DATASHEET} was written by hand. Move its answers to {ANSWERS} (builder init DIR writes "
            "one to fill in), then move the file away."
        )
    replace(settings.root / DATASHEET, text.encode())


def _corpus(folder: Path) -> dict[str, pa.Table]:
    return {name: read_table(folder, name) for name in catalogue.CORPUS}


def _labelled(settings: Settings) -> dict[str, pa.Table]:
    """Merged annotations and all label sets, as far as there are any."""
    merged, home = settings.merged_dir, settings.label_sets_dir
    sets = label_set_names(home)
    annotation = catalogue.ANNOTATION if (merged / MARK).is_file() else ()
    labels = catalogue.LABELS if sets else ()
    return {name: read_table(merged, name) for name in annotation} | {
        name: pa.concat_tables([read_table(home / each, name) for each in sets]) for name in labels
    }


def _sections(text: str) -> dict[str, str]:
    head, *rest = _SECTION.split(text)
    return {"head": head, **dict(zip(rest[::2], rest[1::2], strict=True))}
