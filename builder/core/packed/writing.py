"""Packed files are written: the same bytes for the same captures, each with its side file."""

import io
import tarfile
from abc import abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from builder.core.packed.rows import Row, row_of
from builder.core.packed.tar import META
from builder.core.storage import writing

_AT_ONCE = 4_000_000
"""Bytes of a row group or a compressed frame; what is larger by itself has one of its own."""
_LEVEL = 3
_SCHEMA = pa.schema(
    [pa.field(name, pa.string(), nullable=name not in {"id", "text"}) for name in Row._fields]
)


class Sink(Protocol):
    """Takes captures into a packed file."""

    @abstractmethod
    def add(self, name: str, data: bytes, meta: bytes | None) -> None:
        """Take one, with the bytes of its side file."""

    @abstractmethod
    def close(self) -> None:
        """Write what is still held."""


@contextmanager
def packing(file: Path) -> Iterator[Sink]:
    """A new packed file, of the kind that its name says: .parquet, .jsonl.zst or .tar."""
    kinds: dict[str, Callable[[BinaryIO], Sink]] = {".parquet": _parquet, ".zst": _lines, ".tar": _Tar}
    with writing(file), file.open("xb") as raw:
        sink = kinds[file.suffix](raw)
        yield sink
        sink.close()


class _Rows:
    """Captures are held as rows until there are enough of them to be written at once."""

    def __init__(self, write: Callable[[list[Row]], None], close: Callable[[], None]) -> None:
        self._write, self._close = write, close
        self._rows: list[Row] = []
        self._size = 0

    def add(self, name: str, data: bytes, meta: bytes | None) -> None:
        if self._size + len(data) > _AT_ONCE:
            self._flush()
        self._rows.append(row_of(name, data, meta))
        self._size += len(data) + len(meta or b"")

    def close(self) -> None:
        self._flush()
        self._close()

    def _flush(self) -> None:
        if self._rows:
            self._write(self._rows)
        self._rows, self._size = [], 0


def _lines(raw: BinaryIO) -> Sink:
    codec = pa.Codec("zstd", compression_level=_LEVEL)

    def write(rows: list[Row]) -> None:
        said = [{name: value for name, value in row._asdict().items() if value is not None} for row in rows]
        lines = [*map(msgspec.json.encode, said), b""]
        raw.write(codec.compress(b"\n".join(lines), asbytes=True))

    return _Rows(write, raw.flush)


def _parquet(raw: BinaryIO) -> Sink:
    writer = pq.ParquetWriter(
        raw,
        _SCHEMA,
        version="2.6",
        compression="zstd",
        compression_level=_LEVEL,
        use_dictionary=False,
        write_statistics=["id"],
        store_schema=False,
    )

    def write(rows: list[Row]) -> None:
        columns = zip(Row._fields, map(list, zip(*rows, strict=True)), strict=True)
        writer.write_table(pa.table(dict(columns), schema=_SCHEMA), row_group_size=len(rows))

    return _Rows(write, writer.close)


class _Tar:
    def __init__(self, raw: BinaryIO) -> None:
        self._tar = tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115 - see close

    def add(self, name: str, data: bytes, meta: bytes | None) -> None:
        self._member(name, data)
        if meta is not None:
            self._member(name + META, meta)

    def _member(self, name: str, data: bytes) -> None:
        member = tarfile.TarInfo(name)
        member.size = len(data)
        self._tar.addfile(member, io.BytesIO(data))
        self._tar.members.clear()  # type: ignore[attr-defined] # it would keep them all

    def close(self) -> None:
        self._tar.close()
