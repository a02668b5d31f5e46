"""How things are said: results to standard output, all else to standard error, no control characters."""

import json
import os
import re
import sys
import traceback
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from builder.core import plural
from builder.core.issues import ERROR, INFO, WARNING
from builder.core.places import Place

KIND_STYLES: Mapping[str, str] = {
    "headline": "bold magenta",
    "caption": "magenta",
    "paragraph": "default",
    "author": "bold cyan",
    "comment": "green",
    "date": "blue",
    "control": "dim",
    "furniture": "dim",
    "blank": "dim",
}
SEVERITY_STYLES: Mapping[str, str] = {ERROR: "bold red", WARNING: "yellow", INFO: "default"}
_DEBUG = "BUILDER_DEBUG"
# C0 and C1 controls, DEL, and what reorders or breaks a line behind the reader's back.
_CONTROLS = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def prepare_streams() -> None:
    """Let no character be a reason to fail: what the terminal cannot write is spelt."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


class _Screen(Console):
    """A console that leaves it to the catch-all when whoever reads it has had enough."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


@cache
def out() -> Console:
    """The console for results."""
    return _Screen(highlight=False, markup=False, emoji=False)


@cache
def err() -> Console:
    """The console for messages and progress."""
    return _Screen(stderr=True, highlight=False, markup=False, emoji=False)


def harmless(text: str) -> str:
    """A text that came from a file, with control characters spelt: it can move no cursor and hide no line."""
    return _CONTROLS.sub(_spelt, text).replace("\t", "    ")


def near(path: Place) -> Place:
    """A path as a person would type it here."""
    here = Path.cwd()
    return path.relative_to(here) if isinstance(path, Path) and path.is_relative_to(here) else path


def styled(text: str, style: str = "") -> Text:
    """A harmless text in a style."""
    return Text(harmless(text), style)


def number(count: int, thing: str) -> str:
    """So many things, in words that agree."""
    return plural.number(count, thing)


def size(count: int) -> str:
    """So many bytes, as a person says it."""
    for power, unit in ((9, "GB"), (6, "MB"), (3, "kB")):
        if count >= 10**power:
            return f"{count / 10**power:.1f} {unit}"
    return number(count, "byte")


def columns(rows: Iterable[Iterable[str | Text]], *, right: Iterable[int] = (), indent: int = 2) -> Table:
    """Rows side by side, without lines; the columns numbered in ``right`` are aligned there."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=indent - 2 if indent > 2 else 0)
    listed = [list(row) for row in rows]
    for number in range(max(map(len, listed), default=0)):
        table.add_column(justify="right" if number in set(right) else "left", overflow="fold")
    for row in listed:
        table.add_row("", *(cell if isinstance(cell, Text) else styled(cell) for cell in row))
    return table


def legend(words: Mapping[str, str], remark: str = "") -> Group:
    """What words of a table mean, one below the other, and a remark; each within the width of the screen."""
    rows = [[Text(word, "dim"), Text(said, "dim")] for word, said in words.items()]
    return Group(columns(rows), *([Text(remark, "dim")] if remark else []))


def print_json(value: Any) -> None:  # noqa: ANN401 - whatever json takes
    """A result for machines."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def complain(message: str, details: Iterable[str] = ()) -> None:
    """Say what is wrong, and below it what there is to know, line by line."""
    err().print(Text.assemble(("Error: ", "bold red"), harmless(message)), soft_wrap=True)
    for line in details:
        err().print(Text(harmless(line)), soft_wrap=True)


def show_tracebacks() -> None:
    """From now on show where an unexpected error came from."""
    os.environ[_DEBUG] = "1"


def explain_bug(error: Exception) -> None:
    """Say that an error nobody foresaw is the builder's fault, and how to see more."""
    debug = os.environ.get(_DEBUG, "0") not in {"", "0"}
    if debug:
        err().print("".join(traceback.format_exception(error)), soft_wrap=True)
    said = f"{type(error).__name__}: {error}"
    complain(f"This is a bug of the builder, not yours. {said}")
    if not debug:
        err().print("To see where it came from, run it again with BUILDER_DEBUG=1 before the command.")


def _spelt(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
