"""Figures of a build that stand for themselves, so that whoever only tells them needs no table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Doubt:
    """A capture whose cut is doubtful, with its confidence from 0 to 1."""

    confidence: float
    article_id: str
    capture: str
    n_comments: int


@dataclass(frozen=True, slots=True)
class Noticed:
    """The captures that have an issue of some kind: how many, and the first of them."""

    captures: int
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IdChanges:
    """Numbers of ids: in both tables at one place, in both elsewhere, only in the old, only in the new."""

    stayed: int
    moved: int
    went: int
    new: int
