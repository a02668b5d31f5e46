"""``builder datasheet``: the counted facts of DATASHEET.md."""

from pathlib import Path

import click

from builder.cli.options import Verb, dataset, json_option, tables_option
from builder.cli.screen import columns, out, print_json, styled

_EXAMPLES = """
builder datasheet
builder datasheet --write
builder datasheet --check
"""


@click.command("datasheet", cls=Verb, epilog=_EXAMPLES)
@click.option("--write", is_flag=True, help="Fill the facts into DATASHEET.md.")
@click.option("--check", is_flag=True, help="Exit with 1 if DATASHEET.md tells otherwise.")
@tables_option
@json_option
def command(*, write: bool, check: bool, tables: Path | None, as_json: bool) -> None:
    """Show what is counted of the tables; with --write, fill it in between the markers of DATASHEET.md.

    A marker is <!-- counted:NAME --> ... <!-- /counted -->, anywhere in the text.
    """
    from builder.run.corpus.datasheet import facts, filled, read_datasheet, stale, write_datasheet  # noqa: PLC0415

    settings = dataset()
    file = settings.root / "DATASHEET.md"
    known = facts(tables or settings.tables_dir)
    text = read_datasheet(file) if write or check else ""
    behind = stale(text, known)
    if write and behind:
        write_datasheet(file, filled(text, known))
    if as_json:
        print_json({"facts": known, "stale": behind})
    elif write or check:
        said = "filled in" if write else "out of date; to fill them in: builder datasheet --write"
        out().print(
            styled(f"{file.name}: {', '.join(behind)} {said}" if behind else f"{file.name} is up to date.")
        )
    else:
        out().print(columns((styled(name, "bold"), *_lines(fact)) for name, fact in known.items()))
    raise click.exceptions.Exit(1 if check and behind and not write else 0)


def _lines(fact: str) -> tuple[str, ...]:
    return (fact,) if "\n" not in fact else ("a table; see --json",)
