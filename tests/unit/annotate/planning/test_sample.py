"""Choosing units by chance that can be repeated, evenly, or by doubt."""

from collections import Counter

import pytest

from builder.annotate.planning.sample import Candidate, Sample, chosen, shares
from builder.core.errors import UsageError


def unit(number: int, source: str = "paper", confidence: float = 1.0) -> Candidate:
    """A candidate of a source, on an article of ten units."""
    return Candidate(f"c{number}", f"a{number // 10}", number % 10, confidence, {"source": source})


UNITS = [unit(number, "paper" if number < 90 else "radio") for number in range(120)]


def test_the_same_seed_chooses_the_same() -> None:
    """A sample is the same whatever the order of the rows."""
    sample = Sample(size=20, seed=7)
    assert chosen(UNITS, sample) == chosen(UNITS[::-1], sample)


def test_another_seed_chooses_others() -> None:
    """Two seeds give two samples."""
    assert chosen(UNITS, Sample(size=20, seed=7)) != chosen(UNITS, Sample(size=20, seed=8))


def test_a_sample_survives_growth() -> None:
    """When a tenth more units come in, most of a sample stays."""
    before = {one.unit_id for one in chosen(UNITS[:108], Sample(size=40))}
    after = {one.unit_id for one in chosen(UNITS, Sample(size=40))}
    assert len(before & after) >= 32


def test_strata_get_their_shares() -> None:
    """With three quarters of the units from one source, so are three quarters of the sample."""
    taken = chosen(UNITS, Sample(size=40, stratify=("source",)))
    assert Counter(one.strata["source"] for one in taken) == {"paper": 30, "radio": 10}


def test_what_is_left_over_goes_to_the_largest_remainders() -> None:
    """All places are given away, and none twice."""
    assert shares({("a",): 5, ("b",): 3, ("c",): 2}, 4) == {("a",): 2, ("b",): 1, ("c",): 1}


def test_doubtful_units_come_first() -> None:
    """Chosen by doubt, the least sure units are taken, the least sure of all first."""
    units = [unit(number, confidence=number / 10) for number in range(10)]
    taken = chosen(units[::-1], Sample(size=3, choose="doubtful"))
    assert [one.unit_id for one in taken] == ["c0", "c1", "c2"]


def test_more_than_there_are_is_all() -> None:
    """A sample larger than the dataset is the dataset."""
    assert len(chosen(UNITS, Sample(size=500))) == len(UNITS)


def test_an_unknown_column_is_refused() -> None:
    """A column that units do not have is a wrong call that names those they have."""
    with pytest.raises(UsageError, match="knows no 'colour'"):
        chosen(UNITS, Sample(size=5, stratify=("colour",)))
