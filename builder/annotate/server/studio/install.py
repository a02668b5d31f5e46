"""Label Studio in a virtual environment of its own, and its empty database: made once, kept in the user's cache."""

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from platformdirs import user_cache_path

from builder.core.errors import ServerError
from builder.core.lock import locked
from builder.core.packaged import data_file, data_text
from builder.core.private import copy_private, private_folder
from builder.core.processes import run_quietly
from builder.core.storage import discard, replace, same_bytes, scratch_folder

Say = Callable[[str], None]
"""Is told what is being done now, in a few words for a person."""

DATABASE = "label_studio.sqlite3"
_LOCK = "label-studio.txt"
_MARK = "installed"
_PYTHON = Path("bin", "python")
_WAIT = 1800.0
# What the server needs from outside. Anything more may be taken for a setting of it: it reads bare names such
# as HOST, DEBUG and SECRET_KEY.
_NEEDED = frozenset({"HOME", "LANG", "LANGUAGE", "LD_LIBRARY_PATH", "PATH", "TMPDIR", "TZ"})
_SILENT = {
    "COLLECT_ANALYTICS": "false",
    "LATEST_VERSION_CHECK": "false",
    # Only the empty address stops crash reports; without the setting, one that is built in is used.
    "SENTRY_DSN": "",
    "FRONTEND_SENTRY_DSN": "",
}


def version() -> str:
    """The version of Label Studio that the builder was made for."""
    found = re.search(r"^label-studio==(\S+)", data_text("annotate", _LOCK), re.MULTILINE)
    if not found:
        raise ServerError(f"{_LOCK} pins no label-studio. Make the lock again: make lock")
    return found.group(1)


def cache_folder() -> Path:
    """Where this version of Label Studio is kept; about 1 GB."""
    return user_cache_path("newsthreads", appauthor=False).absolute() / f"label-studio-{version()}"


def program(*words: str) -> list[str]:
    """The words that run Label Studio, blind to the settings and packages of the Python that calls it."""
    return [str(cache_folder() / "venv" / _PYTHON), "-I", "-u", "-m", "label_studio.server", *words]


def environment(data: Path, **more: str) -> dict[str, str]:
    """The environment in which Label Studio runs on a folder of data, with nothing sent to its makers."""
    kept = {name: value for name, value in os.environ.items() if name in _NEEDED or name.startswith("LC_")}
    return {**kept, **_SILENT, "LABEL_STUDIO_BASE_DATA_DIR": str(data), **more}


def install(say: Say) -> None:
    """See to it that Label Studio is installed; whoever comes second waits for the first.

    Raises ``ServerError`` where it cannot be installed; what is half done is done again next time.
    """
    venv = cache_folder() / "venv"
    if _installed():
        return
    with locked(venv, _WAIT):
        if _installed():
            return
        say(f"Installing Label Studio {version()} (once; a few minutes, about 1 GB)")
        with _making(venv) as new:
            _run([sys.executable, "-I", "-m", "venv", str(new)])
            pip = [str(new / _PYTHON), "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            _run([*pip, "--no-deps", "--require-hashes", "-r", str(data_file("annotate", _LOCK))])
            replace(new / _MARK, _wanted())
            discard(venv)
            new.rename(venv)


def new_database(file: Path, say: Say) -> None:
    """Put an empty database of the installed version in a place, unless there is one."""
    if file.exists():
        return
    ready = cache_folder() / DATABASE
    with locked(ready, _WAIT):
        if not ready.exists():
            say("Making the empty database (once; about a minute)")
            _make_database(ready)
    private_folder(file.parent)
    copy_private(ready, file)


def _make_database(ready: Path) -> None:
    with _making(ready) as new:
        _run(program("init", "--quiet"), environment(new))
        copy_private(new / DATABASE, ready)


@contextmanager
def _making(what: Path) -> Iterator[Path]:
    """A folder beside, to make something in; what others left of theirs is removed.

    Each has its own: where a builder was killed, what it had called may be at work still.
    """
    discard(*what.parent.glob(f"{what.name}-*"))
    with scratch_folder(what.with_name(f"{what.name}-{os.getpid()}")) as folder:
        yield folder


def _installed() -> bool:
    venv = cache_folder() / "venv"
    return same_bytes(venv / _MARK, _wanted()) and (venv / _PYTHON).exists()


def _wanted() -> bytes:
    return sha256(data_text("annotate", _LOCK).encode()).hexdigest().encode()


def _run(words: list[str], among: dict[str, str] | None = None) -> None:
    said = run_quietly(words, among or dict(os.environ))
    if said:
        step = " ".join([Path(words[0]).name, *words[1:4]])
        raise ServerError(f"Label Studio {version()} cannot be set up: {step} ended with an error.\n{said}")
