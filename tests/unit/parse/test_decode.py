"""What a capture's bytes become, and what is said of it."""

import time

import pytest

from builder.parse.decode import Undecodable, decode

RUSSIAN = (
    "Мост закрыли на третью ночь подряд, сказали инженеры.\n\n\nАнна\n\nА когда его откроют снова?\n" * 3
)
GERMAN = (
    "Die Brücke ist – wie „üblich“ – gesperrt.\n\nSchöne Grüße aus Wendelfurt, wo es schon länger regnet.\n"
)
SPANISH = "El año que viene será peor, dijo la señora Núñez. ¿Qué más da?\n\nPues sí, mañana lo veremos.\n"
PORTUGUESE = "A ponte não será aberta até amanhã, disseram à população. Ninguém sabe por quê.\n\nÉ só isso?\n"
FRENCH = "L’été où ça brûlait à Besançon, cœur brisé. Déjà vu, mon vieux, et même très souvent.\n"
DANISH = "Børn og ågerkål på øen. Det er ikke så slemt, sagde Søren, og gik sin vej i går.\n"
POLISH = (
    "Most zamknięto trzecią noc z rzędu, powiedzieli inżynierowie we wtorek. Źle się dzieje, mówią.\n" * 3
)
CZECH = (
    "Most byl uzavřen třetí noc po sobě, řekli inženýři v úterý. Lidé říkají, že neví, kdy se otevře.\n" * 3
)
LATIN = "héllo wörld\n\n\nAnn\n\nYes.\n"
PIXEL = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89"
    b"\0\0\0\rIDATx\x9cc\xf8\xff\xff?\x03\0\x08\xfc\x02\xfe\xa7\x9a\xa0\xa0\0\0\0\0IEND\xaeB`\x82"
)

READ = {
    "plain": (b"plain\n", "plain\n", "utf-8", []),
    "empty": (b"", "", "utf-8", []),
    "utf-8": (RUSSIAN.encode(), RUSSIAN, "utf-8", []),
    "utf-8 mark": (b"\xef\xbb\xbf" + LATIN.encode(), LATIN, "utf-8", ["byte_order_mark"]),
    "a mark alone": (b"\xef\xbb\xbf", "", "utf-8", ["byte_order_mark"]),
    "two marks": (b"\xef\xbb\xbf\xef\xbb\xbfa", "a", "utf-8", ["byte_order_mark"]),
    "mark inside": ("a\ufeffb".encode(), "a\ufeffb", "utf-8", []),
    "utf-16 le mark": (
        b"\xff\xfe" + LATIN.encode("utf-16-le"), LATIN, "utf-16-le", ["byte_order_mark", "recoded"]
    ),
    "utf-16 be mark": (
        b"\xfe\xff" + LATIN.encode("utf-16-be"), LATIN, "utf-16-be", ["byte_order_mark", "recoded"]
    ),
    "utf-16 le": (LATIN.encode("utf-16-le"), LATIN, "utf-16-le", ["recoded"]),
    "utf-16 be": (LATIN.encode("utf-16-be"), LATIN, "utf-16-be", ["recoded"]),
    "utf-32 le mark": (
        b"\xff\xfe\0\0" + LATIN.encode("utf-32-le"), LATIN, "utf-32-le", ["byte_order_mark", "recoded"]
    ),
    "utf-32 be mark": (
        b"\0\0\xfe\xff" + LATIN.encode("utf-32-be"), LATIN, "utf-32-be", ["byte_order_mark", "recoded"]
    ),
    "utf-32 le": (LATIN.encode("utf-32-le"), LATIN, "utf-32-le", ["recoded"]),
    "utf-32 be": (LATIN.encode("utf-32-be"), LATIN, "utf-32-be", ["recoded"]),
    "cp1252 German": (GERMAN.encode("cp1252"), GERMAN, "cp1252", ["recoded"]),
    "cp1252 Spanish": (SPANISH.encode("cp1252"), SPANISH, "cp1252", ["recoded"]),
    "cp1252 Portuguese": (PORTUGUESE.encode("cp1252"), PORTUGUESE, "cp1252", ["recoded"]),
    "cp1252 French": (FRENCH.encode("cp1252"), FRENCH, "cp1252", ["recoded"]),
    "cp1252 Danish": (DANISH.encode("cp1252"), DANISH, "cp1252", ["recoded"]),
    "cp1250 Polish": (POLISH.encode("cp1250"), POLISH, "cp1250", ["recoded"]),
    "cp1250 Czech": (CZECH.encode("cp1250"), CZECH, "cp1250", ["recoded"]),
    "koi8-r": (RUSSIAN.encode("koi8-r"), RUSSIAN, "koi8_r", ["recoded"]),
    "cp1251": (RUSSIAN.encode("cp1251"), RUSSIAN, "cp1251", ["recoded"]),
    "mixed": (
        "Brücke\nzwei\n".encode() + "Straße –\n".encode("cp1252"), "Brücke\nzwei\nStraße –\n", "utf-8+cp1252",
        ["mixed_encoding"],
    ),
    "mark, then mixed": (
        b"\xef\xbb\xbf" + "Brücke\n".encode() + b"Stra\xdfe\n", "Brücke\nStraße\n", "utf-8+cp1252",
        ["byte_order_mark", "mixed_encoding"],
    ),
    "crlf": (b"a\r\n\r\nb\r\n", "a\n\nb\n", "utf-8", ["line_ends"]),
    "cr": (b"a\r\rb\r", "a\n\nb\n", "utf-8", ["line_ends"]),
    "lf cr": (b"a\n\rb", "a\n\nb", "utf-8", ["line_ends"]),
    "nul": (b"only a \0 or \0 here", "only a \ufffd or \ufffd here", "utf-8", ["nul_replaced"]),
    "crlf in utf-16": (
        "a\r\nb\r\n".encode("utf-16-le"), "a\nb\n", "utf-16-le", ["recoded", "line_ends"]
    ),
    "untouched": ("e\u0301 \u2028\x0c\x85 x \n".encode(), "e\u0301 \u2028\x0c\x85 x \n", "utf-8", []),
}  # fmt: skip

