"""``builder rehydrate``: the texts put back into an open release."""

from collections import Counter
from pathlib import Path

import click
from rich.text import Text

from builder.cli.options import PLACE, Verb, dataset, json_option
from builder.cli.screen import columns, number, out, print_json, styled
from builder.core.places import Place

_EXAMPLES = """
builder rehydrate 1.0.0 --raw my/captures --out my/tables
builder rehydrate my-threads-open-1.0.0 --raw my/captures --out my/tables --json | jq .reasons
python -c "import pandas; print(pandas.read_parquet('my/tables/comments.parquet').text)"
"""


@click.command("rehydrate", cls=Verb, epilog=_EXAMPLES)
@click.argument("release", metavar="RELEASE")
@click.option(
    "--raw",
    required=True,
    type=PLACE,
    help="Folder of your own raw captures, or its URL.",
)
@click.option(
    "--out", "folder", required=True, type=click.Path(path_type=Path, file_okay=False), help="A new folder."
)
@json_option
def command(*, release: str, raw: Place, folder: Path, as_json: bool) -> None:
    """Join a release of tier open, which has no text, with raw captures that you hold.

    A capture is known by its bytes: their SHA-256 is in the articles table, wherever your file lies and whatever
    it is called. The segments table says where each text stands in it. So no key is needed, the text is letter for
    letter that of the capture, and the spans of the labels fit it. It names people, as your captures do.

    RELEASE is a folder, a URL, or a version of the dataset at hand. All tables of the release are written, with the
    columns of text filled where the capture was found.
    Exit code 1 if some was not.
    """
    from builder.run.releasing.afar import release_at_hand  # noqa: PLC0415
    from builder.run.releasing.places import release_at  # noqa: PLC0415
    from builder.run.releasing.rehydrating import rehydrate  # noqa: PLC0415 - the table libraries are loaded for work only

    settings = dataset()
    with release_at_hand(release_at(settings, release, first="open"), settings.scratch_dir) as home:
        done = rehydrate(home, raw, folder)
    if as_json:
        print_json(done.as_json())
    else:
        out().print(
            Text.assemble(
                ("Joined ", "bold green"),
                f"{done.articles:,} of {number(done.of_articles, 'article')} and {done.comments:,} of "
                f"{number(done.of_comments, 'comment')} with their text, in {done.out}.",
            )
        )
        for reason, count in Counter(one.reason for one in done.problems.values()).items():
            out().print(styled(f"{reason}: {number(count, 'article')}", "yellow"))
            some = [(name, one.message) for name, one in done.problems.items() if one.reason == reason]
            out().print(columns(some[:3], indent=4))
    raise click.exceptions.Exit(1 if done.problems else 0)
