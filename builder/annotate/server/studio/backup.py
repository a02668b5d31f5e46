"""A studio's data as one file, taken while it runs, and brought back when it does not."""

from datetime import UTC, datetime
from pathlib import Path

from builder.annotate.server.studio.install import DATABASE
from builder.annotate.server.studio.state import account, data_folder, running
from builder.core.archives import copy_database, pack, unpack
from builder.core.errors import DataError, OutputError, ServerError
from builder.core.private import private_folder
from builder.core.storage import discard, files_below, scratch_folder, set_aside

_LEAD = "account.json"


def back_up(folder: Path, file: Path | None = None) -> Path:
    """Put database, secret, uploads and the lead's account into a new .tar.gz; its place.

    Without a place it goes beside the data, under the date. It opens the server to whoever holds it.
    Raises ``ServerError`` where there is no studio, ``OutputError`` where the file is there already.
    """
    data = data_folder(folder)
    if account(folder) is None or not (data / DATABASE).exists():
        raise ServerError("There is no studio of this dataset to back up. Start one: builder studio up")
    to = (file or _dated(folder)).absolute()
    if to.exists():
        raise OutputError(f"{to} is there already. Name another file, or none.")
    if not to.parent.is_dir():
        raise OutputError(f"{to.parent} is no folder. Make it first, or name another.")
    scratch = folder / "packing"
    discard(scratch)
    with scratch_folder(scratch) as now:
        copy_database(data / DATABASE, now / DATABASE)
        members = {f"data/{DATABASE}": now / DATABASE, _LEAD: folder / _LEAD}
        for path in files_below(data):
            if not path.name.startswith(DATABASE):
                members[f"data/{path.relative_to(data).as_posix()}"] = path
        pack(to, members)
    return to


def restore(folder: Path, file: Path) -> None:
    """Bring a backup back as the data of the studio; what was there before is kept beside it, as ``.old``.

    Raises ``ServerError`` while the studio runs, ``DataError`` where the file is no backup of a studio.
    """
    if running(folder):
        raise ServerError("The studio runs. Bring the backup back when it does not: builder studio down")
    scratch = private_folder(folder) / "unpacking"
    discard(scratch)
    with scratch_folder(scratch):
        unpack(file, scratch)
        if account(scratch) is None or not (scratch / "data" / DATABASE).exists():
            raise DataError(f"{file} is no backup of a studio: it lacks {DATABASE} or {_LEAD}.")
        for name in ("data", _LEAD):
            set_aside(folder / name)
            (scratch / name).rename(folder / name)


def _dated(folder: Path) -> Path:
    at = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    return private_folder(folder / "backups") / f"{folder.name}-{at}.tar.gz"
