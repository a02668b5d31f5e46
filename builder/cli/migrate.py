"""``builder migrate``: tables and archive of an older version become this builder's."""

from dataclasses import asdict

import click
from rich.text import Text

from builder.cli.options import Verb, dataset, json_option
from builder.cli.screen import columns, number, out, print_json, styled

_EXAMPLES = """
builder migrate --dry-run
builder migrate
builder migrate --json | jq '.lifted[] | {folder, table, before, after}'
"""


@click.command("migrate", cls=Verb, epilog=_EXAMPLES)
@click.option("--dry-run", is_flag=True, help="Say what would be lifted, change nothing.")
@json_option
def command(*, dry_run: bool, as_json: bool) -> None:
    """Lift tables and archive that an older builder wrote to the versions of the schemas that this one has.

    Built tables, merged tables, every label set and the lines of the archive are looked at. Within the first
    number of a version the law of change (schemas/README.md) is enough: new columns are null. Over a first number
    leads a written step, or the tables are refused with what to do instead. A folder is replaced at one stroke
    when its new tables are whole; releases are never changed.
    """
    from builder.run.releasing.migrating import migrate  # noqa: PLC0415 - the table libraries are loaded for work only

    done = migrate(dataset(), dry=dry_run)
    if as_json:
        print_json({"lifted": [asdict(one) for one in done], "dry_run": dry_run})
        return
    if not done:
        out().print("Nothing to lift: all is of the versions that this builder has.")
        return
    head = "Would lift " if dry_run else "Lifted "
    out().print(Text.assemble((head, "bold green"), f"{number(len(done), 'table')}."))
    rows = [
        (styled(one.folder, "bold"), one.table, f"{one.before} to {one.after}", number(one.rows, "row"))
        for one in done
    ]
    out().print(columns(rows, right=[3]))
