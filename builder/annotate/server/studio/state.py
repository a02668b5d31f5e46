"""What is kept in the folder of a studio: who leads it, its data, and whether it runs."""

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from builder.core.errors import DataError
from builder.core.private import replace_private
from builder.core.processes import born
from builder.core.storage import discard, read_json

HOST = "127.0.0.1"

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Account:
    """Who leads a studio, for as long as its data lives.

    ``name`` names the server in keys; ``version`` is that of the server that wrote the data last.
    """

    name: str
    email: str
    password: str = field(repr=False)
    token: str = field(repr=False)
    port: int
    version: str


@dataclass(frozen=True, slots=True)
class Run:
    """A process that serves a studio: number and birth name it; ``since`` is an instant in UTC."""

    pid: int
    birth: str
    port: int
    since: str

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{HOST}:{self.port}/"


def data_folder(folder: Path) -> Path:
    """Where the server keeps its database and its secret."""
    return folder / "data"


def log_file(folder: Path) -> Path:
    """Where the server's words go."""
    return folder / "server.log"


def account(folder: Path) -> Account | None:
    """Who leads the studio in a folder; none where there has been no studio."""
    return _read(folder / "account.json", Account)


def write_account(folder: Path, known: Account) -> None:
    """Keep who leads the studio, for this user's eyes."""
    replace_private(folder / "account.json", asdict(known))


def running(folder: Path) -> Run | None:
    """The process that serves the studio in a folder; none where it does not run (any more)."""
    run = _read(folder / "run.json", Run)
    return run if run is not None and run.birth and born(run.pid) == run.birth else None


def write_run(folder: Path, run: Run) -> None:
    """Keep which process serves the studio."""
    replace_private(folder / "run.json", asdict(run))


def forget_run(folder: Path) -> None:
    """No process serves the studio any more."""
    discard(folder / "run.json")


def _read(file: Path, shape: type[Kept]) -> Kept | None:
    if not file.exists():
        return None
    kept: dict[str, Any] = dict(read_json(file))
    try:
        return shape(**kept)
    except TypeError as error:
        raise DataError(f"{file} is none of ours: {error}. Move it away: builder studio up.") from error