REFUSED = {
    "a picture": (PIXEL, "binary"),
    "a picture of even length": (PIXEL + b"\0", "binary"),
    "control characters": (bytes(range(256)), "binary"),
    "NULs on both sides": (b"\0\x01\0\0\x02\0\0\x03" * 9, "binary"),
    "a mark of UTF-16 and half a character": (b"\xff\xfea", "undecodable"),
    "a mark of UTF-32 and no UTF-32": (b"\xff\xfe\0\0\xff\xff\xff\xff", "undecodable"),
    "a lone surrogate": (b"\xff\xfe\x00\xd8a\0", "undecodable"),
}


@pytest.mark.parametrize(("data", "text", "encoding", "codes"), READ.values(), ids=READ)
def test_bytes_become_text(data: bytes, text: str, encoding: str, codes: list[str]) -> None:
    """The text is what was meant, its encoding is recorded, and all that was done on the way is noted."""
    found = decode(data)
    assert found.text.decode() == text
    assert found.encoding == encoding
    assert [code for code, _ in found.notes] == codes


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_text_is_refused(data: bytes, code: str) -> None:
    """Bytes that are no text raise with the code of their issue and with a cure."""
    with pytest.raises(Undecodable, match=r"Take it out|Save it again") as caught:
        decode(data)
    assert caught.value.code == code


def test_a_mixed_text_says_where() -> None:
    """The lines that were not UTF-8 are named by number, the first five of them."""
    data = "é\n".encode() + b"\xe9\n" * 7 + b"plain\n"
    (note,) = decode(data).notes
    assert note[1].startswith(
        "7 lines of a UTF-8 text were not UTF-8 and were read as cp1252: 2, 3, 4, 5, 6, ..."
    )


def test_nuls_are_counted() -> None:
    """The note on NULs says how many there were."""
    assert decode(b"abcdefghi\0abcdefghij\0").notes[0][1].startswith("2 NUL characters")


def test_a_byte_that_cp1252_lacks_is_replaced_in_a_mixed_text() -> None:
    """A stray byte without meaning becomes U+FFFD and the rest of its line stays."""
    assert decode("é\n".encode() + b"a\x81b\n").text.decode() == "é\na\ufffdb\n"


def test_many_foreign_lines_take_linear_time() -> None:
    """A text of many lines in another encoding is decoded in seconds, not in the square of its lines."""
    begun = time.process_time()
    found = decode("Stra\xdfe\n".encode("cp1252") * 40_000)
    assert time.process_time() - begun < 8
    assert found.text.count("Stra\xdfe".encode()) == 40_000
