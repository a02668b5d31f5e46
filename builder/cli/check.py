"""``builder check``: whether the tables say what their schemas and the raw captures say."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import click
from rich.text import Text

from builder.cli.options import Verb, dataset, dataset_here, json_option, raw_option, tables_option
from builder.cli.progress import progress_bar
from builder.cli.screen import columns, number, out, print_json, styled
from builder.core import plural
from builder.core.places import Place

if TYPE_CHECKING:
    from builder.contracts.faults import Fault
    from builder.run.corpus.verify import Verdict

_EXAMPLES = """
builder check
builder check --tables elsewhere/tables --raw other/captures
builder check --tables s3://corpora.example/tables
builder check --json | jq .faults
"""


@click.command("check", cls=Verb, epilog=_EXAMPLES)
@tables_option
@raw_option
@json_option
def command(*, tables: Place | None, raw: Place | None, as_json: bool) -> None:
    """Check the tables: types, keys, references and counts, then offsets and hashes against the raw captures.

    The merged tables of annotations and the label sets are checked too, unless --tables names other tables.

    Exit code 1 if there is any fault.
    """
    from builder.core.lean import leave_pandas_out  # noqa: PLC0415
    from builder.core.mirror import tables_at_hand  # noqa: PLC0415
    from builder.run.corpus.verify import verify  # noqa: PLC0415
    from builder.run.labels.checking import verify_annotation  # noqa: PLC0415 - the table libraries are loaded for work only

    settings = dataset() if tables else dataset_here()
    leave_pandas_out()
    with progress_bar("Reading captures again", wanted=not as_json) as tell:
        place = tables or settings.tables_place
        folder = tables_at_hand(place, settings.scratch_dir)
        found = verify(folder, raw, tell and (lambda done, of: tell(done, of, "")))
    verdict = replace(found, tables=place)
    further = () if tables else verify_annotation(settings)
    sound = not any(one.faults for one in (verdict, *further))
    if as_json:
        print_json({**verdict.as_json(), "annotation": [one.as_json() for one in further], "ok": sound})
    else:
        for one in (verdict, *further):
            _print(one)
    raise click.exceptions.Exit(0 if sound else 1)


def _print(verdict: "Verdict") -> None:
    for fault in verdict.faults:
        out().print(styled(f"{fault.place}: {fault.check}, {number(fault.count, 'time')}", "bold red"))
        out().print(columns(_details(fault), indent=4))
    rows = ", ".join(plural.rows(count, name) for name, count in verdict.rows.items())
    if verdict.faults:
        out().print()
        out().print(styled(f"{number(len(verdict.faults), 'fault')} in {verdict.tables} ({rows}).", "bold"))
    else:
        against = f", and so say the captures in {verdict.raw}" if verdict.raw else ""
        out().print(Text.assemble(("All well ", "bold green"), f"in {verdict.tables}: {rows}{against}."))
    if verdict.raw_missing:
        said = f"The raw captures are not at {verdict.raw_missing}, so the tables were not held against them."
        out().print(styled(f"{said} Where they are: builder check --raw DIR", "yellow"))


def _details(fault: "Fault") -> Iterator[tuple[str, str]]:
    for example in fault.examples:
        yield "for example", str(example)
    yield "cure", fault.cure
