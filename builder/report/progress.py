"""The chapter about progress: what was asked in each round, and what became of it."""

from collections.abc import Iterator

from builder.report.bars import Stack, stacks
from builder.report.figure import Figure, Section, Table, figures_html, to_come
from builder.report.legend import Key
from builder.report.markup import Html, data_table
from builder.report.palette import OPEN, STYLES
from builder.report.study import Round, Share, Study, slug
from builder.report.words import number, numeral, percent
from builder.report.work import answered_tasks

_KEYS = (
    Key("done", STYLES[0]),
    Key("skipped", STYLES[1]),
    Key("rejected", STYLES[3]),
    Key("in draft", STYLES[2]),
    Key("open", OPEN),
)


def progress_section(study: Study) -> Section:
    """The rounds, and for each the progress of its annotators."""
    if not study.rounds and study.labels is None:
        return to_come(
            "progress", "Progress", "No round of annotation was planned yet.", "builder push --help"
        )
    parts = [_rounds(study.rounds)] if study.rounds else []
    if study.labels is None:
        lead = "Rounds were planned; nothing came back yet. To fetch what annotators did: builder pull, builder merge."
        return Section("progress", "Progress", lead, tuple(parts))
    done, of = answered_tasks(study.labels)
    lead = f"{numeral(done)} of {number(of, 'task')} have an answer ({percent(done / of if of else None)})."
    return Section("progress", "Progress", lead, (*parts, figures_html(tuple(_figures(study.labels.shares)))))


def _rounds(rounds: tuple[Round, ...]) -> Html:
    head = ("Round", "State", "Labelling config", "Units", "Tasks", "Annotators named")
    return data_table(
        "Rounds",
        head,
        [
            (
                one.name,
                "closed" if one.closed else "open",
                one.config,
                number(one.units, one.unit_type),
                numeral(one.tasks),
                numeral(one.annotators),
            )
            for one in rounds
        ],
    )


def _figures(shares: tuple[Share, ...]) -> Iterator[Figure]:
    for name in sorted({one.round for one in shares}):
        mine = [one for one in shares if one.round == name]
        yield _figure(name, mine)


def _figure(name: str, mine: list[Share]) -> Figure:
    words = _words(mine)
    rows = [Stack(one.annotator_id, _parts(one), f"{numeral(one.done)} of {numeral(one.of)}") for one in mine]
    used = [place for place in range(len(_KEYS)) if any(row.parts[place] for row in rows)] or [0]
    canvas = stacks(
        [Stack(row.label, tuple(row.parts[place] for place in used), row.said) for row in rows],
        [_KEYS[place] for place in used],
    )
    head = ("Annotator", "Tasks", *(key.name.capitalize() for key in _KEYS))
    data = tuple((one.annotator_id, numeral(one.of), *map(numeral, map(int, _parts(one)))) for one in mine)
    return Figure(slug("progress", name), f"Round {name}", words, canvas, Table(head, data))


def _words(mine: list[Share]) -> str:
    if any(one.pool for one in mine):
        least, most = (pick(mine, key=lambda one: (one.done, one.annotator_id)) for pick in (min, max))
        return (
            f"In a pool anybody may do each task; bars are shares of all of them. {most.annotator_id} did most "
            f"({numeral(most.done)}), {least.annotator_id} least ({numeral(least.done)})."
        )
    done, of = sum(one.done for one in mine), sum(one.of for one in mine)
    besides = ((sum(one.skipped for one in mine), "skipped"), (sum(one.rejected for one in mine), "rejected"))
    rest = "".join(f", {numeral(many)} {word}" for many, word in besides if many)
    said = f"{numeral(done)} of {numeral(of)} tasks are done{rest}. "
    behind = max(mine, key=lambda one: (one.open, one.annotator_id))
    if not behind.open:
        return said + "Nothing is open any more."
    return said + f"Most is open for {behind.annotator_id}: {numeral(behind.open)} of {numeral(behind.of)}."


def _parts(one: Share) -> tuple[int, ...]:
    return (one.done, one.skipped, one.rejected, one.drafts, one.open)
