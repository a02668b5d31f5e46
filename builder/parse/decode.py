"""The bytes of a capture become its canonical text.

Canonical is: a byte-order mark dropped, line ends made LF, U+0000 made U+FFFD, nothing else touched. All offsets
count code points of this text.
"""

import codecs
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GROUP: Final = 64  # captures
_MARKED: Final = {mark[:1] for mark, _ in _MARKS}
_CONTROL: Final = (
    bytes(range(9)) + bytes(range(14, 27)) + bytes(range(28, 32))
)  # but for tab, line and page ends
_SAMPLE: Final = 1 << 18  # bytes that an encoding is guessed from
_BINARY: Final = 0.02  # above this share of control characters it is no text
_FALLBACK: Final = "cp1252"  # what stray bytes in a UTF-8 text have nearly always been
_LATIN: Final = (_FALLBACK, "cp1250")  # what texts with few bytes beyond ASCII are in
_LATIN_SHARE: Final = 0.25  # of their bytes, at most
_ASCII: Final = bytes(range(128))
_AS_GOOD: Final = 0.01  # differences in mess and in likeness to a language that mean nothing


class Decoded(NamedTuple):
    """A canonical text as UTF-8.

    Attributes:
        text: the text.
        encoding: what its bytes were in; `utf-8+cp1252` where a text mixes the two.
        notes: issue code and message of everything that was done on the way.
    """

    text: bytes
    encoding: str
    notes: tuple[tuple[str, str], ...] = ()


