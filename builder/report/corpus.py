"""The chapter about the corpus: articles, comments, languages, authors, how sure the parse is, what is odd."""

from collections import Counter
from collections.abc import Iterator

import pyarrow.compute as pc

from builder.contracts.catalogue import table
from builder.core.issues import CODES, SEVERITIES
from builder.report.bars import Bar, Stack, bars, stacks
from builder.report.columns import histogram
from builder.report.figure import Figure, Section, Table, figures_html
from builder.report.legend import Key
from builder.report.numbers import bin_names, bins, counted, even_bins, floats, quantile, ranked, top
from builder.report.palette import STYLES
from builder.report.study import Study
from builder.report.words import number, numeral, percent, together

_LENGTHS = (0, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_SURE = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)
_DOUBT = 0.8
_ROWS = 10


def corpus_section(study: Study) -> Section:
    """What the corpus holds; one of no comments has less to show."""
    articles, comments = study.corpus["articles"], study.corpus["comments"]
    lead = (
        f"{number(articles.num_rows, 'article')} of {number(len(counted(articles['source'])), 'source')} with "
        f"{number(comments.num_rows, 'comment')} by {number(study.corpus['authors'].num_rows, 'named author')}."
    )
    if not articles.num_rows:
        return Section("corpus", "Corpus", lead, missing=True)
    return Section("corpus", "Corpus", lead, (figures_html(tuple(_figures(study))),))


def _figures(study: Study) -> Iterator[Figure]:
    yield _per_article(study)
    if study.corpus["comments"].num_rows:
        yield _lengths(study)
        yield _languages(study)
        yield _authors(study)
    yield _confidence(study)
    if study.corpus["issues"].num_rows:
        yield _issues(study)


def _per_article(study: Study) -> Figure:
    values = floats(study.corpus["articles"]["n_comments"])
    found = even_bins(values)
    none = int((values == 0).sum())
    middle = quantile(values, 0.5)
    words = f"The median is {middle:g} comments an article, the most is {values.max():,.0f}. " + (
        f"{number(none, 'article')} {'has' if none == 1 else 'have'} none." if none else "Each has some."
    )
    canvas = histogram(found, "comments below an article")
    rows = tuple(zip(bin_names(found), map(numeral, found.counts), strict=True))
    return Figure(
        "comments-per-article", "Comments per article", words, canvas, Table(("Comments", "Articles"), rows)
    )


def _lengths(study: Study) -> Figure:
    values = floats(pc.utf8_length(study.corpus["comments"]["text"]))
    found = bins(values, (*_LENGTHS, 10**9), (*map(numeral, _LENGTHS), ""))
    words = (
        f"Half of the comments have {quantile(values, 0.5):,.0f} characters or fewer, nine in ten "
        f"{quantile(values, 0.9):,.0f} or fewer; the longest has {values.max():,.0f}."
    )
    canvas = histogram(found, "characters of a comment (steps grow)")
    rows = tuple(zip(bin_names(found, last_open=True), map(numeral, found.counts), strict=True))
    return Figure(
        "comment-lengths", "Length of comments", words, canvas, Table(("Characters", "Comments"), rows)
    )


def _languages(study: Study) -> Figure:
    """Languages of the comments; of the articles where nobody determined those of the comments."""
    comments, articles = study.corpus["comments"]["lang"], study.corpus["articles"]["lang"]
    column, thing = (articles, "articles") if comments.null_count == len(comments) else (comments, "comments")
    counts = Counter({one or "not determined": many for one, many in counted(column).items()})
    rows, total = top(counts, _ROWS), len(column)
    words = f"Languages of the {thing}: {together([f'{name} ({percent(many / total)})' for name, many in rows[:3]])}."
    if thing == "articles":
        words += " Those of the comments were not determined."
    canvas = bars([Bar(name, many, f"{many:,} ({percent(many / total)})") for name, many in rows])
    data = tuple((name, numeral(many), percent(many / total)) for name, many in ranked(counts))
    table = Table(("Language", thing.capitalize(), "Share"), data)
    return Figure("languages", f"Languages of the {thing}", words, canvas, table)


