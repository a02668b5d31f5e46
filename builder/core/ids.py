"""Names that rows keep for life, made from what they say and never from where they stand."""

import unicodedata
from hashlib import sha256

from builder.core.packed.names import name_of


def article_id(capture: str) -> str:
    """The id of the article in a capture, from the name (``source/path/below/it.txt``) that it keeps for life.

    That a capture is packed with others is no part of that name.
    """
    return "a" + sha256(name_of(capture).encode()).hexdigest()[:20]


def comment_id(article_id: str, text_sha256: str, occurrence: int) -> str:
    """The id of a comment: its article, its text, and how many equal texts came before it there (from 0).

    The exclusive or of the article id's 80 bits with the first 80 of the text's hash; from the second equal
    text on, also with those of the hash of its number. So a whole column of them is one array operation.
    """
    bits = int(article_id[1:], 16) ^ int(text_sha256[:20], 16)
    return f"c{bits ^ int.from_bytes(occurrence_bits(occurrence), 'big'):020x}"


def occurrence_bits(occurrence: int) -> bytes:
    """What sets an equal text's id apart: nothing for the first, 80 bits of a hash for each later one."""
    return sha256(str(occurrence).encode()).digest()[:10] if occurrence else bytes(10)


def author_id(source: str, name_key: str) -> str:
    """The id of an author at one source; the same name at another source is another author."""
    return "u" + sha256(f"{source}\n{name_key}".encode()).hexdigest()[:20]


def name_key(name: str) -> str:
    """The form in which two spellings of one name are equal: NFKC, casefolded, white space collapsed."""
    if name.isascii():
        return " ".join(name.lower().split())
    folded = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())
