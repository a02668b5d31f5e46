"""``builder suggest``: a model's answers prefill the tasks of a round."""

from typing import TYPE_CHECKING

import click
from rich.text import Text

from builder.cli.options import Verb, dataset, json_option
from builder.cli.pushed import resumable
from builder.cli.screen import columns, number, out, print_json, styled
from builder.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.labels.trial import Score
    from builder.run.annotation.suggesting import SuggestReport

_EXAMPLES = """
builder suggest --config comment_hostility
builder suggest --round second
builder push --config comment_hostility --round second --sample 200 --annotators ana,bo --suggest baseline
"""
_HEAD = (
    "question",
    "labels",
    "articles",
    "right",
    "95 % interval",
    "commonest",
    "gain",
    "95 % interval",
    "macro-F1",
    "",
)


@click.command("suggest", cls=Verb, epilog=_EXAMPLES)
@click.option(
    "--model",
    type=click.Choice(["baseline"]),
    default="baseline",
    show_default=True,
    help="Which model: baseline is TF-IDF and logistic regression, trained on what was merged.",
)
@click.option(
    "--round", "name", help="The round whose tasks get suggestions. Without one the model is only tried."
)
@click.option("--config", help="The labelling config whose questions are tried; a round knows its own.")
@json_option
def command(*, model: str, name: str | None, config: str | None, as_json: bool) -> None:  # noqa: ARG001 - there is one model so far
    """Try a model on the questions of a config, or give a round its suggestions.

    Suggestions are off unless asked for. A round that anybody has begun blind stays blind: two kinds of
    answers are never mixed in one round. What a round's tasks show is settled once and recorded in its plan
    and in data/rounds/ROUND/suggestions.json; the same command again sends what is missing on the server.

    The model learns each question for one option that is always asked, from the majority of blind answers.
    It is tried by cross-validation over articles, and beside always suggesting the commonest answer. It
    suggests nothing where the interval of its gain over that does not lie above zero.

    People take what is suggested more readily than they should. How much of it they took and changed is in the
    table suggestions after a merge, and in "builder quality".
    """
    from builder.run.annotation.configs import sound_config  # noqa: PLC0415 - loaded for work only
    from builder.run.annotation.suggesting import suggest_round, try_model  # noqa: PLC0415

    settings = dataset()
    if name is None:
        if config is None:
            raise UsageError("Say which round gets suggestions (--round), or what is tried (--config).")
        report = try_model(settings, sound_config(settings, config))
    else:
        from builder.annotate.server.connection import address, connect  # noqa: PLC0415

        _check_config(config, name)
        with resumable():
            report = suggest_round(settings, connect(address(settings)), name)
    if as_json:
        print_json(report.as_json())
    else:
        _print(report)


def _check_config(config: str | None, name: str) -> None:
    from builder.run.annotation.rounds import the_round  # noqa: PLC0415 - loaded for work only

    asks = the_round(dataset().rounds_dir, name).config
    if config not in (None, asks):
        raise UsageError(f"Round {name} asks {asks}, not {config}. Leave --config out.")


def _print(report: "SuggestReport") -> None:
    if report.round:
        said = f" shows suggestions of {report.model}: {number(report.sent, 'task')} got theirs now."
        out().print(Text.assemble((f"Round {report.round}", "bold green"), said), soft_wrap=True)
    else:
        out().print(
            Text.assemble(("Tried ", "bold green"), f"{report.model} on {report.config}; nothing was sent.")
        )
    out().print(
        columns([[Text(each, "dim") for each in _HEAD], *map(_row, report.scores)], right=range(1, 9))
    )
    for question, why in report.lacking.items():
        out().print(styled(f"  {question}: not learned: {why}", "yellow"), soft_wrap=True)
    out().print(Text.assemble(*_reading(report)), soft_wrap=True)


def _row(one: "Score") -> list[Text]:
    return [
        styled(one.question, "bold"),
        Text(f"{one.n:,}"),
        Text(f"{one.n_articles:,}"),
        Text(f"{100 * one.accuracy:.0f} %"),
        Text(f"{100 * one.low:.0f} to {100 * one.high:.0f}"),
        Text(f"{100 * one.majority:.0f} %"),
        Text(f"{100 * one.gain:+.0f}"),
        Text(f"{100 * one.gain_low:+.0f} to {100 * one.gain_high:+.0f}"),
        Text(f"{one.macro_f1:.2f}"),
        Text("suggested", "green") if one.better else Text("no better: not suggested", "yellow"),
    ]


def _reading(report: "SuggestReport") -> "Iterator[str | tuple[str, str]]":
    yield (
        "\nright: on articles that were not learned from. commonest: always the commonest answer.\n",
        "dim",
    )
    if report.round:
        yield "Send tasks that are not on the server yet: "
        yield (f"builder push --round {report.round}", "cyan")
    elif any(one.better for one in report.scores):
        yield "A new round with suggestions: "
        yield (f"builder push --config {report.config} --round NAME --suggest baseline", "cyan")
