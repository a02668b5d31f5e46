"""``builder merge``: the archive becomes tables of annotations and answers."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import click
from rich.text import Text

from builder.cli.options import Verb, dataset, json_option
from builder.cli.progress import Tell, progress_bar
from builder.cli.screen import columns, number, out, print_json, styled
from builder.contracts.catalogue import table

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.annotate.merging.merge import Summary
    from builder.run.annotation.merging import MergeReport

_EXAMPLES = """
builder merge
builder merge --json
python -c "import builder; print(builder.open().answers.groupby(['question', 'option']).size())"
"""
_STATUS = MappingProxyType({"merged": "green", "rejected": "bold red"})
_CURES: Mapping[str, str] = MappingProxyType(
    {
        "task_unknown": "Tasks were made or changed by hand: push what should be asked, then delete those.",
        "task_deleted": "Nothing, if that was meant. Else put the server's backup back and pull.",
        "annotation_deleted": "Nothing, if that was meant. Else put the server's backup back and pull.",
        "text_changed": "Ask again in a new round, or put back the capture that the text came from and build.",
        "config_unknown": "Put back data/rounds/ROUND/config.xml, then merge again.",
        "annotator_unknown": "The account was deleted: make it again and let the person answer again.",
        "imported": "Labels are given in the browser; have somebody answer these tasks.",
        "withdrawn": "Nothing: what was labelled was withdrawn, and stays away.",
        "malformed": "Something other than the browser wrote these: find out what, and let them be answered anew.",
        "empty": "Have them answered, or skipped.",
        "unknown_question": "The config was changed on the server: plan a new round with that config.",
        "missing_answer": "Open them in Label Studio, answer what is missing, submit, pull again.",
        "schema": "The config was changed on the server, or a script wrote this: answer anew, or plan a new round.",
        "offsets": "Mark these spans again in Label Studio, submit, pull again.",
    }
)


@click.command("merge", cls=Verb, epilog=_EXAMPLES)
@click.option(
    "--wait", type=click.FloatRange(min=0), default=0.0, help="Seconds to wait for another merge to end."
)
@json_option
def command(*, wait: float, as_json: bool) -> None:
    """Turn the archive into tables of tasks, annotations, answers, spans, suggestions, rejects and annotators.

    Needs no server. Every pulled version of every annotation is one row of annotations with one status, and
    those that are rejected have their reasons in rejects: pulled = merged + rejected + superseded + drafts +
    skipped. Annotators appear under pseudonyms.

    Exit code 0 also where answers were rejected: that is found in the data, and told.
    """
    from builder.core.lean import leave_pandas_out  # noqa: PLC0415 - the table libraries are loaded for work only
    from builder.core.memory import keep_freed_memory  # noqa: PLC0415
    from builder.run.annotation.merging import merge_archive  # noqa: PLC0415

    leave_pandas_out()
    keep_freed_memory()
    with progress_bar("Merging", wanted=not as_json) as tell:
        report = merge_archive(dataset(), _steps(tell) if tell else None, wait)
    if as_json:
        print_json(asdict(report.summary))
    else:
        _print(report)


def _steps(tell: Tell) -> "Callable[[int], None]":
    return lambda done: tell(done, 0, number(done, "version"))


def _print(report: "MergeReport") -> None:
    what = number(report.summary.pulled, "pulled version")
    here = Path.cwd()
    folder = report.folder.relative_to(here) if report.folder.is_relative_to(here) else report.folder
    out().print(Text.assemble(("Merged ", "bold green"), f"{what} into {folder}."), soft_wrap=True)
    out().print(columns(_statuses(report.summary), right=[0]))
    rejects = Counter(report.tables["rejects"]["reason"].to_pylist())
    if rejects:
        out().print(Text("\nRejected for (one may have several reasons)", "bold"))
        out().print(columns(_reasons(rejects), right=[0]))
    for said in _remarks(report):
        out().print(styled(f"  {said}", "yellow"))
    out().print(Text("\nNext", "bold"))
    out().print(Text.assemble("  progress by annotator  ", ("builder status", "cyan")))
    out().print(
        Text.assemble("  in Python              ", ("import builder; builder.open().answers", "cyan"))
    )


def _statuses(summary: "Summary") -> Iterator[tuple[str | Text, ...]]:
    meanings = table("annotations").column("status").values
    for status, count in asdict(summary).items():
        if status != "pulled":
            name = status.removesuffix("s")
            yield f"{count:,}", styled(name, _STATUS.get(name, "")), meanings[name]


def _reasons(rejects: Mapping[str, int]) -> Iterator[tuple[str | Text, ...]]:
    meanings = table("rejects").column("reason").values
    for reason, count in sorted(rejects.items(), key=lambda item: -item[1]):
        yield f"{count:,}", styled(reason, "red"), meanings[reason]
        yield "", "", styled(_CURES[reason], "cyan")


def _remarks(report: "MergeReport") -> Iterator[str]:
    annotations = report.tables["annotations"]
    others = sum(annotations["edited_by_other"].to_pylist())
    if others:
        yield (
            f"{number(others, 'version')} saved by somebody else than the annotator, or of another's task: "
            "see edited_by_other in annotations."
        )
    for name in report.unplanned:
        yield (
            f"The plan of round {name} is gone from data/rounds: if it had gold or settled disagreements, its answers "
            "count as any others now. Put back your copy of the folder, then merge again."
        )
    if report.unlisted:
        yield (
            f"{number(len(report.unlisted), 'annotator')} of the tasks not on the private list of annotators, so that "
            "the same people have other pseudonyms now. Put back your copy of data/private, then merge again."
        )
    suggested = annotations["origin"].to_pylist().count("suggestion")
    if suggested:
        yield f"{number(suggested, 'version')} that a model suggested and nobody changed: see origin."
