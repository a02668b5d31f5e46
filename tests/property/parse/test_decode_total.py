"""Any bytes are a canonical text or an issue."""

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from builder.core.issues import CODES
from builder.parse.decode import Decoded, Undecodable, decode, decode_all
from tests.property.parse.texts import RAW

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be")
BYTES = st.one_of(
    st.binary(max_size=80),
    st.lists(st.sampled_from([b"\xff", b"\xfe", b"\xef\xbb\xbf", b"\0", b"\r", b"\n", b"a", b"\xe9"])).map(
        b"".join
    ),
    st.tuples(RAW, st.binary(max_size=4)).map(lambda both: both[0].encode("utf-8", "replace") + both[1]),
)


def decoded(data: bytes) -> Decoded | Undecodable:
    """What decoding gives, or what it raises."""
    try:
        return decode(data)
    except Undecodable as error:
        return error


@settings(max_examples=150)
@given(BYTES)
@example(b"\xef\xbb\xbf\xef\xbb\xbfa")
@example(b"\xff\xfe\xff\xfea\0")
@example(b"\xff\xfe\0\0a\0")
def test_decoding_is_total(data: bytes) -> None:
    """Whatever the bytes, there is valid UTF-8 without CR, NUL and mark, or an issue that has a code."""
    found = decoded(data)
    if isinstance(found, Undecodable):
        assert CODES[found.code] == "error"
        assert str(found)
        return
    text = found.text.decode()
    assert not set("\r\0") & set(text)
    assert not text.startswith("\ufeff")
    assert all(code in CODES and message for code, message in found.notes)
    assert decode(found.text) == Decoded(found.text, "utf-8")


@given(RAW, st.sampled_from(ENCODINGS))
def test_text_with_a_mark_comes_back(text: str, encoding: str) -> None:
    """What was written in an encoding that its mark or its own form tells is read as it was written."""
    wanted = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd").lstrip("\ufeff")
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff", "utf-32-be": b"\0\0\xfe\xff"}
    data = marks.get(encoding, b"") + text.encode(encoding)
    # So many NULs are rather UTF-16; and its mark with a NUL behind it is the mark of UTF-32.
    assume(encoding != "utf-8" or text.count("\0") * 4 <= len(data))
    assume(not data.startswith(b"\xff\xfe\0\0") or encoding == "utf-32")
    assert decode(data).text.decode() == wanted


EDGES = st.lists(
    st.sampled_from([0x41, 0x80, 0x90, 0xA0, 0xBF, 0xC1, 0xC2, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5])
)


@given(EDGES.map(bytes))
@example("\U0010ffff".encode())
@example(b"\xed\xa0\x80")
def test_utf8_is_what_python_reads_as_such(data: bytes) -> None:
    """A text without marks is told to be UTF-8 if and only if Python reads it as UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        assert getattr(decoded(data), "encoding", "") != "utf-8"
    else:
        assert getattr(decoded(data), "encoding", "") == "utf-8"


@given(st.lists(BYTES | RAW.map(lambda text: text.encode("utf-8", "replace")), max_size=70))
def test_captures_together_are_captures_alone(captures: list[bytes]) -> None:
    """Whichever captures are decoded together, each gives what it gives alone."""
    for together, data in zip(decode_all(captures), captures, strict=True):
        alone = decoded(data)
        assert (type(together), str(together)) == (type(alone), str(alone))
