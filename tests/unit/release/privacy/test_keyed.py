"""Ids that nobody can guess."""

import hmac
import re
from hashlib import sha256

from builder.core import ids
from builder.release.privacy.keyed import hmac_sha256, key_id, released_id, text_hmac

KEY = bytes(range(32))


def test_an_author_becomes_a_pseudonym() -> None:
    """It is the first 80 bits of the HMAC of author and id, in base 32 after a p."""
    author = ids.author_id("paper", "anna lind")
    made = released_id(KEY, author)
    assert re.fullmatch("p[a-z2-7]{16}", made)
    assert made != released_id(bytes(32), author)
    assert made == released_id(KEY, author)


def test_ids_keep_their_form() -> None:
    """Comments and tasks are called otherwise in the same form, articles are called as before."""
    comment, task, article = "c" + "0" * 20, "t" + "0" * 20, "a" + "0" * 20
    assert re.fullmatch("c[0-9a-f]{20}", released_id(KEY, comment))
    assert re.fullmatch("t[0-9a-f]{20}", released_id(KEY, task))
    assert released_id(KEY, comment)[1:] != released_id(KEY, task)[1:]
    assert released_id(KEY, article) == article


def test_a_released_comment_confirms_no_guess() -> None:
    """Who guesses the text of a comment cannot find out by its id whether that is right."""
    article, text = ids.article_id("paper/1.txt"), "me too"
    plain = ids.comment_id(article, sha256(text.encode()).hexdigest(), 0)
    bits = int(plain[1:], 16) ^ int(article[1:], 16)
    assert f"{bits:020x}" == sha256(text.encode()).hexdigest()[:20]
    kept = int(released_id(KEY, plain)[1:], 16) ^ int(article[1:], 16)
    assert f"{kept:020x}" != sha256(text.encode()).hexdigest()[:20]


def test_the_hash_is_hmac() -> None:
    """Short and long keys give what the standard library gives."""
    for key in (b"", KEY, b"k" * 64, b"k" * 65):
        assert hmac_sha256(key, b"said") == hmac.digest(key, b"said", "sha256")


def test_the_key_id_tells_no_key() -> None:
    """Eight digits of a hash name the key, and texts are hashed with it."""
    assert key_id(KEY) == sha256(KEY).hexdigest()[:8]
    assert text_hmac(KEY, "0" * 64) == hmac.digest(KEY, b"text|" + b"0" * 64, "sha256").hex()
