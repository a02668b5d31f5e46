"""What the archive knew at the time of each pull: tasks, users, configs, and what was deleted."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Generic, TypeVar

from msgspec import Struct

from builder.annotate.merging.said import Context, Deleted, Task, User
from builder.annotate.merging.shown import Shown, shown
from builder.annotate.questionnaire.config import xml_sha256

TaskNumber = tuple[str, int | None, int]
"""Server, project, number; on SQLite a later task may have the number of a deleted one."""
Key = TypeVar("Key")
Value = TypeVar("Value")


class TaskSeen(Struct, frozen=True, gc=False):
    """A task as it was at a pull: when the server made it, and what it proves or why it proves nothing."""

    created_at: str
    shown: Shown | str


class History(Generic[Key, Value]):
    """Values by key, each from the time of a pull on."""

    def __init__(self) -> None:
        self._told: dict[Key, list[tuple[str, Value]]] = defaultdict(list)

    def __bool__(self) -> bool:
        """Whether there is any value."""
        return bool(self._told)

    def add(self, key: Key, at: str, value: Value) -> None:
        """Let a value hold from a time on; times may come in any order before ``close``."""
        self._told[key].append((at, value))

    def close(self) -> None:
        """Bring the times in order."""
        for told in self._told.values():
            if len(told) > 1:
                told.sort(key=itemgetter(0))

    def at(self, key: Key, when: str) -> Value | None:
        """The value that held at a time; none where there was none yet."""
        told = self._told.get(key)
        if not told:
            return None
        at, value = told[-1]
        if at <= when:
            return value
        place = bisect_right(told, when, key=itemgetter(0))
        return told[place - 1][1] if place else None

    def near(self, key: Key, when: str) -> Value | None:
        """As ``at``; where there was none yet, the first one after it."""
        told = self._told.get(key)
        return self.at(key, when) or (told[0][1] if told else None)

    def last(self, key: Key) -> Value | None:
        """The value that holds now."""
        told = self._told.get(key)
        return told[-1][1] if told else None

    def items(self) -> Iterator[tuple[Key, str, Value]]:
        """Everything that ever held, with the time from which it did."""
        for key, told in self._told.items():
            for at, value in told:
                yield key, at, value


@dataclass(slots=True)
class Histories:
    """All that annotations are read against. Deletions are by (server, project, what is deleted)."""

    tasks: History[TaskNumber, TaskSeen] = field(default_factory=History)
    users: History[tuple[str, int], str] = field(default_factory=History)
    gone: History[tuple[object, ...], bool] = field(default_factory=History)
    configs: dict[str, str] = field(default_factory=dict)

    def add(self, line: Context) -> None:
        """Take a line in."""
        if isinstance(line, Task):
            seen = TaskSeen(line.record.created_at, shown(line.record.data))
            self.tasks.add((line.server, line.project, line.record.id), line.pulled_at, seen)
        elif isinstance(line, User):
            self.users.add((line.server, line.record.id), line.pulled_at, line.record.email)
        elif isinstance(line, Deleted):
            one = line.record
            of = (one.id, one.created_at) if one.of == "task" else (one.unique_id,)
            self.gone.add((line.server, line.project, *of), line.pulled_at, one.deleted)
        else:
            self.add_config(line.record.label_config)

    def add_config(self, xml: str) -> None:
        """Know a config by the hash of its XML."""
        self.configs[xml_sha256(xml)] = xml

    def close(self) -> None:
        """Be ready to be asked."""
        for history in (self.tasks, self.users, self.gone):
            history.close()


def histories_of(lines: Iterable[Context], configs: Iterable[str]) -> Histories:
    """The histories that lines tell, in any order; ``configs`` is the XML of the configs of rounds."""
    made = Histories()
    for xml in configs:
        made.add_config(xml)
    for line in lines:
        made.add(line)
    made.close()
    return made
