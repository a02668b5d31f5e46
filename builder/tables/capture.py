"""A capture that has been read and decoded, with what its side file says."""

from datetime import datetime
from typing import NamedTuple


class Capture(NamedTuple):
    """One capture as the tables want it; `text` is canonical UTF-8, the notes are issue codes with messages."""

    capture: str
    article_id: str
    source: str
    raw_sha256: str
    encoding: str
    text: bytes
    notes: tuple[tuple[str, str], ...] = ()
    url: str | None = None
    published_at: datetime | None = None
    licence: str | None = None
    lang: str | None = None
