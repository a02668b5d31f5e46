"""The counted facts of a datasheet, put between the markers that wait for them."""

import re
from collections.abc import Mapping
from pathlib import Path

from builder.core.errors import DataError
from builder.core.storage import read_bytes, replace
from builder.core.tablefile import read_table
from builder.tables.counts import NEEDED, counted

_FACT = re.compile(r"(<!-- counted:(?P<name>\w+) -->)(?P<said>.*?)(<!-- /counted -->)", re.DOTALL)
_MARKER = re.compile(r"<!-- (?:counted:\w+|/counted) -->")


def facts(tables: Path) -> dict[str, str]:
    """The counted facts of the tables in a folder; ``DataError`` where there are none."""
    return counted({name: read_table(tables, name, columns) for name, columns in NEEDED.items()})


def filled(text: str, known: Mapping[str, str]) -> str:
    """A datasheet with its facts filled in; ``DataError`` for a marker that is unknown or not closed."""
    if len(_MARKER.findall(text)) != 2 * len(_FACT.findall(text)):
        raise DataError(
            "A marker of the datasheet has no partner: <!-- counted:NAME --> ... <!-- /counted -->"
        )
    return _FACT.sub(lambda match: f"{match[1]}{_fact(match['name'], known)}{match[4]}", text)


def stale(text: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """The names of the facts that a datasheet tells otherwise than they are."""
    before, after = (_FACT.finditer(each) for each in (text, filled(text, known)))
    return tuple(sorted({old["name"] for old, new in zip(before, after, strict=True) if old[0] != new[0]}))


def read_datasheet(file: Path) -> str:
    """The text of a datasheet; ``DataError`` where there is none."""
    try:
        return read_bytes(str(file)).decode()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{file} cannot be read: {error}. A new one comes with: builder init DIR") from error


def write_datasheet(file: Path, text: str) -> None:
    """Put a new text in the place of a datasheet at one stroke."""
    replace(file, text.encode())


def _fact(name: str, known: Mapping[str, str]) -> str:
    if name not in known:
        raise DataError(f"The datasheet asks for '{name}', which nobody counts. Known: {', '.join(known)}.")
    return f"\n{known[name]}\n" if "\n" in known[name] else known[name]
