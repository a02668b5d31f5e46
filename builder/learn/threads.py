"""Real threads with gold, as a folder holds them: texts in several renderings, what they contain, fixed folds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from builder.core.errors import DataError
from builder.core.storage import read_bytes, read_json_any

GAPPED = ("seedlike", "seedlinks")


@dataclass(frozen=True)
class Thread:
    """One text with its gold.

    Attributes:
        name: the page's name.
        rendering: how the page was made into text.
        file: the name that a prediction is matched by.
        fold: which fifth of the sites it belongs to.
        text: the raw text.
        gold: headline, paragraphs, comments (author, body), ignore.
    """

    name: str
    rendering: str
    file: str
    fold: int
    text: bytes
    gold: Mapping[str, Any]


def load_threads(folder: Path, renderings: tuple[str, ...] = GAPPED) -> tuple[Thread, ...]:
    """All threads of some renderings; `DataError` where the folder holds none."""
    index = folder / "index.json"
    if not index.is_file():
        raise DataError(f"{folder} holds no index.json. Name the folder of the threads: builder eval DIR")
    folds = {page["name"]: page["fold"] for page in read_json_any(index)}
    return tuple(_threads(folder, renderings, folds))


def _threads(folder: Path, renderings: tuple[str, ...], folds: Mapping[str, int]) -> Iterator[Thread]:
    for rendering in renderings:
        for file in sorted((folder / rendering).glob("*.txt")):
            name = file.name.removesuffix(".txt").removesuffix(f".{rendering}")
            gold = read_json_any(folder / "gold" / f"{name}.{rendering}.json")
            yield Thread(
                name, rendering, f"{rendering}/{file.name}", folds[name], read_bytes(str(file)), gold
            )


def article_alone(thread: Thread) -> Thread:
    """The same page without its comments: what ends where its article ends."""
    lines = thread.text.split(b"\n")
    filled = [number for number, line in enumerate(lines) if line.strip()]
    above = bool(thread.gold["headline"]) + bool(thread.gold.get("caption"))
    kept = above + len(thread.gold["paragraphs"])
    text = b"\n".join(lines[: filled[kept - 1] + 1]) + b"\n"
    return replace(thread, text=text, gold={**thread.gold, "comments": []})
