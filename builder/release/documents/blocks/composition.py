"""What is in the tables: rows, columns, gaps, links and threads."""

from collections.abc import Mapping

from builder.release.documents.counts.arrays import NOT_GIVEN, QUANTILES
from builder.release.documents.facts import Facts
from builder.release.documents.markdown import count, listed, percent, plain, table

_BOTH = ("articles", "comments")
_ALONE = (
    "Texts were taken to be in {}, the one language of the settings; one in another language is not told."
)
_QUANTILE_HEADS = ("least", "quarter below", "half below", "three quarters below", "most")


def instances(facts: Facts) -> str:
    """What a row of each table is."""
    rows = ((f"`{name}`", schema["description"]) for name, schema in facts.schemas.items())
    return table(("table", "what it holds"), rows)


def counts(facts: Facts) -> str:
    """Articles, comments and authors, by source too, and the rows of every table."""
    people = facts.counted["commenters"]
    said = [f"{count(facts.rows('articles'), 'article')} with {count(facts.rows('comments'), 'comment')}"]
    if people:
        said.append(
            f"{people['named']:,} of these signed by {count(people['authors'], 'author')}, "
            f"{people['lost']:,} whose author the captures lost"
        )
        said += (
            [f"{people['withdrawn']:,} withdrawn, of which only the place is left"]
            if people["withdrawn"]
            else []
        )
    by_source = table(
        ("source", "articles", "comments", "of lost authors", "authors"),
        (
            [row[k] for k in ("source", "articles", "comments", "lost", "authors")]
            for row in facts.counted["sources"]
        ),
    )
    by_table = table(("table", "rows"), ((f"`{name}`", facts.rows(name)) for name in facts.schemas))
    return f"{', '.join(said)}.\n\n{by_source}\n\n{by_table}"


def languages(facts: Facts) -> str:
    """Articles and comments by language; ``und`` is one that could not be determined."""
    counted = _by("language", facts.counted["languages"])
    named = tuple(facts.release.get("languages") or ())
    return f"{counted}\n\n{_ALONE.format(plain(named[0]))}" if counted and len(named) == 1 else counted


def years(facts: Facts) -> str:
    """Articles and comments by year."""
    found = facts.counted["years"]
    told = any(year != NOT_GIVEN for years in found.values() for year in years)
    return _by("year", found) if told else ""


def _by(head: str, found: Mapping[str, Mapping[str, int]]) -> str:
    names = [name for name in _BOTH if name in found]
    values = sorted({value for each in found.values() for value in each})
    rows = ([value, *(found[name].get(value, 0) for name in names)] for value in values)
    return table((head, *names), rows) if values else ""


def columns(facts: Facts) -> str:
    """How many columns each table has, and where they are described."""
    of = ", ".join(f"{len(schema['properties'])} in `{name}`" for name, schema in facts.schemas.items())
    where = "`codebook.md`" if facts.files else "`builder schema --markdown`"
    return f"Values of columns, each described in {where}: {of}."


def text_lengths(facts: Facts) -> str:
    """How long texts are."""
    found = {name: sizes for name, sizes in facts.counted["text_lengths"].items() if sizes}
    if not found:
        return "No text travels with these tables." if not facts.counted["text_lengths"] else ""
    rows = ([name, *(sizes[each] for each in QUANTILES)] for name, sizes in found.items())
    return "Characters of a text:\n\n" + table(("of", *_QUANTILE_HEADS), rows)


def missing(facts: Facts) -> str:
    """Columns that have no value in some rows."""
    rows = [
        (f"`{name}.{column}`", gaps, percent(gaps / shape["rows"]))
        for name, shape in facts.counted["tables"].items()
        for column, gaps in shape["missing"].items()
    ]
    return table(("column", "rows without a value", "share"), rows) if rows else "No value is missing."


def links(facts: Facts) -> str:
    """Which column refers to which table, and how often it leads nowhere."""
    rows = [
        (f"`{one['from']}`", f"`{one['to']}`", one["rows"], one["broken"]) for one in facts.counted["links"]
    ]
    return table(("column", "refers to", "rows that refer", "lead nowhere"), rows) if rows else "None."


def threads(facts: Facts) -> str:
    """How many comments an article has, and how far it is known which comment answers which."""
    found = facts.counted["threads"]
    if not found:
        return ""
    answers, sizes = found["answers"], found["comments_of_an_article"]
    known = (
        f"{count(answers, 'comment')} with the comment that it answers"
        if answers
        else ("Which comment answers which is told for none")
    )
    depths = sorted((int(depth), n) for depth, n in found["depths"].items() if depth != NOT_GIVEN)
    deep = {f"at depth {depth}": n for depth, n in depths}
    spread = (
        f" An article has {sizes['least']:,} to {sizes['most']:,} comments, half have {sizes['half']:,} or fewer;"
        if sizes
        else ""
    )
    without = f" {count(found['articles_without'], 'article')} without any comment." if sizes else ""
    return f"{known}.{f' Comments {listed(deep)}.' if deep else ''}{spread}{without}"
