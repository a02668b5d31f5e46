"""What is looked up of the rows so far, for a closer look and to name them."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import Protocol


class Texts(Protocol):
    """Texts by the number of their row."""

    @abstractmethod
    def __getitem__(self, number: int) -> str:
        """The text of that row."""


@dataclass(frozen=True, slots=True)
class RowsSoFar:
    """The ids and texts of the rows of a table, to which whoever adds rows adds theirs first."""

    ids: Texts
    texts: Texts
