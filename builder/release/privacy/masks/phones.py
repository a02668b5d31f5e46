"""Telephone numbers, told from years, prices, dates and scores by how countries write them."""

import re
from collections.abc import Iterator

_RUN = re.compile(r"[+(\d](?<![\w.,/#=§$€£+-][+(\d])[\d ()./\u2010-]{5,40}\d(?!\w)")
_APART = re.compile(r" ?/ (?=[+(\d])| - |  +| (?=[+(0])")
"""Where two numbers in a row part."""

_DATE = r"(?:\d{1,2}[./-] ?\d{1,2}[./-] ?(?:\d{2}){1,2}|\d{4}[./-]\d{1,2}[./-]\d{1,2})"
_NO_PHONE = re.compile(
    rf"{_DATE}(?:[ -].*)?"  # a date, and what follows it
    r"|(?:(?:1[5-9]|20)\d\d(?: ?[-/] ?\d\d)?[ /-]*)+"  # years and seasons
    r"|\+?\d{1,3}(?:[ .]\d{3})*[ .]?000"  # a large round number
    r"|[+(]?0\.\d+"  # a fraction
)
_AMERICAN = re.compile(r"(?:\+?1[ .-]?)?\(?[2-9]\d\d\)?[ .-]?[2-9]\d\d[ .-]\d{4}")
_SPANISH = re.compile(r"[6-9]\d\d(?: \d\d){3}|[67]\d{8}")
_COUNTRY = re.compile(
    r"1(?=[2-9]\d\d[2-9]\d{6}$)|7(?=\d{10}$)|20|27|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]"
    r"|21[1-368]|2[2-69]\d|35\d|37\d|38[0-35-79]|42[0134]|50\d|59\d|67\d|68\d|69[0-2]|85[0235-6]|88[06]|96\d|97[0-7]|99[2-68]"
)
_SAID = re.compile(
    r"(?:\b(?:tel|fon|telefon\w*|tel[ée]fono|t[ée]l[ée]phone|phone|mobile?|m[óo]vil|handy\w*|cell|cellulare|call|ring|fax"
    r"|whatsapp|sms|gsm|ruf\w*|anruf\w*|ll[áa]ma\w*|appel\w*|chiama\w*|telem[óo]vel|zadzwo\w*|тел|телефон\w*"
    r"|звони\w*|τηλ|τηλέφωνο|هاتف|电话|電話)|[☎📞📱])\W{0,3}(?:\w{1,12}\W{1,2}){0,2}$"
)
_BEFORE = 40


def phones(folded: str) -> Iterator[tuple[int, int]]:
    """Telephone numbers: international, with a trunk zero, in the American and Spanish ways, or after such a word."""
    for match in _RUN.finditer(folded):
        for start, end in _pieces(match.group(), match.start()):
            if _is_phone(folded[start:end], folded[max(0, start - _BEFORE) : start]):
                yield start, end


def _pieces(run: str, at: int) -> Iterator[tuple[int, int]]:
    """The run as one number if it is short enough, or else the numbers that it parts into, as places."""
    parts = [run] if _count(run) <= 15 and not re.search(" [/-] |  ", run) else _APART.split(run)
    place = 0
    for part in parts:
        start = run.index(part, place)
        place = start + len(part)
        inner = part.strip(" ./-\u2010")
        inner = inner if inner.count("(") == inner.count(")") else inner.strip("()")
        begin = at + start + part.index(inner)
        yield begin, begin + len(inner)


def _count(text: str) -> int:
    return sum(one.isdigit() for one in text)


def _is_phone(text: str, before: str) -> bool:
    digits = "".join(str(int(one)) for one in text if one.isdigit())
    if not 7 <= len(digits) <= 17 or _NO_PHONE.fullmatch(text):
        return False
    if _SAID.search(before) and len(digits) <= 15:
        return True
    return _is_international(text, digits) or _is_national(text, digits)


def _is_international(text: str, digits: str) -> bool:
    """Whether a number begins with + or 00 and the code of a country, and is long enough for one."""
    if text.lstrip("(").startswith("+"):
        rest = digits
    elif digits.startswith("00") and _begins_with_two(text):
        rest = digits[2:]
    else:
        return False
    return 9 <= len(rest) <= 15 and _COUNTRY.match(rest) is not None


def _is_national(text: str, digits: str) -> bool:
    area = digits[0] == "0" and digits[1] != "0" and _begins_with_two(text)
    return (
        (area and 9 <= len(digits) <= 12) or bool(_AMERICAN.fullmatch(text)) or bool(_SPANISH.fullmatch(text))
    )


def _begins_with_two(text: str) -> bool:
    """Whether the first two digits stand together, unlike those of a score."""
    return text.lstrip("(")[:2].isdigit()
