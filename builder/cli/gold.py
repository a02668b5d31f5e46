"""``builder gold``: the units whose right answers are known."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from builder.cli.options import Verb, dataset, json_option
from builder.cli.screen import columns, number, out, print_json, styled

if TYPE_CHECKING:
    from builder.annotate.planning.gold import GoldTable
    from builder.annotate.questionnaire.questions import LabelConfig

_ADD = """
builder gold add --config comment_hostility
builder gold add --config comment_hostility c0123456789abcdef0123 --reason "a slur by the codebook, section 2"
"""
_CHECK = """
builder gold check
builder gold check --record
builder gold check --json | jq '.configs[] | {name, units}'
"""


@click.group("gold", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Keep the units whose right answers are known: "builder push --gold N" mixes them among the others.

    They lie in data/gold/CONFIG.jsonl, a line of JSON each, which people may write by hand:

    {"unit_id": "c...", "answers": {"hostility": "rude", ...}, "reason": "why that is right"}

    The answers are held against schemas/annotations/CONFIG.schema.json, the unit against the tables.
    """


@command.command("add", cls=Verb, epilog=_ADD)
@click.argument("units", metavar="[UNIT]...", nargs=-1)
@click.option("--config", "name", required=True, help="The labelling config whose questions they answer.")
@click.option("--reason", help="Why the answers are right. Default: who settled them.")
@json_option
def add(*, units: tuple[str, ...], name: str, reason: str | None, as_json: bool) -> None:
    """Make gold of settled answers.

    Of the units named, or else of all that an adjudicator settled.
    A unit counts as settled by an adjudicator's answer, or where two annotators or more all say the same.
    """
    from builder.run.annotation.configs import sound_config  # noqa: PLC0415 - loaded for work only
    from builder.run.annotation.gold import add_gold, gold_file  # noqa: PLC0415

    settings = dataset()
    added = add_gold(settings, sound_config(settings, name), units, reason)
    if as_json:
        print_json({"config": name, "added": [one.unit_id for one in added]})
        return
    file = gold_file(settings, name).relative_to(settings.root)
    out().print(
        styled(f"{number(len(added), 'unit')} added to {file}. Read the lines, then commit the file.")
    )


@command.command("check", cls=Verb, epilog=_CHECK)
@click.option("--record", is_flag=True, help="Write to new lines which text their answers are about.")
@json_option
def check(*, record: bool, as_json: bool) -> None:
    """Show how much gold there is, and all that is wrong with it.

    Exit code 1 if anything is.
    """
    from builder.annotate.questionnaire.config import config_texts, read_config  # noqa: PLC0415 - loaded for work only
    from builder.run.annotation.gold import gold_file, gold_table, record_texts  # noqa: PLC0415

    settings = dataset()
    configs = [read_config(text) for text in config_texts(settings.root).values()]
    with_gold = [one for one in configs if gold_file(settings, one.name).is_file()]
    sound = [one for one in with_gold if record and not gold_table(settings, one).faults]
    recorded = sum(record_texts(settings, one) for one in sound)
    found = [(one, gold_table(settings, one)) for one in with_gold]
    faults = [fault for _, table in found for fault in table.faults]
    if as_json:
        print_json({"configs": [_values(*one) for one in found], "faults": faults, "recorded": recorded})
    else:
        _print(found, faults, recorded)
    raise click.exceptions.Exit(1 if faults else 0)


def _values(config: "LabelConfig", table: "GoldTable") -> dict[str, Any]:
    return {"name": config.name, "units": [one.unit_id for one in table.units], "faults": len(table.faults)}


def _print(found: "Sequence[tuple[LabelConfig, GoldTable]]", faults: Sequence[str], recorded: int) -> None:
    if not found:
        out().print("No gold yet. See: builder gold --help")
        return
    rows = [
        (
            styled(config.name, "bold"),
            number(len(table.units), "unit"),
            f"{_open(table)} without a recorded text",
        )
        for config, table in found
    ]
    out().print(columns(rows, right=[1]))
    if recorded:
        out().print(
            styled(f"  Which text the answers are about is now written in {number(recorded, 'line')}.")
        )
    for fault in faults:
        out().print(styled(fault, "red"), soft_wrap=True)
    out().print(Text("Nothing wrong.", "bold") if not faults else Text(f"{len(faults)} wrong.", "bold red"))


def _open(table: "GoldTable") -> int:
    return sum(one.text_sha256 is None for one in table.units)
