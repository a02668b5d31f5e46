"""What a person reads after a build."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from builder.cli.screen import SEVERITY_STYLES, columns, harmless, near, number, out, size, styled
from builder.contracts.catalogue import table
from builder.core.issues import CODES, SEVERITIES
from builder.core.loose import source_of
from builder.core.plural import few
from builder.run.corpus.report import BuildReport, Redone
from builder.tables.figures import Doubt

_SURE = 0.995
"""From here on a confidence reads as 1.00."""


def print_summary(report: BuildReport) -> None:
    """Print the summary of a build: what was found, what is odd, what to look at, what to do next."""
    out().print(Group(*(part for chapter in _chapters(report) for part in chapter)), soft_wrap=True)


def _chapters(report: BuildReport) -> Iterator[tuple[RenderableType, ...]]:
    yield (_headline(report), Text(), columns(_rows(report), right=[0]))
    if report.redone.written and report.redone.shards > report.redone.shards_parsed:
        yield (styled(f"  {_kept(report.redone)}", "dim"),)
    yield tuple(styled(f"  {said}", "dim") for said in _remarks(report))
    if report.issues:
        yield (_title("Issues"), columns(_issues(report), right=[0]))
        yield tuple(_where(report))
    if report.errors:
        yield (_title("Errors"), columns((styled(name, "bold"), said) for name, said in report.errors))
    doubts = [doubt for doubt in report.least_confident if doubt.confidence < _SURE]
    if doubts:
        yield (_title("Least confident captures"), *map(_doubt, doubts))
    if report.ids is not None:
        yield (_title("Ids since the last build"), columns(_ids(report), right=[1, 3, 5, 7]))
    yield (_title("Next"), *_next(report))


def _headline(report: BuildReport) -> Text:
    done = f"{number(report.captures, 'capture')} ({size(report.bytes)}) in {report.seconds:.1f} s"
    if not report.redone.written:
        tables = (f"{near(report.tables)}", "bold")
        return Text.assemble(("Nothing has changed ", "bold green"), "since ", tables, f" was built; {done}.")
    return Text.assemble(("Built ", "bold green"), (f"{near(report.tables)}", "bold"), f" from {done}.")


def _remarks(report: BuildReport) -> Iterator[str]:
    if report.remark:
        yield report.remark
    if report.ignored:
        ends = "does not end" if report.ignored == 1 else "do not end"
        named = few(report.passed_over, report.ignored)
        yield f"Passed over {number(report.ignored, 'file')} that {ends} in .txt: {named}."
    if report.at_top:
        lie = "lies" if report.at_top == 1 else "lie"
        where = f"{number(report.at_top, 'capture')} {lie} right in {near(report.raw)}"
        yield f"{where}, so the source is called '{source_of(report.raw)}'. A source is a folder in there."


def _kept(redone: Redone) -> str:
    anew = f"{number(redone.captures_parsed, 'capture')} in {number(redone.shards_parsed, 'shard')}"
    return f"Parsed {anew} of {redone.shards:,}; the others were kept from earlier builds."


def _rows(report: BuildReport) -> Iterator[tuple[str, str, str]]:
    named, lost = report.comments_named, report.comments_lost
    copies = {name: _copies(count) for name, count in report.copies.items()}
    said = f"{named:,} with a named author, {lost:,} whose author is lost"
    about = {
        "articles": copies["articles"],
        "comments": "; ".join(filter(None, (said, copies["comments"]))),
        "authors": "different names, counted source by source",
        "segments": "every character of every capture",
        "issues": "" if report.rows["issues"] else "nothing odd",
    }
    for name, count in report.rows.items():
        yield f"{count:,}", name[:-1] if count == 1 else name, about.get(name, "")


def _copies(count: int) -> str:
    few = {0: "", 1: "1 copy of another"}
    return few.get(count, f"{count:,} copies of others")


def _issues(report: BuildReport) -> Iterator[tuple[str | Text, ...]]:
    meanings = table("issues").column("code").values
    for severity in SEVERITIES:
        for code, count in report.issues.items():
            if CODES[code] == severity:
                yield f"{count:,}", styled(severity, SEVERITY_STYLES[severity]), code, meanings[code]


def _where(report: BuildReport) -> Iterator[Text]:
    """The first captures of each code; no line is folded, so that each name can be copied."""
    for code, of in report.noticed.items():
        yield styled(f"  {code}: {few(of.first, of.captures)}", "dim")
    yield styled("  all of them, file by file: builder status --issues", "dim")


def _doubt(doubt: Doubt) -> Text:
    return styled(f"  {doubt.confidence:.2f}  {number(doubt.n_comments, 'comment'):>13}  {doubt.capture}")


def _ids(report: BuildReport) -> Iterator[tuple[str, ...]]:
    for name, ids in (report.ids or {}).items():
        counts = {"stayed": ids.stayed, "moved": ids.moved, "went": ids.went, "new": ids.new}
        yield name, *(cell for word, count in counts.items() for cell in (f"{count:,}", word))


def _next(report: BuildReport) -> Iterator[Text]:
    """What to do next; no line is folded, so that each can be copied."""
    capture = report.least_confident[0].capture if report.least_confident else "CAPTURE"
    for about, command in (
        ("a capture, line by line     ", f"builder show {_quoted(capture)}"),
        ("held against its schemas    ", "builder check"),
        ("in Python                   ", "import builder; builder.open().comments"),
    ):
        yield Text.assemble("  ", about, (harmless(command), "cyan"))


def _title(text: str) -> Text:
    return Text(f"\n{text}", "bold")


def _quoted(capture: str) -> str:
    plain = all(character.isalnum() or character in "/._-" for character in capture)
    return capture if plain else f"'{capture}'"
