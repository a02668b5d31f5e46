"""Tables that pass by in pieces are judged as those that are looked at as a whole."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.contracts import catalogue
from builder.contracts.faults import Fault, merged
from builder.contracts.strategies import valid_values
from builder.tables import check_windows
from builder.tables.check import check_tables
from builder.tables.check_copies import unmarked_copies
from builder.tables.check_keys import in_order
from builder.tables.check_passing import check_in_passing
from builder.tables.check_raw import check_against_raw
from tests.unit.tables.corpus import PAGES, Comment, Dataset, Page, Row, dataset
from tests.unit.tables.passing import passing

COPIED = Page(
    "herald/copy.txt", "Short", None, ("First paragraph.", "Второй абзац."), (Comment("Bob", ("WELL",)),)
)
GOOD = dataset((*PAGES, COPIED))
SPOILT = ("", "A", "c" + "0" * 20, "a" + "F" * 20, -1, 0, 2**31 - 1, None)
Damage = Callable[[list[Row]], list[Row]]


def marked(made: Dataset) -> Dataset:
    """The dataset with all its exact copies marked."""
    for name in ("articles", "comments"):
        while faults := [one for one in unmarked_copies(made.tables) if one.table == name]:
            row = faults[0].examples[0].row
            texts = [fold(text) for text in made.tables[name]["text"].to_pylist()]
            first = made.tables[name][catalogue.table(name).key[0]][texts.index(texts[row])].as_py()
            made = made.with_cell(name, row, "duplicate_of", first)
    return made


def fold(text: str) -> str:
    """The letters of a text, as far as these pages need it."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


SOUND = marked(GOOD)


def looked_at(made: Dataset) -> tuple[Fault, ...] | None:
    """What the whole tables show: nothing where they have a fault of their own, else what the captures say."""
    if check_tables(made.tables) or list(unmarked_copies(in_order(made.tables))):
        return None
    return merged(check_against_raw(made.tables, made.read))


@st.composite
def damaged(draw: st.DrawFn) -> Dataset:
    """The dataset after one change to a cell, to rows or to a capture, which need not be for the worse."""
    name = draw(st.sampled_from(catalogue.CORPUS))
    rows = SOUND.tables[name].to_pylist()
    row, other = draw(st.integers(0, len(rows) - 1)), draw(st.integers(0, len(rows) - 1))
    match draw(
        st.sampled_from(("value", "value", "copied", "spoilt", "gone", "twice", "swapped", "capture"))
    ):
        case "value":
            column = draw(st.sampled_from(catalogue.table(name).columns))
            rows[row][column.name] = draw(valid_values(column))
        case "copied":
            column = draw(st.sampled_from(catalogue.table(name).columns))
            rows[row][column.name] = rows[other][column.name]
        case "spoilt":
            column = draw(st.sampled_from(catalogue.table(name).columns))
            fitting = [
                value
                for value in SPOILT
                if value is None or isinstance(value, str) == (column.arrow == "string")
            ]
            rows[row][column.name] = draw(st.sampled_from(fitting))
        case "gone":
            del rows[row]
        case "twice":
            rows.insert(other, rows[row])
        case "swapped":
            rows[row], rows[other] = rows[other], rows[row]
        case _:
            capture = draw(st.sampled_from(sorted(SOUND.raw)))
            without = {key: data for key, data in SOUND.raw.items() if key != capture}
            return Dataset(SOUND.tables, draw(st.sampled_from((without, {**without, capture: b"Other."}))))
    return SOUND.with_rows(name, rows)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(damaged(), st.integers(1, 30), st.sampled_from((1, 500, 100_000)), st.booleans())
def test_in_passing_as_at_rest(made: Dataset, rows: int, size: int, coded: bool) -> None:
    """Whatever is damaged, and wherever pieces and windows end: what passes has no fault, or the same ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check_windows, "_BYTES", size)
        patch.setattr(check_windows, "_STEP", size)
        found = check_in_passing(passing(made, rows, coded=coded), made.read)
    wanted = looked_at(made)
    assert (found is None) == (wanted is None)
    assert {one.message for one in found or ()} == {one.message for one in wanted or ()}
    assert [one.count for one in found or ()] == [one.count for one in wanted or ()]
    told = [sorted(example.row for example in one.examples) for one in found or ()]
    assert told == [sorted(example.row for example in one.examples) for one in wanted or ()]


def test_what_is_sound_passes() -> None:
    """The dataset that is damaged here has no fault before."""
    assert check_in_passing(passing(SOUND, 3), SOUND.read) == ()
