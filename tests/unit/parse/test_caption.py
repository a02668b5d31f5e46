"""Captions: the line below a headline that reads like one."""

import numpy as np
import pytest

from builder.parse.caption import find_captions
from builder.parse.features import features
from tests.unit.parse.reading import lines_of, model

LONG = (
    "The bridge has been closed since Tuesday, and nobody in the town knows when it will open again, it says."
)
CAPTION = "The bridge, seen from the south"
FOUND = {
    "short, above a sentence": (f"Head\n\n{CAPTION}\n\n{LONG}\n", 0.9),
    "long, above a sentence": (f"Head\n\n{CAPTION * 4}\n\n{LONG * 3}\n", 0.7),
    "short, above an open line": (f"Head\n\n{CAPTION}\n\n{LONG[:-1]}\n", 0.7),
    "of two hundred characters": (f"Head\n\n{'x' * 200}\n\n{LONG * 3}\n", 0.7),
}
NONE = {
    "a sentence": f"Head\n\n{CAPTION}.\n\n{LONG}\n",
    "an announcement": f"Head\n\n{CAPTION}:\n\n{LONG}\n",
    "below a wide gap": f"Head\n\n\n{CAPTION}\n\n{LONG}\n",
    "right below the headline": f"Head\n{CAPTION}\n\n{LONG}\n",
    "longer than what follows": f"Head\n\n{LONG[:-1]}\n\n{CAPTION}.\n",
    "too long": f"Head\n\n{'x' * 201}\n\n{LONG * 3}\n",
    "nothing follows": f"Head\n\n{CAPTION}\n",
    "headline alone": "Head\n",
    "nothing": "",
}


def captions(in_article: list[bool] | None, *texts: str) -> list[tuple[int, float]]:
    """Line and probability of the captions; without a word, all lines but the first are of the article."""
    batch, lines = lines_of(*texts)
    inside = ~lines.opens if in_article is None else np.array(in_article, dtype=np.bool_)
    found = find_captions(lines, features(batch, lines, model().lexicon), inside)
    return list(zip(found.line.tolist(), found.probability.tolist(), strict=True))


@pytest.mark.parametrize(("text", "sure"), FOUND.values(), ids=FOUND)
def test_a_caption_is_found(text: str, sure: float) -> None:
    """A short open line below the headline and above something longer is a caption, surer the more it is like one."""
    assert captions(None, text) == [(1, sure)]


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_what_only_resembles_one_is_no_caption(text: str) -> None:
    """A line that is closed, far from the headline, too long or last is none."""
    assert captions(None, text) == []


def test_a_line_of_a_comment_is_no_caption() -> None:
    """A caption and the line after it are of the article."""
    text = FOUND["short, above a sentence"][0]
    assert captions([True, False, True], text) == []
    assert captions([True, True, False], text) == []


def test_every_text_may_have_one() -> None:
    """In a batch each text's own second line is looked at."""
    one, none = FOUND["short, above a sentence"][0], NONE["a sentence"]
    assert captions(None, one, "", none, one) == [(1, 0.9), (7, 0.9)]
