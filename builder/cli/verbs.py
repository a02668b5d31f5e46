"""Which verbs there are; the work of a verb is imported when it is called."""

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType

import click

from builder.cli.screen import show_tracebacks
from builder.core.version import __version__

VERBS: Mapping[str, str] = MappingProxyType(
    {
        "build": "Build the tables from the raw captures.",
        "pack": "Pack many small captures into a few large files.",
        "show": "Show a capture, each line with what it was taken for.",
        "check": "Check the tables against their schemas and the raw captures.",
        "status": "Show what there is at each stage of the line.",
        "config": "List, check and derive from the labelling configs.",
        "studio": "Run a Label Studio of your own.",
        "push": "Send a round of annotation tasks to Label Studio.",
        "gold": "Keep the units whose right answers are known.",
        "rounds": "List, close and widen rounds of annotation.",
        "pull": "Fetch and archive what annotators did.",
        "merge": "Turn the archive into tables of annotations and answers.",
        "agreement": "Show how far annotators agree, question by question.",
        "aggregate": "Make one label of several answers, with its uncertainty.",
        "adjudicate": "Have disagreements settled in Label Studio.",
        "quality": "Show how each annotator works, with warnings and their evidence.",
        "suggest": "Send a model's suggestions with the tasks of a round.",
        "report": "Write report.html: the dataset, its labels and their quality.",
        "release": "Cut a version that others can cite, check and load.",
        "diff": "Show what is different between two releases.",
        "verify": "Check that a release is what it says it is.",
        "key": "Make, change and show the key of a dataset's pseudonyms.",
        "rehydrate": "Put the texts back into an open release, from your own captures.",
        "publish": "Copy a release to a store, and verify what arrived.",
        "withdraw": "Take back what somebody wrote, from server, archive and later releases.",
        "purge": "Take out of a release what was withdrawn after it.",
        "export": "Write the tables in the form of another program.",
        "migrate": "Lift tables and archive of an older version of the schemas.",
        "schema": "Show what the tables and their columns mean.",
        "datasheet": "Write DATASHEET.md, and show what nobody has answered.",
        "init": "Lay out a new dataset repository.",
        "eval": "Score the parser on captures with known answers.",
        "train": "Train the parser's weights.",
    }
)
"""Each verb with its line of help; its command is ``command`` in the module of its name."""


class _Verbs(click.Group):
    """The verbs, in the order in which a person meets them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return [verb for verb in VERBS if find_spec(_module(verb)) is not None]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(_module(cmd_name)).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(verb, VERBS[verb]) for verb in self.list_commands(ctx)])


def _module(verb: str) -> str:
    return f"builder.cli.{verb}"


@click.command(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="builder")
@click.option(
    "--debug", is_flag=True, help="Show the traceback of an unexpected error (or set BUILDER_DEBUG=1)."
)
def builder(*, debug: bool) -> None:
    """Raw captures of news articles with their reader comments become tables.

    Start with "builder build". Every command has examples: "builder build --help".

    Exit codes: 0 all well, 1 something was found or could not be done, 2 wrong usage, 70 a bug.
    """
    if debug:
        show_tracebacks()
