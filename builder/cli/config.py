"""``builder config``: the labelling configs of a dataset."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click
from rich.text import Text

from builder.cli.options import Verb, dataset, json_option
from builder.cli.screen import columns, number, out, print_json, styled

if TYPE_CHECKING:
    from builder.annotate.lint.finding import Finding
    from builder.annotate.questionnaire.config import ConfigText
    from builder.annotate.questionnaire.questions import LabelConfig, Question

_SCHEMA = """
builder config schema
builder config schema comment_hostility
builder config schema --write
"""
_STYLES = {"error": "bold red", "warning": "yellow"}
names_argument = click.argument("names", metavar="[NAME]...", nargs=-1)


@click.group("config", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """List, check and derive from the labelling configs: NAME.xml, NAME.toml and NAME.md in annotation_configs/.

    A dataset that has none of its own uses those that come with the builder.
    """


@command.command("list", cls=Verb, epilog="builder config list\nbuilder config list --json | jq '.[].name'")
@json_option
def list_configs(*, as_json: bool) -> None:
    """List the configs: what they label, and what they ask."""
    from builder.annotate.questionnaire.config import read_config  # noqa: PLC0415 - loaded for work only

    configs = [read_config(text) for text in _texts(())]
    if as_json:
        print_json([{**_head(each), "questions": [q.name for q in each.questions]} for each in configs])
        return
    rows = ((each.name, each.unit_type, each.title, _names(each)) for each in configs)
    out().print(columns((styled(name, "bold"), unit, title, asks) for name, unit, title, asks in rows))


@command.command("lint", cls=Verb, epilog="builder config lint\nbuilder config lint comment_hostility")
@names_argument
@json_option
def lint(*, names: tuple[str, ...], as_json: bool) -> None:
    """Find faults in all configs, or those named.

    Faults are what Label Studio would take without a word, and what would hurt later.

    Exit code 1 if there is any error; warnings are only told.
    """
    from builder.annotate.lint.check import errors_in, findings_of  # noqa: PLC0415 - loaded for work only

    texts = _texts(names)
    found = [finding for text in texts for finding in findings_of(text)]
    if as_json:
        print_json({"configs": [text.name for text in texts], "findings": [asdict(each) for each in found]})
    else:
        for finding in found:
            out().print(columns(_finding(finding)))
        errors = len(errors_in(found))
        told = (
            f"{number(errors, 'error')} and {number(len(found) - errors, 'warning')}"
            if found
            else "Nothing wrong"
        )
        out().print(styled(f"{told} in {', '.join(text.name for text in texts)}.", "bold"))
    raise click.exceptions.Exit(1 if errors_in(found) else 0)


@command.command("schema", cls=Verb, epilog=_SCHEMA)
@names_argument
@click.option("--write", is_flag=True, help="Write the schemas to schemas/annotations.")
@click.option("--check", is_flag=True, help="Exit with 1 if those in schemas/annotations are others.")
@json_option
def schema(*, names: tuple[str, ...], write: bool, check: bool, as_json: bool) -> None:
    """Show or write the JSON Schemas of the answers to configs.

    With --write or --check, say which schemas in schemas/annotations are not what follows from their configs.
    """
    from builder.annotate.questionnaire.answer_schema import config_schema, is_current, write_schema  # noqa: PLC0415
    from builder.annotate.questionnaire.config import read_config  # noqa: PLC0415 - loaded for work only

    root, configs = dataset().root, [read_config(text) for text in _texts(names)]
    if not (write or check):
        shown = {each.name: config_schema(each) for each in configs}
        print_json(shown[configs[0].name] if len(names) == 1 else shown)
        return
    stale = [each for each in configs if not is_current(root, each)]
    for each in stale if write else ():
        write_schema(root, each)
    if as_json:
        print_json({"stale": [each.name for each in stale], "written": write})
    else:
        out().print(styled(_told([each.name for each in stale], write=write)))
    raise click.exceptions.Exit(1 if stale and not write else 0)


@command.command("show", cls=Verb, epilog="builder config show comment_hostility")
@click.argument("name")
@json_option
def show(*, name: str, as_json: bool) -> None:
    """Show what a config asks: questions, options, keys, conditions."""
    from builder.annotate.questionnaire.config import find_config  # noqa: PLC0415 - loaded for work only

    config = find_config(dataset().root, name)
    if as_json:
        print_json({**_head(config), "questions": [asdict(each) for each in config.questions]})
        return
    out().print(Text.assemble((config.name, "bold"), f"  {config.title}"))
    out().print(styled(f"labels a {config.unit_type}; sha256 {config.sha256}", "dim"), soft_wrap=True)
    out().print(columns(row for question in config.questions for row in _question(question)))


def _texts(names: Sequence[str]) -> "list[ConfigText]":
    from builder.annotate.questionnaire.config import config_texts, find_text  # noqa: PLC0415 - loaded for work only

    root = dataset().root
    return [find_text(root, name) for name in names] if names else list(config_texts(root).values())


def _head(config: "LabelConfig") -> dict[str, object]:
    kept = ("name", "title", "unit_type", "sha256", "fields")
    return {each: getattr(config, each) for each in kept}


def _names(config: "LabelConfig") -> str:
    return ", ".join(question.name for question in config.questions)


def _finding(finding: "Finding") -> Iterator[tuple[Text, Text]]:
    at = f"{finding.file}:{finding.line}" if finding.line else finding.file
    yield styled(finding.severity, _STYLES[finding.severity]), styled(f"{at}  {finding.place}", "bold")
    yield Text(), styled(f"{finding.what}. {finding.cure}.")


def _question(question: "Question") -> Iterator[tuple[Text, ...]]:
    marks: list[str] = [question.kind, *([] if question.scale == "nominal" else [question.scale])]
    marks += ["required"] if question.required else []
    if question.asked_when:
        marks.append(
            f"asked when {question.asked_when.question} is {' or '.join(question.asked_when.options)}"
        )
    yield Text(), Text(), Text()
    yield styled(question.name, "bold cyan"), styled(", ".join(marks), "dim"), styled(question.description)
    for option in question.options:
        words = f"{option.words}: {option.hint}" if option.hint else option.words
        yield styled(option.key, "bold"), styled(option.value, "green"), styled(words)


def _told(stale: Sequence[str], *, write: bool) -> str:
    if not stale:
        return "The schemas in schemas/annotations follow from their configs."
    if write:
        return f"Written to schemas/annotations: {', '.join(stale)}."
    cure = "To write them: builder config schema --write"
    return f"Out of date in schemas/annotations: {', '.join(stale)}. {cure}"
