"""``builder schema``: what the tables and their columns mean."""

from collections.abc import Iterator

import click
from rich.text import Text

from builder.cli.options import Verb, json_option
from builder.cli.screen import columns, out, print_json, styled
from builder.contracts.catalogue import RECORDS, TABLES, Column, Table, schema, table
from builder.contracts.codebook import codebook_markdown

_EXAMPLES = """
builder schema
builder schema comments
builder schema --markdown > CODEBOOK.md
builder schema comments --json | jq .properties.text
"""


@click.command("schema", cls=Verb, epilog=_EXAMPLES)
@click.argument("name", metavar="[TABLE]", required=False, type=click.Choice([*TABLES, *RECORDS]))
@click.option("--markdown", is_flag=True, help="Print the codebook of all tables in Markdown.")
@json_option
def command(*, name: str | None, markdown: bool, as_json: bool) -> None:
    """Show what the tables and their columns mean; with TABLE, one of them in full."""
    names = [name] if name else [*TABLES, *RECORDS]
    if markdown:
        if name:
            raise click.UsageError("The Markdown codebook has all tables: leave the name out.")
        out().file.write(codebook_markdown())
    elif as_json:
        print_json(schema(name) if name else {each: schema(each) for each in names})
    elif name:
        _print_table(table(name))
    else:
        out().print(columns((styled(each, "bold"), table(each).description) for each in names))


def _print_table(known: Table) -> None:
    out().print(styled(f"{known.name} {known.version}", "bold"))
    out().print(styled(known.description))
    if known.key:
        out().print(styled(f"Key: {', '.join(known.key)}", "dim"))
    out().print()
    out().print(columns(row for column in known.columns for row in _rows(column)))


def _rows(column: Column) -> Iterator[tuple[Text, ...]]:
    kind = f"{column.arrow}{' or null' if column.nullable else ''}"
    marks = f"{column.tier}{', derived' if column.derived else ''}"
    yield styled(column.name, "bold cyan"), Text(f"{kind}\n{marks}", "dim"), styled(column.description)
    for value, meaning in column.values.items():
        yield Text(), styled(value, "green"), styled(meaning)
