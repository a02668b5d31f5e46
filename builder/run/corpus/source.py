"""The way back from the tables to the raw captures they were built from."""

from hashlib import sha256
from pathlib import Path

from builder.core.captures import read_capture
from builder.core.errors import DataError
from builder.parse.decode import decode
from builder.run.corpus.record import BuildRecord, raw_of


def canonical_text(tables: Path, record: BuildRecord, capture: str, raw_sha256: str) -> str:
    """The canonical text of a capture, read from its raw file.

    Raises ``DataError`` where the file is not where the record says, or its bytes have another hash.
    """
    raw = raw_of(tables, record)
    try:
        data = read_capture(raw, capture)
    except OSError as error:
        raise DataError(
            f"The capture {capture} cannot be read below {raw}: {error.strerror or error}. "
            "Put the raw captures back where they were, or build again: builder build"
        ) from error
    if sha256(data).hexdigest() != raw_sha256:
        raise DataError(f"{capture} has changed since the tables were built. Build again: builder build")
    return decode(data).text.decode()
