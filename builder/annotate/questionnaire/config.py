"""A labelling config, read from its XML, TOML and Markdown: what it asks, of what, in which words."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, cast, get_args

from builder.annotate.questionnaire.controls import fields_of, questions_in
from builder.annotate.questionnaire.markup import read_markup
from builder.annotate.questionnaire.questions import LabelConfig, Question, Scale, UnitType
from builder.core.errors import DataError, UsageError
from builder.core.packaged import packaged_files
from builder.core.storage import read_folder

FOLDER = "annotation_configs"


@dataclass(frozen=True, slots=True)
class ConfigText:
    """The files of one config, unread: XML, TOML, Markdown; ``place`` is the folder for messages."""

    name: str
    place: str
    xml: str
    toml: str = ""
    markdown: str = ""

    def file(self, ending: str) -> str:
        """The name of one of its files, as messages call it."""
        return f"{self.place}/{self.name}.{ending}"


@dataclass(frozen=True, slots=True)
class Declared:
    """What the TOML says: title, unit type, and for each question its entries."""

    title: str
    unit_type: UnitType
    questions: Mapping[str, Mapping[str, str]]


def config_texts(root: Path) -> dict[str, ConfigText]:
    """The configs of a dataset by name: those in its own folder, or where it has none those of the package."""
    own = read_folder(root / FOLDER)
    files, place = (own, FOLDER) if _xmls(own) else (packaged_files(FOLDER), f"(package) {FOLDER}")
    return {name: _text(name, place, files) for name in _xmls(files)}


def find_config(root: Path, name: str) -> LabelConfig:
    """The config of that name, whole; ``root`` is the dataset's folder.

    Raises ``UsageError`` where there is none of that name, ``DataError`` where its files cannot be used.
    """
    return read_config(find_text(root, name))


def find_text(root: Path, name: str) -> ConfigText:
    """The files of the config of that name; raises ``UsageError`` where there is none."""
    known = config_texts(root)
    if name not in known:
        raise UsageError(f"There is no labelling config '{name}'. There are: {', '.join(known) or 'none'}.")
    return known[name]


def read_config(text: ConfigText) -> LabelConfig:
    """A config from its files; raises ``DataError`` naming file, line and cure."""
    markup = read_markup(text.xml, text.file("xml"))
    declared = read_declared(text)
    said = declared.questions
    return LabelConfig(
        name=text.name,
        title=declared.title,
        unit_type=declared.unit_type,
        xml=text.xml,
        sha256=xml_sha256(text.xml),
        questions=tuple(
            replace(each, **cast("dict[str, Any]", said.get(each.name, {})))
            for each in questions_in(markup, text.file("xml"))
        ),
        fields=fields_of(markup),
        instructions=text.markdown,
    )


def questions_of(xml: str, file: str = "labelling config") -> tuple[Question, ...]:
    """What the XML of a config asks, without scales and descriptions, which only the TOML knows.

    Raises ``DataError`` where it is no XML or says what cannot be a question.
    """
    return questions_in(read_markup(xml, file), file)


def xml_sha256(xml: str) -> str:
    """SHA-256 of the XML of a config, in hexadecimal: what tasks and labels keep of it.

    Line ends are LF, and white space around the whole is left out, as the server does.
    """
    return sha256(_lf(xml).strip().encode()).hexdigest()


def read_declared(text: ConfigText) -> Declared:
    """What the TOML of a config says; raises ``DataError`` where it is no TOML or lacks what is needed."""
    file = text.file("toml")
    try:
        said = tomllib.loads(text.toml)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{file} is no valid TOML: {error}. Mend it there.") from error
    title, unit_type, questions = said.get("title"), said.get("unit_type"), said.get("questions", {})
    if not isinstance(title, str) or unit_type not in get_args(UnitType):
        kinds = ", ".join(f'"{kind}"' for kind in get_args(UnitType))
        raise DataError(f'{file}: wanted are title = "..." and unit_type = one of {kinds}.')
    if not isinstance(questions, dict) or not all(_is_entry(entry) for entry in questions.values()):
        scales = ", ".join(f'"{scale}"' for scale in get_args(Scale))
        wanted = f'a table [questions.NAME] with description = "..." and scale = one of {scales}'
        raise DataError(f"{file}: each question is declared by {wanted}; either may be left out.")
    return Declared(title, cast("UnitType", unit_type), questions)


def _is_entry(entry: object) -> bool:
    if not isinstance(entry, dict) or set(entry) - {"scale", "description"}:
        return False
    return entry.get("scale", "nominal") in get_args(Scale) and isinstance(entry.get("description", ""), str)


def _xmls(files: Mapping[str, bytes]) -> list[str]:
    return sorted(name.removesuffix(".xml") for name in files if name.endswith(".xml") and "/" not in name)


def _text(name: str, place: str, files: Mapping[str, bytes]) -> ConfigText:
    parts = []
    for ending in ("xml", "toml", "md"):
        try:
            parts.append(files.get(f"{name}.{ending}", b"").decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise DataError(f"{place}/{name}.{ending} is no UTF-8: {error}. Save it as UTF-8.") from error
    return ConfigText(name, place, *map(_lf, parts))


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
