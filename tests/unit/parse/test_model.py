"""Model: the weights file holds what the parser looks up, no more and no less."""

import copy
import json
from typing import Any

import pytest

from builder.core.packaged import data_text
from builder.parse.emission import emissions
from builder.parse.features import LEVELS, features
from builder.parse.gaps import GAPS
from builder.parse.model import LOOKS, SCALE, STATES, codes_of, make_model
from builder.run.corpus.weights import shipped_words
from tests.unit.parse.reading import lines_of, model


@pytest.fixture
def weights() -> dict[str, Any]:
    """The shipped weights, for this test alone."""
    return json.loads(data_text("parse", "weights.json"))


def test_the_shipped_weights_fit(weights: dict[str, Any]) -> None:
    """The file has exactly the looks, codes, gaps and states of the code, in whole numbers, and says where from."""
    assert set(weights) == {"about", "scale", "states", "looks", "grammar"}
    assert (weights["scale"], weights["states"]) == (SCALE, list(STATES))
    assert {look: set(codes) for look, codes in weights["looks"].items()} == {
        look: set(codes_of(look)) for look in LOOKS
    }
    rows = [row for codes in weights["looks"].values() for row in codes.values()]
    assert {len(row) for row in rows} == {len(STATES)}
    assert {type(weight) for row in rows for weight in row} == {int}
    assert list(weights["grammar"]["start"]) == list(weights["grammar"]["split"]) == list(GAPS)


def test_a_table_has_a_row_for_every_code(weights: dict[str, Any]) -> None:
    """The weights of a look stand in the order of its codes."""
    tables = make_model(weights, shipped_words()).tables
    for look in LOOKS:
        wanted = [weights["looks"][look][code] for code in codes_of(look)]
        assert tables[look].tolist() == wanted


@pytest.mark.parametrize(
    "path",
    [
        ("looks", "length"),
        ("looks", "case", "all 2"),
        ("looks", "before last", "no line"),
        ("grammar", "end"),
        ("grammar", "start", "five or odd"),
        ("grammar", "no_comments"),
        ("grammar", "within", "one"),
    ],
    ids=" ".join,
)
def test_a_missing_weight_is_named(weights: dict[str, Any], path: tuple[str, ...]) -> None:
    """Weights that lack one are refused with its name, instead of counting it as 0."""
    lacking = copy.deepcopy(weights)
    inner = lacking
    for name in path[:-1]:
        inner = inner[name]
    del inner[path[-1]]
    with pytest.raises(KeyError, match=path[-1]):
        make_model(lacking, shipped_words())


def test_emissions_add_up_what_is_seen() -> None:
    """A line's weight for a state is the sum over all looks at it and its neighbours in the same text."""
    batch, lines = lines_of(
        "Ann\n\nHello you.\n\nYes!\n", "Bob\n", "x\n\nVery well then, see you on Tuesday...\n"
    )
    seen = features(batch, lines, model().lexicon)
    found = emissions(lines, seen, model())
    for place in range(len(lines)):
        wanted = [0] * len(STATES)
        for look in LOOKS:
            where, _, name = look.rpartition(" ")
            other = place + {"": 0, "before": -1, "after": 1}[where]
            beside = 0 <= other < len(lines) and lines.text[other] == lines.text[place]
            code = LEVELS[name][seen.codes[name][other]] if beside else "no line"
            row = model().tables[look][codes_of(look).index(code)]
            wanted = [total + int(weight) for total, weight in zip(wanted, row, strict=True)]
        assert found[place].tolist() == wanted
