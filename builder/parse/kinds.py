"""What a run of characters of a capture can be."""

from typing import Final

KINDS: Final = (
    "headline",
    "caption",
    "paragraph",
    "author",
    "comment",
    "date",
    "control",
    "furniture",
    "blank",
)
HEADLINE, CAPTION, PARAGRAPH, AUTHOR, COMMENT, DATE, CONTROL, FURNITURE, BLANK = range(len(KINDS))
