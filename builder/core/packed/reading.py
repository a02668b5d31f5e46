"""The records of packed files, read one after the other; a file that breaks off gives those before the break."""

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module

from builder.core.packed.names import KINDS
from builder.core.packed.record import DAMAGE, Fault, Record

Reader = Callable[[str, int, int], Iterator[Record]]
"""Gives the records of a file: at most so many bytes each, and from the one of that number on if it can skip."""


def records(file: str, largest: int, first: int = 0) -> Iterator[Record]:
    """The records of a packed file, none of them with more bytes than ``largest``; those before ``first`` left out.

    Where the file cannot be read (on), the last record has no id, and its fault says so.
    """
    number = -1
    try:
        for record in _reader(file)(file, largest, first):
            number = record.number
            if number >= first:
                yield record
    except DAMAGE as error:
        yield Record(number + 1, "", _broken(number, error))


class Cursor:
    """Goes through packed files record by record, and on from where it was if it is asked for what comes next.

    A compressed file can be read from its beginning only. To read it piece by piece takes one pass that way.
    """

    def __init__(self) -> None:
        self._file: tuple[str, int, int] | None = None
        self._records: Iterator[Record] = iter(())
        self._next = 0

    def take(self, file: str, changed: int, largest: int, numbers: Sequence[int]) -> Iterator[Record]:
        """The records of these rising numbers that are there; ``changed`` tells a file from the one before."""
        if self._file != (file, changed, largest) or self._next > numbers[0]:
            self._file = (file, changed, largest)
            self._records = records(file, largest, numbers[0])
        wanted, last = set(numbers), numbers[-1]
        self._next = last + 1
        for record in self._records:
            if record.number in wanted and record.id:
                yield record
            if record.number >= last:
                return


def _reader(file: str) -> Reader:
    """What reads files of that name; it is loaded when one is met."""
    kind = next(kind for ending, kind in KINDS.items() if file.endswith(ending))
    reader: Reader = import_module(f"builder.core.packed.{kind}").records
    return reader


def _broken(number: int, error: BaseException) -> Fault:
    where = f"after record {number + 1}" if number >= 0 else "from its beginning"
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return Fault("unreadable", f"It cannot be read {where}: {said.rstrip('.')}. Get the file again.")
