"""Features: what the parser sees of a line is what their definitions say."""

import numpy as np
import pytest

from builder.parse.features import LEVELS, OWN, features
from builder.parse.model import LOOKS
from builder.run.corpus.weights import shipped_words
from tests.unit.parse.naive import of_any_line, of_short_line
from tests.unit.parse.reading import lines_of, model

PAGE = (
    "Ann", "ANN", "ann", "Ann Lee", "Ann", "bob", "J.P. Wagner", "Ludwig van Beethoven", "Add more tanks", "Yes.",
    "Yes!", "What?!", "Hello Ann, you forgot the nets", "Thanks, Greetings from the lake", "user_77", "mail@home",
    "McDonald", "ABC", "12", "2031-04-17", "2031-05-18", "17.04.2031", "and so it was", "It was 5 o’clock...", "wait…",
    "don't you dare", "“Quoted,” she said.", ":-)", "ok ;P", "so sad :( today", "🐘🐘", "I ❤ it", "see http://x.example",
    "www.example.org", "Анна", "мост закрыт", "Straße", "Ünal Ömer", "عربي", "橋が閉鎖された", "[1]", "* * *", "> so",
    "x" * 64, "one two three four five six seven eight", "Ein Satz, der sagt: Ja; oder (nein)?", "a1", "R2 D2", "3com",
    "É", "_", "...", "a...", "..", "Ann, Bob", "ANN", "Salut à tous", "Herr Dr. Krähe", "du und ich", "\tindented",
    "Ann said:", "Peter", "he says;", "-) no", "J.P.W.", "Paloma R.", "Ann Lee Jr.", "D.", "No ok.",
    "St.", "Is IT.", "a D. b.",
)  # fmt: skip
LONG = (
    "x" * 65,
    "A sentence that is longer than any name could be, and is therefore seen by its ends alone, isn't it?!",
)


@pytest.fixture(scope="module")
def seen() -> list[dict[str, str]]:
    """What the parser sees of every line of the page, in the names of the codes."""
    batch, lines = lines_of("\n\n".join((*PAGE, *LONG)) + "\n", "Ann\n\nAnn\n")
    codes = features(batch, lines, model().lexicon).codes
    return [{name: LEVELS[name][codes[name][place]] for name in LEVELS} for place in range(len(lines))]


@pytest.mark.parametrize("place", range(len(PAGE)), ids=PAGE)
def test_a_short_line_is_seen_as_defined(seen: list[dict[str, str]], place: int) -> None:
    """Every feature of a short line has the value of its plain definition."""
    line = PAGE[place]
    wanted = of_any_line(line) | of_short_line(line, PAGE, shipped_words())
    assert seen[place] == wanted


@pytest.mark.parametrize("number", range(len(LONG)))
def test_a_long_line_is_seen_by_its_ends(seen: list[dict[str, str]], number: int) -> None:
    """A line too long for a name has its length, its ends and its calls, and is a long line for all else."""
    wanted = dict.fromkeys(LEVELS, "long line") | of_any_line(LONG[number])
    assert seen[len(PAGE) + number] == wanted


def test_recurrence_stays_within_a_text(seen: list[dict[str, str]]) -> None:
    """A line that stands in two texts of a batch recurs in each of them by itself."""
    assert [line["repeats"] for line in seen[-2:]] == ["twice", "twice"]


def test_no_neighbour_reaches_into_a_line() -> None:
    """What a line holds is told from its own characters, whatever lines and texts stand around it."""
    alone = ("Ann said:", "Peter", "-) no", "abc", "Def", "G", ". x", "x", "...", "don", "’t", "ann", "LEE")
    codes = features(*lines_of(*alone), model().lexicon).codes
    for place, text in enumerate(alone):
        own = features(*lines_of(text), model().lexicon).codes
        assert {name: codes[name][place] for name in LEVELS} == {name: own[name][0] for name in LEVELS}


def test_lengths_count_characters() -> None:
    """A line's length is in characters, whatever their size in bytes."""
    batch, lines = lines_of("aé中\U0001f600\n\nab")
    assert features(batch, lines, model().lexicon).length.tolist() == [4, 2]


def test_no_line_has_no_features() -> None:
    """A batch without a line has every feature, of no line."""
    for texts in ((), ("",), ("\n\n", "")):
        codes = features(*lines_of(*texts), model().lexicon).codes
        assert {name: len(values) for name, values in codes.items()} == dict.fromkeys(LEVELS, 0)


def test_every_code_has_a_name() -> None:
    """No line of a page full of oddities has a code beyond the names of its feature."""
    odd = [
        chr(point) * size for point in (*range(1, 0x3100, 7), 0xFFFD, 0x1F600, 0x10FFFF) for size in (1, 2, 3)
    ]
    batch, lines = lines_of("\n".join(one for one in odd if one != "\r"))
    codes = features(batch, lines, model().lexicon).codes
    assert set(codes) == set(LEVELS)
    assert all(int(np.max(codes[name])) < len(LEVELS[name]) for name in LEVELS)


def test_every_feature_is_looked_at() -> None:
    """There is no feature that no look of the model uses."""
    assert {look.rpartition(" ")[2] for look in LOOKS} == set(LEVELS)
    assert set(OWN) <= set(LEVELS)
