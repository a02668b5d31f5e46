"""The data files that come with the package: schemas, labelling configs."""

from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path


def packaged(folder: str) -> Traversable:
    """A folder of data files: inside an installed package, else at the top of the working copy."""
    package = resources.files("builder")
    inside = package / "_data" / folder
    return inside if inside.is_dir() else package / ".." / folder


def packaged_text(folder: str, name: str) -> str | None:
    """The text of one data file; none if there is no such file."""
    file = packaged(folder) / name
    return file.read_text(encoding="utf-8") if file.is_file() else None


def packaged_files(folder: str) -> dict[str, bytes]:
    """The files in a folder of data files by their paths below it; none where there is no such folder."""
    here = packaged(folder)
    return dict(_below(here, "")) if here.is_dir() else {}


def room_files(room: str) -> dict[str, bytes]:
    """The files of a room of the package by their paths below it: its code, and the data beside it."""
    return dict(_below(resources.files("builder") / room, f"{room}/"))


def _below(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for each in folder.iterdir():
        if each.name.startswith((".", "__")):
            continue
        if each.is_dir():
            yield from _below(each, f"{path}{each.name}/")
        else:
            yield f"{path}{each.name}", each.read_bytes()


def data_text(room: str, name: str) -> str:
    """The text of a data file that lies beside the code of a room."""
    return (resources.files("builder") / room / name).read_text(encoding="utf-8")


def data_file(room: str, name: str) -> Path:
    """Where a data file beside the code of a room lies; the package must be unpacked on disk."""
    return Path(str(resources.files("builder") / room / name))
