"""Worked examples of the literature, as votes."""

from collections.abc import Sequence

import numpy as np

from builder.labels.votes import Votes

MISSING = "."

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, example C: four observers, twelve units. Gwet
# (2014), Handbook of Inter-Rater Reliability, uses the same data for AC1.
KRIPPENDORFF = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""

# Cohen (1960), A coefficient of agreement for nominal scales: two judges, 200 patients, three diagnoses.
COHEN = ((88, 14, 18), (10, 40, 10), (2, 6, 12))

# Dawid and Skene (1979), table 1: 45 patients by five anaesthetists, the first of whom judged three times.
ANAESTHETISTS = """
1111111 3334334 1122122 2223121 2223222 2223322 1222111 3333433 2222223 2322223 4444444 2223343 1111111
2223212 1211111 1112111 1111111 1111111 2222221 2221322 2222222 2222221 2223222 2212222 1111111 1111111
2322222 1111111 1111111 1121121 1111111 3333233 1111111 2222222 2223232 4334343 2212232 2323233 3333432
1111111 1111111 1212111 2322222 1211111 2222222
"""
FIRST_JUDGED = 3


def votes_of(lines: str, values: Sequence[str] = "12345") -> Votes:
    """Votes from a line for each annotator, with a word for each unit."""
    rows = [line.split() for line in lines.strip().splitlines()]
    cells = [
        (unit, annotator, values.index(value))
        for annotator, row in enumerate(rows)
        for unit, value in enumerate(row)
        if value != MISSING
    ]
    unit, annotator, value = (np.array(column, np.int64) for column in zip(*cells, strict=True))
    return Votes(unit, annotator, value, (len(rows[0]), len(rows), len(values)))


def anaesthetists() -> Votes:
    """The votes of the five, seven for each patient."""
    patients = ANAESTHETISTS.split()
    value = np.array([int(digit) - 1 for patient in patients for digit in patient], np.int64)
    who = np.array([0] * FIRST_JUDGED + [1, 2, 3, 4], np.int64)
    return Votes(np.repeat(np.arange(45), 7), np.tile(who, 45), value, (45, 5, 4))