def _authors(study: Study) -> Figure:
    """Named and lost authors, source by source."""
    articles, comments = study.corpus["articles"], study.corpus["comments"]
    sources = dict(zip(articles["article_id"].to_pylist(), articles["source"].to_pylist(), strict=True))
    counts = Counter(
        (sources.get(article, ""), attribution)
        for article, attribution in zip(
            comments["article_id"].to_pylist(), comments["attribution"].to_pylist(), strict=True
        )
    )
    per_source = Counter(counted(articles["source"]))
    order = sorted(per_source, key=lambda one: (-counts[one, "named"] - counts[one, "lost"], str(one)))
    lost = sum(many for (_, attribution), many in counts.items() if attribution == "lost")
    words = (
        f"The captures still name the author of {percent(1 - lost / comments.num_rows)} of the comments; of "
        f"{numeral(lost)} the author is lost, which is not the same as anonymous."
        if lost
        else "The captures name the author of every comment."
    )
    rows, data = [], []
    for one in order:
        named, gone = counts[one, "named"], counts[one, "lost"]
        share = percent(gone / (named + gone)) if named + gone else "–"
        rows.append(Stack(str(one), (named, gone), numeral(named + gone)))
        about = study.sources.get(str(one), "")
        data.append((one, about, numeral(per_source[one]), numeral(named), numeral(gone), share))
    canvas = stacks(rows[:_ROWS], [Key("author named", STYLES[0]), Key("author lost", STYLES[1])])
    head = ("Source", "What it is", "Articles", "Named", "Lost", "Share lost")
    more = f" Shown are the {_ROWS} sources with most comments." if len(rows) > _ROWS else ""
    return Figure("authors", "Named and lost authors", words + more, canvas, Table(head, tuple(data)))


def _confidence(study: Study) -> Figure:
    articles = study.corpus["articles"]
    values = floats(articles["parse_confidence"])
    found = bins(values, _SURE, [f"{bound:g}" for bound in _SURE])
    doubt = int((values < _DOUBT).sum())
    lowest = min(zip(articles["parse_confidence"].to_pylist(), articles["capture"].to_pylist(), strict=True))
    words = (
        f"How sure the parser is that it cut articles and comments apart rightly. Of {number(len(values), 'article')} "
        f"{numeral(doubt) if doubt else 'none'} {'is' if doubt < 2 else 'are'} below {_DOUBT}; the least sure is "
        f"{lowest[1]} ({lowest[0]:.2f})."
    )
    canvas = histogram(found, "confidence of an article's parse (steps shrink)")
    rows = tuple(zip(bin_names(found), map(numeral, found.counts), strict=True))
    return Figure(
        "parse-confidence", "Confidence of the parse", words, canvas, Table(("Confidence", "Articles"), rows)
    )


def _issues(study: Study) -> Figure:
    counts: Counter[str] = Counter(
        {str(code): many for code, many in counted(study.corpus["issues"]["code"]).items()}
    )
    order = sorted(counts, key=lambda code: (SEVERITIES.index(CODES[code]), -counts[code], code))
    styles = dict(zip(SEVERITIES, (STYLES[3], STYLES[1], STYLES[0]), strict=True))
    by_severity = Counter(study.corpus["issues"]["severity"].to_pylist())
    said = [f"{numeral(by_severity[one])} of severity {one}" for one in SEVERITIES if by_severity[one]]
    words = f"What was odd about captures: {together(said)}. The most frequent is {ranked(counts)[0][0]}."
    keys = [Key(one, styles[one]) for one in SEVERITIES if by_severity[one]]
    canvas = bars(
        [Bar(code, counts[code], numeral(counts[code]), styles[CODES[code]]) for code in order], keys
    )
    meanings = table("issues").column("code").values
    rows = tuple((code, CODES[code], numeral(counts[code]), meanings.get(code, "")) for code in order)
    head = ("Issue", "Severity", "Captures or places", "What it means")
    return Figure("issues", "Issues of the captures", words, canvas, Table(head, rows))
