"""Invented texts for the screens: an article with its thread, one of whose comments is 900 characters long."""

from typing import Any

TITLE = "Fish market moves uphill"
ARTICLE = """\
The town council of Harrowmere voted last night to move the fish market from the old quay to the car \
park behind the station. Eleven councillors were for the move, nine against it; two left before the \
vote.

The harbour master said that the quay walls would not bear another winter of lorries. Stallholders, some \
of whom have sold there for three generations, answered that nobody had asked them, and that the car \
park floods twice a year.

The mayor promised covered stalls, free parking for the first two hours and a bus line from the quay. \
The opposition called the plan a gift to the owner of the neighbouring supermarket.

Work is to begin in May. It will cost 1.4 million florins, of which the province pays a third; the \
council wants to raise the rest by higher fees for the stalls. "A town does not sell what its \
grandparents built," said Odile Brandt, 81, who has sold eels on the quay since she was nine.

Until May the market stays where it is, with fewer lorries and a smaller hall. The council meets again \
on the second Tuesday of March, in public, in the hall of the old customs house."""
THREAD = """\
Commenter 1: Three generations, and then a car park. My grandmother would have thrown a cod at the \
mayor.

Commenter 2: And who pays for the walls when they fall into the harbour? You?

Commenter 1: I would sooner pay for walls than for another supermarket.

Commenter 3: Has anybody here read the report of the harbour master at all? It is forty pages and the \
walls are on every second one."""
COMMENT = """\
Forty pages, and you believe every one of them. 😀 The harbour master is a puppet of the supermarket, as \
every child on the quay knows, and whoever still falls for his report is a fool. I have stood on that \
quay for thirty-one years, in fog and in frost, and the walls have never moved by the width of a \
herring. What has moved is the money: first the ferry, then the ice house, now the market, and each time \
the same two gentlemen from the council bought the ground next door a month before.

Those clowns should be put on a boat without oars and pushed out at ebb tide, and the mayor with them. \
As for the free parking: two hours are only just enough to find a place, walk to the stalls in the rain \
and walk back with wet feet and no fish. I shall go on selling where I sell, and if they want me gone \
they may come and carry me, me and the scales and four hundred kilos of ice. You have been warned!"""
COMMENT_TASK = {
    "article_title": TITLE,
    "article_text": ARTICLE,
    "thread_label": "4 comments before this one",
    "thread_text": THREAD,
    "author_label": "Commenter 4",
    "text": COMMENT,
}
ARTICLE_TASK = {"article_title": TITLE, "text": ARTICLE}

_COMMENTS = (
    (
        "Maren O.",
        "Three generations, and then a car park.",
        "My grandmother would have thrown a cod at the mayor.",
    ),
    ("salt and vinegar", "And who pays for the walls when they fall into the harbour? You?"),
    ("", "Has anybody here read the report of the harbour master at all?"),
    ("Maren O.", "I would sooner pay for walls than for another supermarket. 😀"),
    ("Tide Table", "High water on the ninth is at 6.40. Bring boots.", "And a boat."),
)
_CAPTURE = [("headline", TITLE), ("caption", "The old quay on Tuesday. Photo: town archive")]
_CAPTURE += [("paragraph", paragraph) for paragraph in ARTICLE.split("\n\n")[:3]]
_CAPTURE += [("date", "Published on Tuesday - 5 comments")]
for _author, *_bodies in _COMMENTS:
    _CAPTURE += [("author", _author)] * bool(_author) + [("comment", body) for body in _bodies]

CAPTURE = {
    "capture_name": "harrowmere-gazette/2031-03/fish-market-moves-uphill.txt",
    "text": "\n\n".join(text for _kind, text in _CAPTURE),
}


def capture_segments(text: str) -> list[dict[str, Any]]:
    """The segments of the invented capture: kind, places in code points, and which comment."""
    segments, at, comment = list[dict[str, Any]](), 0, ""
    for kind, said in _CAPTURE:
        start = text.index(said, at)
        at = start + len(said)
        comment = next((said for one in _COMMENTS if said == one[1]), comment)
        segments.append({"kind": kind, "char_start": start, "char_end": at, "comment_id": comment})
    return segments
