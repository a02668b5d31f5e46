"""Names that rows keep for life, made from what they say and never from where they stand."""

import unicodedata
from hashlib import sha256


def article_id(capture: str) -> str:
    """The id of the article in a capture, from the capture's name (``source/path/below/it.txt``) alone."""
    return "a" + sha256(capture.encode()).hexdigest()[:20]


def comment_id(article_id: str, text_sha256: str, occurrence: int) -> str:
    """The id of a comment: its article, its text, and how many equal texts came before it there (from 0)."""
    return "c" + sha256(f"{article_id}\n{text_sha256}\n{occurrence}".encode()).hexdigest()[:20]


def author_id(source: str, name_key: str) -> str:
    """The id of an author at one source; the same name at another source is another author."""
    return "u" + sha256(f"{source}\n{name_key}".encode()).hexdigest()[:20]


def name_key(name: str) -> str:
    """The form in which two spellings of one name are equal: NFKC, casefolded, white space collapsed."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())
