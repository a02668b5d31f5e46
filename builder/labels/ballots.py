"""Questions made ready to be measured: as wholes, and option by option."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from builder.labels.arrays import Bools, Floats, Ints
from builder.labels.chance import equality, steps
from builder.labels.questions import Question
from builder.labels.sets import masi_distance
from builder.labels.sheets import Given, Sheet, chosen, given
from builder.labels.votes import Votes

Level = Literal["nominal", "ordinal", "interval", "masi", "characters"]


@dataclass(frozen=True, slots=True)
class Ballot:
    """Votes on a question, or on one of its options (1 chosen, 0 not), and on which level they are compared.

    ``values`` names the values, except those of options and sets. ``numbers`` has the number of each value, on
    level interval; ``distance`` the distances between values, on level masi.
    """

    option: str | None
    level: Level
    votes: Votes
    values: tuple[str, ...] = ()
    numbers: Floats = field(default_factory=lambda: np.zeros(0))
    distance: Floats = field(default_factory=lambda: np.zeros((0, 0)))

    @property
    def weights(self) -> tuple[str, Floats] | None:
        """The name and the matrix of weights under which kappa counts answers as partly equal; None without."""
        if self.level == "ordinal":
            return "linear", steps(self.votes.shape[2])
        if self.level == "interval" and len(self.numbers) > 1:
            apart = (self.numbers[:, None] - self.numbers) / np.ptp(self.numbers)
            return "quadratic", 1 - apart**2
        return ("masi", 1 - self.distance) if self.level == "masi" else None

    @property
    def equal(self) -> Floats:
        """Weights under which only equal values agree."""
        return equality(self.votes.shape[2])


def ballots(sheet: Sheet, question: Question) -> Iterator[Ballot]:
    """The question as a whole, then its options, if it has any; none for texts and spans.

    A question for one option is compared by its scale, one for several as sets. An option that an annotator
    was asked about and did not choose is not chosen; where the question was not asked there is no vote.
    """
    if question.kind == "choice":
        answers = given(sheet, question)
        votes = sheet.votes(answers.entries, answers.value, len(answers.values))
        yield Ballot(None, "ordinal" if question.scale == "ordinal" else "nominal", votes, answers.values)
        for place, option in enumerate(answers.values):
            yield _binary(sheet, option, answers.entries, answers.value == place)
    elif question.kind == "choices":
        yield from _of_sets(sheet, given(sheet, question))
    elif question.kind == "number":
        answers = given(sheet, question)
        votes = sheet.votes(answers.entries, answers.value, len(answers.values))
        level: Level = "ordinal" if question.scale == "ordinal" else "interval"
        yield Ballot(None, level, votes, answers.values, answers.numbers)


def _of_sets(sheet: Sheet, answers: Given) -> Iterator[Ballot]:
    matrix = chosen(answers)
    entries = np.flatnonzero(answers.asked)
    sets, value = np.unique(matrix[entries], axis=0, return_inverse=True)
    votes = sheet.votes(entries, value.reshape(-1).astype(np.int64), len(sets))
    yield Ballot(None, "masi", votes, distance=masi_distance(sets))
    for place, option in enumerate(answers.values):
        yield _binary(sheet, option, entries, matrix[entries, place])


def _binary(sheet: Sheet, option: str, entries: Ints, picked: Bools) -> Ballot:
    return Ballot(option, "nominal", sheet.votes(entries, picked.astype(np.int64), 2))
