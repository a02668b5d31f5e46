"""What several verbs share: the dataset they work on, options of one meaning, examples in their help."""

from pathlib import Path

import click

from builder.core.capturefile import MOST
from builder.core.errors import UsageError
from builder.core.places import Place, place_of
from builder.core.settings import Settings
from builder.core.settings_file import find_settings

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")


class _PlaceType(click.ParamType[Place]):
    """A path, or a URL that fsspec knows how to reach."""

    name = "path or url"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Place:
        """The place that was named; an empty name, such as an unset variable of a shell gives, is refused."""
        if not value:
            self.fail("it is empty; name a folder or a URL.", param, ctx)
        return place_of(str(value))


PLACE = _PlaceType()
tables_option = click.option("--tables", type=PLACE, help="Folder of the tables, or their URL.")
raw_option = click.option(
    "--raw", type=PLACE, help="Folder of raw captures, or one capture; or the URL of either."
)
largest_option = click.option(
    "--max-capture-bytes",
    "largest",
    type=click.IntRange(1, MOST),
    help="Bytes that a capture may have. Default: max_capture_bytes of the dataset, 48,000,000.",
)


class Verb(click.Command):
    """A command whose epilog is a list of examples, printed line by line as it stands."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the examples."""
        with formatter.section("Examples"):
            for line in (self.epilog or "").strip().splitlines():
                formatter.write(f"  {line.strip()}\n")


def dataset() -> Settings:
    """The settings of the dataset that the current folder lies in."""
    return find_settings(Path.cwd())


def dataset_here() -> Settings:
    """The same, for who works on nothing but it; ``UsageError`` where there is none."""
    settings = dataset()
    places = (settings.raw_dir, settings.tables_place)
    if not settings.declared and not any(isinstance(place, Path) and place.is_dir() for place in places):
        raise UsageError(
            f"There is no dataset here: no [tool.builder] in a pyproject.toml in {settings.root} or above it. "
            "Go to one (cd), or lay one out: builder init DIR"
        )
    return settings
