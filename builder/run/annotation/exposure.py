"""How much a push may hand out to each annotator today, by what is on the server and what was pulled."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from builder.annotate.archive.lines import read_archive
from builder.annotate.planning.handout import Handout, Saved, Seen, Weigh, handout
from builder.annotate.planning.rounds import Round
from builder.annotate.server.connection import Server
from builder.annotate.server.projects import projects_of
from builder.annotate.transfer.push import keys_there
from builder.contracts import instants
from builder.core.settings import Settings
from builder.core.staging import MARK
from builder.core.tablefile import read_table
from builder.labels.severity import Severity, severity
from builder.run.annotation.rounds import all_rounds


def handout_of_today(
    settings: Settings, server: Server, one: Round, expected: Mapping[str, float]
) -> Handout | None:
    """What a push of a round may hand out; none where the settings set no limit.

    ``expected`` says of units how severe a model thinks them, from 0 to 1.
    """
    if not settings.daily_tasks:
        return None
    rounds = (*(each for each in all_rounds(settings.rounds_dir) if each.name != one.name), one)
    seen = Seen(_there(settings, server), _saved(settings, server), f"{datetime.now(UTC):%Y-%m-%d}")
    return handout(settings.daily_tasks, weigher(settings, expected), rounds, seen)


def weigher(settings: Settings, expected: Mapping[str, float]) -> Weigh:
    """What units weigh: 1, and up to the weight of the settings the more severe they are."""
    if settings.severe is None:
        return lambda _unit, _assignee: 1.0
    heavier = settings.severe.weight - 1
    known = known_severity(settings, expected)
    return lambda unit, assignee: 1 + heavier * known.of(unit, assignee)


def known_severity(settings: Settings, expected: Mapping[str, float]) -> Severity:
    """How severe units are, by what was merged so far, if anything, and by what is expected of them."""
    if settings.severe is None or not (settings.merged_dir / MARK).is_file():
        return Severity(expected=expected)
    annotations, answers = (read_table(settings.merged_dir, name) for name in ("annotations", "answers"))
    return severity(annotations, answers, settings.severe.question, settings.severe.values, expected)


def _there(settings: Settings, server: Server) -> set[str]:
    """The keys of all tasks of the dataset that are on the server."""
    projects: Sequence[int] = [project.id for project in projects_of(server, settings.name)]
    return {key for project in projects for key in keys_there(server, project)}


def _saved(settings: Settings, server: Server) -> Mapping[str, Saved]:
    """What the pulls so far brought of each task, whether it was merged yet or not."""
    days: dict[str, str] = defaultdict(str)
    people: dict[str, set[object]] = defaultdict(set)
    for key, day, person in _answers(settings, server):
        days[key] = max(days[key], day)
        people[key].add(person)
    return {key: Saved(day, len(people[key])) for key, day in days.items()}


def _answers(settings: Settings, server: Server) -> Iterator[tuple[str, str, object]]:
    for line in read_archive(settings.archive_dir, ["annotation"]):
        at = instants.parse(str(line.record.get("updated_at"))) or instants.parse(line.pulled_at)
        if line.task_key and at and line.server == server.name:
            yield line.task_key, f"{at:%Y-%m-%d}", line.record.get("completed_by")
