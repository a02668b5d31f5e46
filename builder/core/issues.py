"""Something odd in a capture, as a value with a code from a closed list."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

ERROR = "error"
WARNING = "warning"
INFO = "info"
SEVERITIES = (ERROR, WARNING, INFO)

_BY_SEVERITY = {
    ERROR: (
        "unreadable",
        "vanished",
        "binary",
        "undecodable",
        "too_large",
        "meta_invalid",
        "link_loop",
        "duplicate_capture",
    ),
    WARNING: (
        "empty",
        "mixed_encoding",
        "nul_replaced",
        "comments_lost",
        "no_article",
        "meta_orphan",
        "page_dump",
    ),
    INFO: ("recoded", "byte_order_mark", "line_ends", "no_comments", "headline_only"),
}

CODES: Mapping[str, str] = MappingProxyType(
    {code: severity for severity, codes in _BY_SEVERITY.items() for code in codes}
)
"""The severity of each code; a code that is not here does not exist."""


class Issue(NamedTuple):
    """One odd thing: in which capture, what, how bad, where (code points; none: the whole), in words."""

    capture: str
    code: str
    severity: str
    char_start: int | None
    char_end: int | None
    message: str


def issue(capture: str, code: str, message: str, span: tuple[int, int] | None = None) -> Issue:
    """An issue whose severity follows from its code; a code that nobody knows raises ``KeyError``."""
    start, end = span if span is not None else (None, None)
    return Issue(capture, code, CODES[code], start, end, message)
