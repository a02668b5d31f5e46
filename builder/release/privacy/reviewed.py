"""What people decided on names that are ordinary words, too: read from a TOML file that is reviewed like code."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from builder.core.errors import UsageError
from builder.release.privacy.fold import fold, words_of

KEEP, REPLACE = "keep", "replace"
_KEYS = {"name", "article", "verdict", "reason"}


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The verdict on a name (folded, one space between words) in one article, or in all (article empty)."""

    verdicts: Mapping[tuple[str, str], str]

    def verdict(self, name: str, article: str) -> str | None:
        """``keep`` where the word may stand there, ``replace`` where it is a person's name; none if undecided."""
        return self.verdicts.get((name, article)) or self.verdicts.get((name, ""))


NOTHING = Reviewed(MappingProxyType({}))


def reviewed_of(text: str, place: str) -> Reviewed:
    """The verdicts of a file; raises ``UsageError`` that names the ``place`` and the entry that is wrong."""
    try:
        entries = tomllib.loads(text).get("match", [])
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{place} is no valid TOML: {error}. Mend it there.") from error
    if not isinstance(entries, list):
        raise UsageError(f"{place}: entries begin with [[match]].")
    return Reviewed(
        MappingProxyType(dict(_entry(one, f"{place}, entry {n}") for n, one in enumerate(entries, 1)))
    )


def _entry(entry: Any, place: str) -> tuple[tuple[str, str], str]:  # noqa: ANN401 - whatever the file holds
    sound = (
        isinstance(entry, dict)
        and set(entry) <= _KEYS
        and all(isinstance(one, str) for one in entry.values())
    )
    if not sound or not entry.get("name") or entry.get("verdict") not in {KEEP, REPLACE}:
        raise UsageError(
            f'{place}: it needs name = "..." and verdict = "keep" or "replace", and may have article = "a..." and '
            f'reason = "..."; there is {entry!r}.'
        )
    if not entry.get("reason", "").strip():
        raise UsageError(f'{place}: {entry["name"]!r} has no reason. Say why in reason = "...".')
    return (" ".join(words_of(fold(entry["name"]).text)), entry.get("article", "")), entry["verdict"]


def entry_for(name: str, article: str) -> str:
    """The lines that decide on a name in an article; the reason is for a person to write."""
    return f'[[match]]\nname = "{name}"\narticle = "{article}"\nverdict = "keep"\nreason = ""'
