"""The chapter about progress: what was asked in each round, and what became of it."""

from collections.abc import Iterator

from builder.report.bars import Stack, stacks
from builder.report.figure import Figure, Section, Table, figures_html, to_come
from builder.report.legend import Key
from builder.report.markup import Html, data_table
from builder.report.palette import OPEN, STYLES
from builder.report.study import Round, Share, Study, slug
from builder.report.words import number, numeral, percent

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
    shares = study.labels.shares
    done, of = sum(one.done for one in shares), sum(one.of for one in shares)
    lead = f"{numeral(done)} of {number(of, 'task')} are done ({percent(done / of if of else None)})."
    return Section("progress", "Progress", lead, (*parts, figures_html(tuple(_figures(shares)))))


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
    done, of = sum(one.done for one in mine), sum(one.of for one in mine)
    behind = min(mine, key=lambda one: (one.done / one.of if one.of else 1.0, one.annotator_id))
    words = f"{numeral(done)} of {numeral(of)} tasks of the round are done. "
    words += (
        f"The most is still open for {behind.annotator_id}: {numeral(behind.done)} of {numeral(behind.of)} done."
        if any(one.open for one in mine)
        else "Nothing is open any more."
    )
    rows = [Stack(one.annotator_id, _parts(one), f"{numeral(one.done)} of {numeral(one.of)}") for one in mine]
    used = [place for place in range(len(_KEYS)) if any(row.parts[place] for row in rows)] or [0]
    canvas = stacks(
        [Stack(row.label, tuple(row.parts[place] for place in used), row.said) for row in rows],
        [_KEYS[place] for place in used],
    )
    head = ("Annotator", "Tasks", *(key.name.capitalize() for key in _KEYS))
    data = tuple((one.annotator_id, numeral(one.of), *map(numeral, map(int, _parts(one)))) for one in mine)
    return Figure(slug("progress", name), f"Round {name}", words, canvas, Table(head, data))


def _parts(one: Share) -> tuple[int, ...]:
    return (one.done, one.skipped, one.rejected, one.drafts, one.open)
