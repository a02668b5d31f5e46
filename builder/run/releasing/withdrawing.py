"""A withdrawal: it is written down, then the server and the archive lose the text, and what remains is told."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from builder.annotate.archive.redaction import Redactor
from builder.annotate.server.connection import Server
from builder.annotate.transfer.push import Tell
from builder.annotate.transfer.withdraw import Taken, take_off, tasks_showing
from builder.core.lock import locked
from builder.core.private import private_folder
from builder.core.settings import Settings
from builder.core.storage import append
from builder.core.tablefile import read_table
from builder.release.withdrawal.ledger import Ledger, Overwriting, Withdrawal
from builder.release.withdrawal.overwriting import overwritings
from builder.release.withdrawal.units import Gone
from builder.run.annotation.redacting import Redacted, lines_to_redact, redact_archive, redactor_of
from builder.run.annotation.rounds import forget_answers
from builder.run.corpus.withdrawn import add_to_ledger, leaving, read_ledger
from builder.run.releasing.naming import Unit, unit_called
from builder.run.releasing.remains import Remains, gold_lines, remains


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks to be withdrawn: units as they call them, why (a word of the closed list), a private note.

    ``absent`` lets ids pass that are in no table any more.
    """

    said: Sequence[str]
    reason: str | None
    note: str = ""
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What a withdrawal comes to: new entries of the ledger, all that is away with them, who quotes it, what remains.

    ``notes`` are lines for the private file of notes, ``overwritings`` what the ledger does not have yet of what
    releases overwrite.
    """

    entries: tuple[Withdrawal, ...]
    away: Gone
    quoting: tuple[str, ...]
    remains: tuple[Remains, ...]
    gold: tuple[str, ...]
    notes: tuple[str, ...] = ()
    overwritings: tuple[Overwriting, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What a withdrawal did, or would do: new entries, tasks on the server (none: it was not asked), the archive."""

    entries: tuple[Withdrawal, ...]
    server: Taken | None
    archive: Redacted
    answers: int

    def as_json(self) -> dict[str, Any]:
        """The report as values that ``json.dumps`` takes."""
        return asdict(self)


def plan_withdrawal(settings: Settings, asked: Asked) -> Plan:
    """What is to be withdrawn, with what goes along; nothing is changed.

    Without anything asked for it is what the ledger says already. Raises ``UsageError`` for units that nobody
    knows.
    """
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    units = [unit_called(settings, said, absent=asked.absent) for said in asked.said]
    known = read_ledger(settings)
    wanted = (*known.withdrawals, *(Withdrawal(*unit, asked.reason or "", today) for unit in units))
    away = leaving(settings, Ledger(tuple(_once(wanted)), overwritings=known.overwritings))
    there = {(one.unit_type, one.unit_id) for one in known.withdrawals}
    entries = tuple(one for one in away.withdrawals if (one.unit_type, one.unit_id) not in there)
    found = overwritings(_texts(settings), away) if away.withdrawals else ()
    return Plan(
        entries,
        away,
        tuple(sorted({one.unit_id for one in found})),
        tuple(remains(settings, away)),
        tuple(gold_lines(settings, away)),
        tuple(_notes(units, asked.note, today)),
        tuple(one for one in found if one not in known.overwritings),
    )


def withdraw(settings: Settings, plan: Plan, server: Server | None, tell: Tell | None = None) -> Done:
    """Carry out a plan; stopped or failing in the middle, the same again finishes it.

    The ledger comes first, so that from then on nothing lets the text out. Raises ``Busy`` while rounds are
    pushed or a pull is at work, ``ServerError`` where the server fails.
    """
    with locked(settings.rounds_dir), locked(settings.archive_dir):
        add_to_ledger(settings, (*plan.entries, *plan.overwritings))
        if plan.notes:
            private_folder(settings.withdrawal_notes_file.parent)
            append(settings.withdrawal_notes_file, "".join(plan.notes).encode())
        redactor = redactor_of(settings, plan.away) or Redactor(frozenset())
        answers = forget_answers(settings.rounds_dir, plan.away.comments | plan.away.articles)
        archive = redact_archive(settings, redactor)
        taken = take_off(server, settings.name, redactor, tell) if server else None
    return Done(plan.entries, taken, archive, answers)


def rehearse(settings: Settings, plan: Plan, server: Server | None) -> Done:
    """What carrying out a plan would do; nothing is changed."""
    redactor = redactor_of(settings, plan.away) or Redactor(frozenset())
    lines = lines_to_redact(settings, redactor)
    taken = tasks_showing(server, settings.name, redactor) if server else None
    return Done(plan.entries, taken, Redacted(0, lines), 0)


def _texts(settings: Settings) -> dict[str, Any]:
    return {name: read_table(settings.tables_dir, name) for name in ("articles", "comments", "authors")}


def _once(withdrawals: Sequence[Withdrawal]) -> Iterator[Withdrawal]:
    """The withdrawals without those of units that were withdrawn before."""
    seen = set[Unit]()
    for one in withdrawals:
        if (one.unit_type, one.unit_id) not in seen:
            seen.add((one.unit_type, one.unit_id))
            yield one


def _notes(units: Sequence[Unit], note: str, today: str) -> Iterator[str]:
    for _, unit in units if note else ():
        yield json.dumps({"unit_id": unit, "withdrawn_on": today, "note": note}, ensure_ascii=False) + "\n"
