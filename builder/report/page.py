"""The page as a whole: one file that asks nobody for anything, and is the same for the same data."""

from builder.core.packaged import data_text
from builder.report.agreement import agreement_section
from builder.report.confusion import confusion_section
from builder.report.corpus import corpus_section
from builder.report.distributions import distributions_section
from builder.report.figure import Section, section_html
from builder.report.hardest import hardest_section
from builder.report.markup import Html, joined, tag
from builder.report.overview import overview
from builder.report.pace import pace_section
from builder.report.people import people_section
from builder.report.progress import progress_section
from builder.report.study import Study

# Nothing may be loaded and nothing may run; styles and drawings stand in the page itself.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_PRIVATE = (
    "This page quotes comments and shows how people worked. Treat it as you treat the data: it belongs to the team, "
    "and not on a public site."
)
_TERMS = (
    (
        "Raw agreement",
        "How often two answers to one unit are equal. High by chance alone where one answer prevails.",
    ),
    (
        "Krippendorff's alpha",
        (
            "1 if answers are always equal, 0 if no more than when they are dealt out at random. Undefined where "
            "nothing shows that annotators can tell values apart; then the reason stands in the table."
        ),
    ),
    ("Gwet's AC1", "As alpha, but it expects little agreement by chance where one answer prevails."),
    (
        "Cohen's kappa",
        "As alpha, for two annotators; with weights, neighbours and overlapping sets are partly equal.",
    ),
    (
        "95 % interval",
        "Of alpha by resampling units (BCa bootstrap, 1,000 draws), of shares by Wilson. Few units: wide intervals.",
    ),
    (
        "Agreement with the others",
        (
            "Of an annotator's answers to units that others answered too, the share that the majority of the others "
            "gave: a mean over the questions that must be answered. In brackets the 95 % interval."
        ),
    ),
    ("Gold", "Units whose answers were known before; annotators cannot tell them from others."),
    (
        "Severe units",
        (
            "Those that an annotator, or half of all who answered, gave an answer that the dataset's settings call "
            "severe; without a setting those are hostile and hate."
        ),
    ),
    (
        "Letters in brackets after a labelling config",
        "The beginning of its checksum. A config that was changed has other ones; its answers are kept apart.",
    ),
    (
        "Counted answers",
        "Merged answers that people gave on their own, the latest of each annotator to each unit; no second showings.",
    ),
)


def sections(study: Study) -> tuple[Section, ...]:
    """The chapters in the order of the page."""
    return (
        corpus_section(study),
        progress_section(study),
        distributions_section(study),
        agreement_section(study),
        confusion_section(study),
        hardest_section(study),
        people_section(study),
        pace_section(study),
    )


def page(study: Study, chapters: tuple[Section, ...]) -> str:
    """The whole page as HTML."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", f"{study.title}: report"),
        tag("style", Html(data_text("report", "page.css"))),
    )
    main = tag("main", overview(study), joined(map(section_html, chapters)), _reading(), id="main")
    body = tag(
        "body",
        tag("a", "To the report", href="#main", class_="skip"),
        tag(
            "header",
            tag("p", study.name, class_="name"),
            tag("h1", study.title),
            tag("p", _PRIVATE, class_="note"),
        ),
        tag("div", _contents(chapters), main, class_="columns"),
    )
    return f"<!doctype html>\n{tag('html', head, body, lang='en')}\n"


def _contents(chapters: tuple[Section, ...]) -> Html:
    links = [(one.key, one.title, one.missing) for one in chapters] + [("reading", "How to read it", False)]
    items = (
        tag("li", tag("a", title, href=f"#{key}", class_="empty" if missing else None))
        for key, title, missing in links
    )
    return tag("nav", tag("ul", *items), aria_label="Chapters")


def _reading() -> Html:
    terms = (tag("div", tag("dt", term), tag("dd", said)) for term, said in _TERMS)
    return tag("section", tag("h2", "How to read it"), tag("dl", *terms, class_="terms"), id="reading")
