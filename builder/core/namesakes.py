"""Captures of one name: the first of them is kept, each other one is an issue."""

from collections.abc import Sequence
from pathlib import Path

from builder.core.capturefile import CaptureFile
from builder.core.issues import Issue, issue
from builder.core.packed.names import name_of, parted
from builder.core.places import Place, Url
from builder.core.roster import Roster
from builder.core.walk import legible


def first_of_each_name(root: Place, found: Roster, issues: list[Issue]) -> Roster:
    """The captures without those whose name another has already; each of these is an issue."""
    if found.names_differ:
        return found
    return found.reduced(lambda group: _first(root, group, issues))


def _first(root: Place, group: Sequence[CaptureFile], issues: list[Issue]) -> int:
    """Which of some captures of one name is kept."""
    order = sorted(range(len(group)), key=lambda place: _precedence(group[place]))
    first, *others = (group[place] for place in order)
    name = name_of(first.capture)
    for other in others:
        said = f"{_where(root, other)} has the name of {_where(root, first)} and was left out"
        issues.append(issue(name, "duplicate_capture", f"In the raw folder, {said}; rename one of them."))
    return order[0]


def _precedence(one: CaptureFile) -> tuple[str, bool, int, str, int]:
    # The longer path is the one of which the name is literally true, where `locate` looks first.
    return name_of(one.capture), one.record is not None, -len(one.file), one.file, one.record or 0


def _where(root: Place, one: CaptureFile) -> str:
    file = legible(_from(root.absolute(), one.file))
    parts = parted(one.capture)
    return file if one.record is None or parts is None else f"record {one.record + 1} of {file}"


def _from(root: Place, file: str) -> str:
    """How to get from a root, or from the folder of a file that is one, to a file."""
    folder = root if root.is_dir() else root.parent
    return file.removeprefix(f"{folder}/") if isinstance(folder, Url) else str(Path(file).relative_to(folder))
