"""The chapter of the hardest units: those whose answers differ most, with their texts and who said what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from builder.report.disagreement import Hard, hardest
from builder.report.figure import Section, to_come
from builder.report.markup import Html, joined, tag
from builder.report.study import Study
from builder.report.words import number, percent, shortened

TITLE = "Hardest units"
_MOST = 20
_LONGEST = 1500
"""So many characters of a text are quoted."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """The text of a unit as it is quoted: its language, if known, and the headline that it stands below."""

    text: str
    lang: str | None
    headline: str


def hardest_section(study: Study) -> Section:
    """The units that annotators disagree about most."""
    found = _found(study)
    if not found:
        return to_come(
            "hardest",
            TITLE,
            "No two annotators gave one unit different answers so far.",
            "builder push --overlap 2",
            "builder pull",
            "builder merge",
        )
    quoted = _quoted(study, found)
    lead = (
        f"The {number(len(found), 'unit')} whose answers differ most, by the share of pairs of answers that are "
        "unequal, as a mean over questions. Each is worth a talk about the instructions."
    )
    items = [_item(one, quoted.get(one.unit_id)) for one in found]
    return Section(
        "hardest", TITLE, lead, (tag("ol", *(tag("li", item) for item in items), class_="hardest"),)
    )


def _found(study: Study) -> list[Hard]:
    if study.labels is None:
        return []
    found = [one for sheet in study.labels.sheets for one in hardest(sheet, _MOST)]
    return sorted(found, key=lambda one: (-one.difference, one.unit_id))[:_MOST]


def _quoted(study: Study, found: list[Hard]) -> Mapping[str, Quoted]:
    wanted = pa.array([one.unit_id for one in found if one.unit_type != "capture"], pa.string())
    articles, comments = study.corpus["articles"], study.corpus["comments"]
    rows = comments.filter(pc.is_in(comments["comment_id"], value_set=wanted)).to_pylist()
    above = pa.array([row["article_id"] for row in rows], pa.string())
    needed = pc.or_(*(pc.is_in(articles["article_id"], value_set=each) for each in (wanted, above)))
    pages = {row["article_id"]: row for row in articles.filter(needed).to_pylist()}
    quoted = {key: Quoted(page["text"], page["lang"], page["headline"] or "") for key, page in pages.items()}
    for row in rows:
        headline = pages[row["article_id"]]["headline"] if row["article_id"] in pages else None
        quoted[row["comment_id"]] = Quoted(row["text"], row["lang"], headline or "")
    return quoted


def _item(one: Hard, quoted: Quoted | None) -> Html:
    about = f"{percent(one.difference)} of pairs differ: {', '.join(one.questions)}"
    return joined(
        (
            tag("p", tag("strong", about), " ", tag("code", one.unit_id), class_="about"),
            _text(quoted) if quoted else tag("p", "Its text is not quoted here.", class_="note"),
            _answers(one),
        )
    )


def _text(quoted: Quoted) -> Html:
    lang = quoted.lang if quoted.lang not in {None, "und"} else None
    text = tag("blockquote", shortened(quoted.text, _LONGEST), dir="auto", lang=lang)
    if not quoted.headline:
        return text
    return joined(
        (text, tag("p", "Headline: ", tag("cite", quoted.headline, lang=lang, dir="auto"), class_="source"))
    )


def _answers(one: Hard) -> Html:
    return tag(
        "dl", *(each for said in one.said for each in _said(said.annotator_id, said.answers)), class_="said"
    )


def _said(annotator: str, answers: tuple[tuple[str, str], ...]) -> Iterator[Html]:
    yield tag("dt", annotator)
    said = [
        joined((tag("span", f"{name} ", class_="question"), tag("bdi", value))) for name, value in answers
    ]
    yield tag("dd", joined(said, between=Html("; ")) if said else "nothing")
