"""What is worth a look in how annotators work: each warning with its evidence, and a sentence about all."""

from collections.abc import Iterator

from builder.labels.quality.figures import Figures
from builder.labels.quality.warnings import Warned
from builder.report.figure import folded
from builder.report.markup import Html, joined, tag
from builder.report.study import Labels
from builder.report.words import NBSP, number, together

_MOST = 6
"""So many annotators are named in a sentence."""
_READ = (
    "Their limits are conventions: look at the units and talk before you think anything of anybody. Somebody who "
    "disagrees with the others may be the one who is right."
)
_NONE = "There are no warnings. None is given about fewer than 20 answers, units or spans, however they look."


def warnings_html(labels: Labels) -> Html:
    """All warnings, annotator by annotator, each with the units to look at; nothing where nobody worked yet."""
    found = [(one, each) for one, warned in labels.quality for each in warned]
    if not found:
        return tag("p", _NONE, class_="note") if labels.quality else Html("")
    items = (tag("li", _item(one, each)) for one, each in found)
    return joined(
        (
            tag("h3", number(len(found), "warning"), class_="group"),
            tag("p", _READ, class_="note"),
            tag("ul", *items, class_="warned"),
        )
    )


def _item(one: Figures, warned: Warned) -> Html:
    head = tag(
        "p",
        tag("strong", f"{one.annotator_id}, {warned.kind}:"),
        " ",
        warned.evidence.replace(" %", f"{NBSP}%"),
        ".",
    )
    if not warned.units:
        return head
    units = joined((tag("code", each) for each in warned.units), between=" ")
    about = f"{one.annotator_id}, {warned.kind}"
    return joined((head, folded("Units to look at", tag("p", units), about=about)))


def warned_people(labels: Labels) -> Iterator[str]:
    """A sentence on whom there are warnings about, and what of; none where there are none."""
    kinds: dict[str, dict[str, None]] = {}
    for one, warned in labels.quality:
        for each in warned:
            kinds.setdefault(one.annotator_id, {})[each.kind] = None
    if kinds:
        named = [f"{who} ({', '.join(of)})" for who, of in list(kinds.items())[:_MOST]]
        rest = len(kinds) - len(named)
        named += [f"{rest} more"] if rest else []
        yield f"There are warnings about the work of {together(named)}"
