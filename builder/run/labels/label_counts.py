"""A label set in numbers, question by question, for people to look at."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

_MOST = 4


@dataclass(frozen=True, slots=True)
class QuestionCounts:
    """The labels of one question: how many, how many of them tied or settled, answers and entropy on average.

    ``most`` are the most frequent hard labels with their numbers; an empty one means that nothing holds.
    """

    question: str
    labels: int
    ties: int
    adjudicated: int
    answers: float
    entropy: float | None
    most: tuple[tuple[str, int], ...]


def question_counts(labels: pa.Table) -> Iterator[QuestionCounts]:
    """The counts of each question, by its name."""
    for question in sorted(set(labels["question"].to_pylist())):
        mine = labels.filter(pc.equal(labels["question"], question))
        hard = Counter(one for one in mine["hard"].to_pylist() if one is not None)
        yield QuestionCounts(
            question=question,
            labels=mine.num_rows,
            ties=pc.sum(mine["tie"]).as_py(),
            adjudicated=pc.sum(mine["adjudicated"]).as_py(),
            answers=pc.mean(mine["n"]).as_py(),
            entropy=pc.mean(mine["entropy"]).as_py(),
            most=tuple(hard.most_common(_MOST)),
        )
