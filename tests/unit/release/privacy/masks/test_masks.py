"""What is masked in texts of several countries, and what only looks like it."""

import pytest

from builder.release.privacy.edits import disjoint
from builder.release.privacy.fold import fold
from builder.release.privacy.masks.find import KINDS, masks

MASKED = (
    # e-mail
    ("Write to anna.lind@example.org, please.", "email", "anna.lind@example.org"),
    ("ask lind+threads@mail.example.com!", "email", "lind+threads@mail.example.com"),
    ("jörg.müller@bücher.example schreibt", "email", "jörg.müller@bücher.example"),
    ("anna (at) example (dot) org", "email", "anna (at) example (dot) org"),
    ("anna[ät]beispiel[punkt]example", "email", "anna[ät]beispiel[punkt]example"),
    ("ana [arroba] ejemplo.example", "email", "ana [arroba] ejemplo.example"),
    ("ＡＮＮＡ＠example.org", "email", "ＡＮＮＡ＠example.org"),
    # pages of users
    ("see https://forum.example/user/anna-lind.", "url", "https://forum.example/user/anna-lind"),
    (
        "http://www.example.org/profile.php?user=anna&x=1",
        "url",
        "http://www.example.org/profile.php?user=anna&x=1",
    ),
    ("https:/" + "/anna:secret@files.example/x", "url", "https:/" + "/anna:secret@files.example/x"),
    ("www.example.org/~lind/", "url", "www.example.org/~lind/"),
    ("(facebook.com/anna.lind.7)", "url", "facebook.com/anna.lind.7"),
    ("wa.me/4930123456789?text=hi", "url", "wa.me/4930123456789?text=hi"),
    ("www.example.org/profile?id=lind", "url", "www.example.org/profile?id=lind"),
    ("www.example.org/index.php?user_id=7", "url", "www.example.org/index.php?user_id=7"),
    ("pages.example/mitglied/lind?seite=2", "url", "pages.example/mitglied/lind?seite=2"),
    # handles
    ("@AnnaLind you forget", "handle", "@AnnaLind"),
    ("hi (@лида_м)", "handle", "@лида_м"),
    ("@anna@social.example said", "handle", "@anna@social.example"),
    # accounts and cards: numbers that standards give as examples
    ("DE89 3704 0044 0532 0130 00 for gifts", "iban", "DE89 3704 0044 0532 0130 00"),
    ("GB82WEST12345698765432", "iban", "GB82WEST12345698765432"),
    ("to fr14 2004 1010 0505 0001 3m02 606.", "iban", "fr14 2004 1010 0505 0001 3m02 606"),
    ("4111 1111 1111 1111", "card", "4111 1111 1111 1111"),
    ("5500-0000-0000-0004", "card", "5500-0000-0000-0004"),
    ("3400 000000 00009", "card", "3400 000000 00009"),
    ("4111.1111.1111.1111.", "card", "4111.1111.1111.1111"),
    ("DE89.3704.0044.0532.0130.00.", "iban", "DE89.3704.0044.0532.0130.00"),
    # machines
    ("from 203.0.113.77 again", "ip", "203.0.113.77"),
    ("2001:db8::8a2e:370:7334 again", "ip", "2001:db8::8a2e:370:7334"),
    # telephones
    ("+49 30 1234567", "phone", "+49 30 1234567"),
    ("Ruf an: 0171/2345678.", "phone", "0171/2345678"),
    ("(030) 123 45 67 89", "phone", "(030) 123 45 67 89"),
    ("0043 1 5123456", "phone", "0043 1 5123456"),
    ("01 23 45 67 89 à midi", "phone", "01 23 45 67 89"),
    ("07700 900123", "phone", "07700 900123"),
    ("+44 20 7946 0958", "phone", "+44 20 7946 0958"),
    ("(555) 234-5678", "phone", "(555) 234-5678"),
    ("1-800-555-0199 toll free", "phone", "1-800-555-0199"),
    ("612 34 56 78", "phone", "612 34 56 78"),
    ("llámame al 612 345 678", "phone", "612 345 678"),
    ("+39 06 1234 5678", "phone", "+39 06 1234 5678"),
    ("+48 601 234 567", "phone", "+48 601 234 567"),
    ("тел. 8 912 345-67-89", "phone", "8 912 345-67-89"),
    ("+55 11 91234-5678", "phone", "+55 11 91234-5678"),
    ("+91 98765 43210", "phone", "+91 98765 43210"),
    ("☎ 22 33 44 55", "phone", "22 33 44 55"),
    ("هاتف: ٠١٢٣٤٥٦٧٨٩", "phone", "٠١٢٣٤٥٦٧٨٩"),
)
LEFT = (
    "the war of 1914-1918, and 2019/2020, and 1939 - 1945",
    "1 234 567 people, 12 345 678 more, 612 345 678 euros",
    "1,234,567.89 or 1.234.567,89 or $ 12 000.50",
    "on 14.03.2031, 14/03/2031, 2031-03-14 09:00, 3-4-31",
    "01.02.2031 - 03.04.2031, 10:30-12:45, 12:30:45",
    "it ended 3:2, 21-17, 6-4 6-3 7-6, 102-98",
    "version 10.15.7.1, v1.2.3.4, chapter 4.12.3.1, python 3.11.7",
    "0.123456789 of 100 000 000, +12 000 000, +250 000 000 000",
    "ISBN 978-3-16-148410-0, § 1234567, #0301234567",
    "4111 1111 1111 1112, 1111 1111 1111 1111",
    "DE88 3704 0044 0532 0130 00 and DE12 of them",
    "https://www.example.org/2031/03/14/storm-in-thessk.html?page=2",
    "www.example.org/user, www.example.org/author/, pages.example/profile",
    "www.example.org, example.com/news/123456789012, and/or",
    "@all, @everyone, @Redaktion: me @ home, 3 @ 5",
    "std::vector, a::b, ratio 1:2:3, dead:beef",
    "phones sold in 2019 2020 2021, call the 1939-1945 war",
    "La Liga 2030/31, Ruf 1 000 000",
    "127.0.0.1 and 0.0.0.0 and 999.1.1.10",
    "100-200-300 metres, 45-45-10, 24 000-30 000, 2 000 000 000",
)


def masked(text: str) -> list[tuple[str, str]]:
    """What is masked in a text: kind, and the characters of the text itself."""
    folded = fold(text)
    found = disjoint(masks(folded.text))
    return [(edit.kind, text[slice(*folded.original(edit.start, edit.end))]) for edit in found]


@pytest.mark.parametrize(("text", "kind", "what"), MASKED, ids=lambda value: str(value)[:40])
def test_what_leads_to_a_person_is_masked(text: str, kind: str, what: str) -> None:
    """The whole of it is masked, and nothing beside it."""
    assert masked(text) == [(kind, what)]


@pytest.mark.parametrize("text", LEFT)
def test_what_only_looks_like_it_stays(text: str) -> None:
    """Years, amounts, dates, scores, versions and other people's numbers are left alone."""
    assert masked(text) == []


def test_every_kind_has_an_example() -> None:
    """No kind of mask goes untested."""
    assert {kind for _, kind, _ in MASKED} == set(KINDS)


def test_two_numbers_in_a_row_are_two() -> None:
    """Numbers that stand side by side are told apart."""
    assert masked("030 1234567 / 0171 2345678") == [("phone", "030 1234567"), ("phone", "0171 2345678")]
    assert [kind for kind, _ in masked("0171 2345678 0172 8765432 0173 1122334")] == ["phone"] * 3
