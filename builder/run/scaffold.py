"""A new dataset repository, laid out from the templates that come with the package."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Template

import pyarrow as pa

from builder.contracts import catalogue
from builder.contracts.arrow import arrow_schema
from builder.core.errors import UsageError
from builder.core.packaged import packaged_files
from builder.core.settings import Settings
from builder.core.storage import write_new
from builder.core.version import __version__
from builder.release.documents.answers import answers_template
from builder.release.documents.counting import counted
from builder.release.documents.datasheet import datasheet
from builder.release.documents.described import described
from builder.release.documents.facts import facts_of

_SOURCE = re.compile(r"[^\x00-\x1f/\\:.][^\x00-\x1f/\\:]*")
_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
_TEMPLATES = {
    "settings.toml": "pyproject.toml",
    "gitignore": ".gitignore",
    "README.md": "README.md",
    "CITATION.cff": "CITATION.cff",
    "raw.md": "data/raw/README.md",
}


@dataclass(frozen=True, slots=True)
class NewDataset:
    """What a new dataset says about itself; all but the name may be empty."""

    name: str
    title: str = ""
    licence: str = ""
    contact: str = ""
    languages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Laid:
    """The files that were written, and those that were there already and stayed, below the new folder."""

    written: tuple[str, ...]
    kept: tuple[str, ...]


def lay_out(folder: Path, dataset: NewDataset) -> Laid:
    """Write the files of a new dataset repository; a file that is there already stays as it is.

    Raises ``UsageError`` for a name or source that can be no folder's, ``OutputError`` where nothing can be
    written.
    """
    _check(dataset)
    written, kept = list[str](), list[str]()
    for name, content in sorted(_files(dataset)):
        (written if write_new(folder / name, content) else kept).append(name)
    return Laid(tuple(written), tuple(kept))


def _check(dataset: NewDataset) -> None:
    if not _NAME.fullmatch(dataset.name):
        raise UsageError(
            f"'{dataset.name}' can be no name: letters, digits, '.', '_' and '-' only. Use --name"
        )
    for source in dataset.sources:
        if not _SOURCE.fullmatch(source):
            raise UsageError(f"'{source}' can be no source: it becomes a folder's name. Use another --source")


def _files(dataset: NewDataset) -> Iterator[tuple[str, bytes]]:
    templates = {name: Template(text.decode()) for name, text in packaged_files("dataset").items()}
    words = _words(dataset)
    for template, name in _TEMPLATES.items():
        yield name, templates[template].substitute(words).encode()
    yield "answers.yaml", answers_template().encode()
    yield "DATASHEET.md", _datasheet(dataset).encode()
    for source in dataset.sources or ("my-source",):
        yield f"data/raw/{source}/README.md", templates["source.md"].substitute(source=source).encode()
    for folder in ("schemas", "annotation_configs"):
        for name, content in packaged_files(folder).items():
            yield f"{folder}/{name}", content


def _datasheet(dataset: NewDataset) -> str:
    """The datasheet of a dataset without any capture yet."""
    said = Settings(Path(), dataset.name, dataset.title or dataset.name, dataset.licence, dataset.contact)
    schemas = {name: catalogue.schema(name) for name in catalogue.CORPUS}
    empty: dict[str, pa.Table] = {name: arrow_schema(name).empty_table() for name in schemas}
    value = {"release": described(said), "counted": counted(empty, schemas)}
    return datasheet(facts_of(value, schemas))


def _words(dataset: NewDataset) -> dict[str, str]:
    """What the templates leave open: quoted as TOML, YAML and JSON all read it, or plain for Markdown."""
    title = dataset.title or dataset.name
    return {
        "version": __version__,
        "name": _quoted(dataset.name),
        "title": _quoted(title),
        "licence": _quoted(dataset.licence),
        "contact": _quoted(dataset.contact),
        "languages": json.dumps(dataset.languages, ensure_ascii=False),
        "sources": "\n".join(f'{_quoted(source)} = ""' for source in dataset.sources or ("my-source",)),
        "contact_or_name": _quoted(dataset.contact or f"The makers of {title}"),
        "licence_line": f"license: {_quoted(dataset.licence)}" if dataset.licence else "",
        "plain_title": title,
    }


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
