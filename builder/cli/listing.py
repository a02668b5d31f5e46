"""A capture on the screen: its lines with their kinds, or its comments as a thread."""

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from builder.cli.screen import KIND_STYLES, SEVERITY_STYLES, columns, number, out, styled
from builder.run.corpus.look import Look
from builder.tables.lines import BLANK, Line

_DOUBTFUL = 0.8
_LOST = "lost author"
_PAGE = 50
"""Lines that are laid out and printed at a time, so that the first ones are there at once."""


def print_lines(look: Look) -> None:
    """Print each line with its number, kind and probability; blank lines as the gap that they make."""
    _print_head(look)
    width = len(str(look.lines[-1].number)) if look.lines else 1
    rows = _rows(look.lines)
    while page := list(islice(rows, _PAGE)):
        out().print(_side_by_side(page, width))
    _print_issues(look)


def _rows(lines: Iterable[Line]) -> Iterator[tuple[Text, ...]]:
    for kind, group in groupby(lines, key=lambda line: line.kind):
        same = list(group)
        yield from [_gap(same)] if kind == BLANK else map(_line, same)


def _side_by_side(rows: Iterable[tuple[Text, ...]], width: int) -> Table:
    """Some rows; their columns are as wide as those of all others."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", width=width)
    table.add_column(width=max(map(len, KIND_STYLES)))
    table.add_column(justify="right", width=4)
    table.add_column(overflow="fold", ratio=1)
    for row in rows:
        table.add_row(*row)
    return table


def print_thread(look: Look) -> None:
    """Print the comments in order, indented by their depth, each with author, place and confidence."""
    _print_head(look)
    for row in look.comments:
        for part in _comment(row):
            out().print(Padding(part, (0, 0, 0, 4 * (row["depth"] or 0))))
    _print_issues(look)


def _print_head(look: Look) -> None:
    out().print(styled(look.capture, "bold"))
    if look.article is None:
        return
    article = look.article
    counts = f"{number(article['n_paragraphs'], 'paragraph')}, {number(article['n_comments'], 'comment')}"
    lost = f" ({article['n_unattributed']} of lost authors)" if article["n_unattributed"] else ""
    about = f"{article['encoding']}, {article['layout']}, confidence {article['parse_confidence']:.2f}"
    out().print(styled(f"{article['article_id']}  {counts}{lost}  {about}", "dim"))
    out().print()


def _print_issues(look: Look) -> None:
    if look.issues:
        out().print()
        out().print(columns(map(_issue, look.issues)))


def _line(line: Line) -> tuple[Text, ...]:
    sure = "default" if line.probability >= _DOUBTFUL else "bold yellow"
    style = KIND_STYLES[line.kind]
    return (
        Text(f"{line.number}", "dim"),
        Text(line.kind, style),
        Text(f"{line.probability:.2f}", sure),
        styled(line.text.strip(), style),
    )


def _gap(lines: list[Line]) -> tuple[Text, ...]:
    count = len(lines)
    return (
        Text(),
        Text("·" * min(count, 9), "dim"),
        Text(),
        Text(f"{count} blank lines" if count > 1 else "", "dim"),
    )


def _comment(row: dict[str, Any]) -> Iterator[RenderableType]:
    named = row["author_name"] is not None
    author = styled(row["author_name"] or _LOST, KIND_STYLES["author"] if named else "italic dim")
    sure = f"{row['parse_confidence']:.2f}"
    yield Text.assemble(
        (f"{row['position'] + 1:>3}  ", "dim"), author, (f"  {sure}  {row['comment_id']}", "dim")
    )
    for paragraph in row["text"].split("\n\n"):
        yield Padding(styled(paragraph.replace("\n", " ")), (0, 0, 0, 5))
    yield Text()


def _issue(row: dict[str, Any]) -> tuple[Text, str, str]:
    return styled(row["severity"], SEVERITY_STYLES[row["severity"]]), row["code"], said_of(row)


def said_of(issue: dict[str, Any]) -> str:
    """The message of an issue, with its place."""
    where = "" if issue["char_start"] is None else f" (at character {issue['char_start']:,})"
    return f"{issue['message']}{where}"
