"""``builder show``: a capture in the terminal, each line with what it was taken for."""

import click

from builder.cli.listing import print_lines, print_thread
from builder.cli.options import Verb, dataset, json_option, raw_option
from builder.cli.screen import print_json
from builder.core.places import Place

_EXAMPLES = """
builder show paper/2031-04/bridge.txt
builder show paper/2031-04/bridge.txt --comments
builder show a1b2c3d4e5f6a7b8c9d0e --json | jq '.lines[] | select(.probability < 0.8)'
"""


@click.command("show", cls=Verb, epilog=_EXAMPLES)
@click.argument("capture")
@click.option("--comments", is_flag=True, help="Show the comments as a thread instead of the lines.")
@raw_option
@json_option
def command(*, capture: str, comments: bool, raw: Place | None, as_json: bool) -> None:
    """Show a capture, each line with what it was taken for and how sure that is.

    CAPTURE is a capture's name, the path of any text file, or an article's id. It is parsed afresh; no tables
    are needed.
    """
    from builder.run.corpus.look import find_one, look  # noqa: PLC0415 - the table libraries are loaded for work only
    from builder.run.corpus.shard import build_shard  # noqa: PLC0415

    seen = look(find_one(raw or dataset().raw_dir, capture), build_shard)
    if as_json:
        print_json(seen.as_json())
    elif comments:
        print_thread(seen)
    else:
        print_lines(seen)
    raise click.exceptions.Exit(0 if seen.article else 1)
