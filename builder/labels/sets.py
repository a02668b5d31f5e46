"""How far sets of options are apart: MASI (Passonneau 2006), for questions that take several options."""

import numpy as np

from builder.labels.arrays import Bools, Floats


def masi_distance(sets: Bools) -> Floats:
    """The distance 1 - J * M between sets, given as sets x options: what each holds.

    J is the share of their union that two sets have in common (Jaccard). M is 1 for equal sets, 2/3 where one
    holds the other, 1/3 where they overlap otherwise, 0 where they have nothing in common. Two empty sets are
    equal; an empty and another set have nothing in common.
    """
    held = sets.astype(np.float64)
    size = held.sum(axis=1)
    common = held @ held.T
    union = size[:, None] + size - common
    smaller = np.minimum(size[:, None], size)
    jaccard = common / np.where(union == 0, 1, union)
    monotony = np.select([common == 0, common == smaller], [0.0, 2 / 3], 1 / 3)
    distance: Floats = 1 - np.where(common == union, 1.0, jaccard * monotony)
    return distance
