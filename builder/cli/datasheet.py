"""``builder datasheet``: DATASHEET.md from the tables and from what people answered."""

import click

from builder.cli.options import Verb, dataset_here, json_option, tables_option
from builder.cli.screen import columns, out, print_json, styled
from builder.core.mirror import tables_at_hand
from builder.core.places import Place

_EXAMPLES = """
builder datasheet
builder datasheet --write
builder datasheet --check
"""


@click.command("datasheet", cls=Verb, epilog=_EXAMPLES)
@click.option("--write", is_flag=True, help="Write DATASHEET.md.")
@click.option("--check", is_flag=True, help="Exit with 1 if DATASHEET.md tells otherwise.")
@tables_option
@json_option
def command(*, write: bool, check: bool, tables: Place | None, as_json: bool) -> None:
    """Show which questions about the dataset are answered; with --write, write DATASHEET.md.

    What can be counted is counted from the tables, the merged annotations and the label sets (with --tables, from the
    tables of that folder alone). What only people know comes from answers.yaml.
    """
    from builder.release.documents.datasheet import answered, datasheet, tally  # noqa: PLC0415 - loaded for work only
    from builder.run.releasing.datasheet import gathered, read_datasheet, stale, write_datasheet  # noqa: PLC0415

    settings = dataset_here()
    facts = gathered(settings, tables_at_hand(tables, settings.scratch_dir) if tables else None)
    text = datasheet(facts)
    behind = stale(read_datasheet(settings), text)
    if write and behind:
        write_datasheet(settings, text)
    by_whom = answered(facts)
    if as_json:
        print_json({"tally": tally(facts), "answered": by_whom, "stale": behind, "counted": facts.counted})
    else:
        out().print(styled(tally(facts).capitalize()))
        _show_unanswered([name for name, who in by_whom.items() if who is None])
        if write or check:
            _show_written(behind, write=write)
    raise click.exceptions.Exit(1 if check and behind and not write else 0)


def _show_unanswered(names: list[str]) -> None:
    from builder.release.documents.questions import questions  # noqa: PLC0415 - loaded for work only

    if names:
        out().print("\nNot answered yet; write into answers.yaml:")
        asked = {question.id: question.title for question in questions()}
        out().print(columns((styled(name, "cyan"), styled(asked[name], "dim")) for name in names))


def _show_written(behind: tuple[str, ...], *, write: bool) -> None:
    out().print()
    if write and behind:
        out().print(styled(f"DATASHEET.md is written; told otherwise than before: {', '.join(behind)}."))
    elif behind:
        out().print(
            styled(
                f"DATASHEET.md is out of date: {', '.join(behind)}. To write it: builder datasheet --write"
            )
        )
    else:
        out().print("DATASHEET.md is up to date.")