class Undecodable(Exception):  # noqa: N818 it says what the bytes are
    """The bytes are no text; `code` is that of the issue."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def decode_all(captures: Sequence[bytes]) -> Iterator["Decoded | Undecodable"]:
    """Decode captures in their order; what is no text comes as the error that says so.

    Nearly all captures are canonical as they are, and one look at a group of them tells so of all.
    """
    for first in range(0, len(captures), _GROUP):
        group = captures[first : first + _GROUP]
        alike = _are_canonical(group)
        yield from (Decoded(data, "utf-8") if alike else _decoded(data) for data in group)


def _are_canonical(group: Sequence[bytes]) -> bool:
    joined = b"\n".join(group)
    if b"\r" in joined or b"\0" in joined or any(data.startswith(codecs.BOM_UTF8) for data in group):
        return False
    return _is_utf8(joined)


def _decoded(data: bytes) -> "Decoded | Undecodable":
    try:
        return decode(data)
    except Undecodable as error:
        return error


def decode(data: bytes) -> Decoded:
    """Decode a capture; raises `Undecodable` for what is no text."""
    for mark, encoding in _MARKS if data[:1] in _MARKED else ():
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding)
    if _is_utf8(data) and not _looks_wide(data):
        return _canonical(data, "utf-8", ())
    return _guessed(data)


def _is_utf8(data: bytes) -> bool:
    """Arrow's check makes no string, which for a whole large text would be four times as large."""
    if data.isascii():
        return True
    offsets = pa.py_buffer(np.array([0, len(data)], dtype=np.int64))
    try:
        pa.Array.from_buffers(pa.large_string(), 1, [None, offsets, pa.py_buffer(data)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _looks_wide(data: bytes) -> bool:
    """Whether NULs stand where UTF-16 without a mark has them: every other byte of Latin text."""
    return b"\0" in data and data.count(b"\0") * 4 > len(data)


def _marked(data: bytes, encoding: str) -> Decoded:
    note = ("byte_order_mark", "The capture began with a byte-order mark; it was dropped.")
    try:
        text = data if encoding == "utf-8" and _is_utf8(data) else data.decode(encoding).encode("utf-8")
    except UnicodeError:
        if encoding == "utf-8":
            found = _guessed(data)
            return Decoded(found.text, found.encoding, (note, *found.notes))
        raise Undecodable(
            "undecodable", f"It begins as {encoding} but does not go on as such. Save it again as UTF-8."
        ) from None
    notes = (note,) if encoding == "utf-8" else (note, _recoded(encoding))
    return _canonical(text, encoding, notes)


def _recoded(encoding: str) -> tuple[str, str]:
    return (
        "recoded",
        f"The capture was in {encoding}, not in UTF-8; offsets count its characters all the same.",
    )


def _guessed(data: bytes) -> Decoded:
    if _looks_wide(data):
        return _wide(data)
    if len(data.translate(None, _CONTROL)) < len(data) * (1 - _BINARY):
        raise Undecodable(
            "binary", "It is no text (too many control characters). Take it out of the raw folder."
        )
    mixed = _mixed(data)
    if mixed is not None:
        return mixed
    for encoding in (*_likely(data), _FALLBACK):
        try:
            return _canonical(data.decode(encoding).encode("utf-8"), encoding, (_recoded(encoding),))
        except (UnicodeError, LookupError):
            continue
    raise Undecodable("undecodable", "Its encoding cannot be told. Save it again as UTF-8.")


def _likely(data: bytes) -> tuple[str, ...]:
    """The encoding that reads most like a language; of several that read as well, the usual one.

    Measured on 72 real pages written in cp1252: the guesser alone was wrong on 17 of them, this on none.
    """
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to load, and few captures need it

    sample = data[:_SAMPLE]
    latin = len(sample.translate(None, _ASCII)) < len(sample) * _LATIN_SHARE
    found = (from_bytes(sample, cp_isolation=list(_LATIN)) if latin else None) or from_bytes(sample)
    best = found.best()
    if best is None:
        return ()
    as_good = [
        match
        for match in found
        if match.chaos <= best.chaos + _AS_GOOD and match.coherence >= best.coherence - _AS_GOOD
    ]
    usual = any(_FALLBACK in match.could_be_from_charset for match in as_good)
    return (_FALLBACK if usual else best.encoding,)


def _wide(data: bytes) -> Decoded:
    even, odd = data[::2].count(0), data[1::2].count(0)
    order = "be" if even > odd else "le"
    # Text in UTF-16 is never valid UTF-32, and has its NULs on one side.
    one_sided = min(even, odd) <= len(data) * _BINARY
    for encoding in (f"utf-32-{order}", f"utf-16-{order}")[: 1 + one_sided]:
        try:
            return _canonical(data.decode(encoding).encode("utf-8"), encoding, (_recoded(encoding),))
        except UnicodeError:
            continue
    raise Undecodable("binary", "It is no text (full of NUL bytes). Take it out of the raw folder.")


def _mixed(data: bytes) -> Decoded | None:
    """UTF-8 with lines of another encoding among it: each line by itself; none where no line proves UTF-8."""
    lines = data.split(b"\n")
    foreign = [number for number, line in enumerate(lines) if not _is_utf8(line)]
    strange = set(foreign)
    if all(number in strange or line.isascii() for number, line in enumerate(lines)):
        return None
    for number in foreign:
        lines[number] = lines[number].decode(_FALLBACK, errors="replace").encode("utf-8")
    where = ", ".join(str(number + 1) for number in foreign[:5]) + (", ..." if len(foreign) > 5 else "")
    said = f"{len(foreign)} lines of a UTF-8 text were not UTF-8 and were read as {_FALLBACK}: {where}."
    return _canonical(b"\n".join(lines), f"utf-8+{_FALLBACK}", (("mixed_encoding", said),))


def _canonical(text: bytes, encoding: str, notes: tuple[tuple[str, str], ...]) -> Decoded:
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        notes += (("line_ends", "Carriage returns were made line feeds."),)
    if b"\0" in text:
        count = text.count(b"\0")
        text = text.replace(b"\0", "\ufffd".encode())
        notes += (("nul_replaced", f"{count} NUL characters were made U+FFFD."),)
    while text.startswith(codecs.BOM_UTF8):  # marks that tools put before marks
        text = text[len(codecs.BOM_UTF8) :]
    return Decoded(text, encoding, notes)
