"""Every well-formed account, card and address is masked, and no amount, date or span of years is."""

import string
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from builder.release.privacy.edits import disjoint
from builder.release.privacy.fold import fold
from builder.release.privacy.masks.accounts import _LENGTHS
from builder.release.privacy.masks.find import masks

DIGITS = string.digits
LETTERS = string.ascii_letters


def masked(text: str) -> list[tuple[str, str]]:
    """What is masked in a text: kind, and the characters."""
    folded = fold(text)
    found = disjoint(masks(folded.text))
    return [(edit.kind, text[slice(*folded.original(edit.start, edit.end))]) for edit in found]


def in_groups(text: str, separator: str) -> str:
    """A text in groups of four."""
    return separator.join(text[at : at + 4] for at in range(0, len(text), 4))


@st.composite
def ibans(draw: st.DrawFn) -> str:
    """An account number of any country, with the right check digits."""
    country, length = draw(st.sampled_from(sorted(_LENGTHS.items())))
    account = draw(st.text(DIGITS + string.ascii_lowercase, min_size=length - 4, max_size=length - 4))
    number = int("".join(str(int(one, 36)) for one in f"{account}{country}00"))
    return f"{country}{98 - number % 97:02d}{account}".upper()


@st.composite
def cards(draw: st.DrawFn) -> str:
    """The number of a card with its check digit."""
    digits = draw(st.sampled_from("3456")) + draw(st.text(DIGITS, min_size=14, max_size=14))
    doubled = sum(sum(divmod(2 * int(one), 10)) for one in digits[::-2])
    total = doubled + sum(int(one) for one in digits[-2::-2])
    return f"{digits}{-total % 10}"


@given(ibans(), st.sampled_from(["", " "]))
def test_every_account_is_masked(iban: str, separator: str) -> None:
    """In one piece and in groups of four, whatever stands around it."""
    shown = in_groups(iban, separator)
    assert masked(f"Send it to {shown}, please.") == [("iban", shown)]


@given(cards().filter(lambda digits: len(set(digits)) > 1), st.sampled_from(["", " ", "-"]))
def test_every_card_is_masked(digits: str, separator: str) -> None:
    """In one piece and in groups of four, with spaces or hyphens between them."""
    shown = in_groups(digits, separator)
    assert [what for _, what in masked(f"It is {shown}, till May.")] == [shown]


@given(
    st.text(LETTERS + DIGITS, min_size=1, max_size=12),
    st.text(LETTERS, min_size=1, max_size=12),
    st.sampled_from(["example", "org", "рф"]),
    st.sampled_from([("@", "."), (" (at) ", " (dot) "), ("[at]", ".")]),
)
def test_every_mail_address_is_masked(local: str, host: str, top: str, signs: tuple[str, str]) -> None:
    """Written plainly or in words."""
    address = f"{local}{signs[0]}{host}{signs[1]}{top}"
    assert masked(f"write: {address}, soon") == [("email", address)]


@given(
    st.sampled_from(["1", "33", "34", "39", "44", "48", "49", "55", "81", "91", "351", "420"]),
    st.text(DIGITS, min_size=9, max_size=10).filter(lambda digits: not digits.endswith("000")),
    st.sampled_from(["", " ", "-"]),
)
def test_international_numbers_are_masked(country: str, digits: str, separator: str) -> None:
    """A plus, the code of a country and a subscriber's number in groups of three or so."""
    if country == "1":
        digits = f"2{digits[1:3]}2{digits[4:9]}0"
    shown = f"+{country}{separator}" + separator.join((digits[:3], digits[3:6], digits[6:]))
    assert masked(f"Call {shown}!") == [("phone", shown)]


@given(
    st.integers(1, 10**12),
    st.sampled_from([" ", ",", "\u202f", "'"]),
    st.sampled_from(["", " euros", " %", "."]),
)
def test_no_amount_is_masked(amount: int, separator: str, unit: str) -> None:
    """Numbers in groups of three are amounts, however large."""
    assert masked(f"There were {amount:,}{unit}".replace(",", separator)) == []


@given(st.dates(date(1500, 1, 1), date(2099, 12, 31)), st.dates(date(1500, 1, 1), date(2099, 12, 31)))
def test_no_date_is_masked(one: date, other: date) -> None:
    """Days in the ways of many countries, spans of days and of years."""
    for pattern in ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%y", "%d-%m-%Y", "%Y/%m/%d", "%Y"):
        first, last = one.strftime(pattern), other.strftime(pattern)
        for text in (f"On {first} it was", f"from {first} - {last}.", f"{first}-{last}", f"{first} {last}"):
            assert masked(text) == []


@given(st.lists(st.integers(0, 199), min_size=2, max_size=8), st.sampled_from(["-", ":", "–"]))
def test_no_score_is_masked(points: list[int], sign: str) -> None:
    """Games and sets, one after the other."""
    pairs = zip(points[::2], points[1::2], strict=False)
    assert masked("It ended " + " ".join(f"{one}{sign}{other}" for one, other in pairs)) == []
