"""How far the labelling is: what was asked, and what each annotator made of it, without asking a server."""

from collections.abc import Iterator
from datetime import UTC, datetime

from builder.annotate.planning.progress import Share, shares
from builder.annotate.planning.rounds import Round
from builder.contracts.catalogue import ANNOTATION, table
from builder.core.errors import DataError
from builder.core.linefile import line_files
from builder.core.plural import number
from builder.core.settings import Settings
from builder.core.staging import MARK
from builder.core.storage import written_at
from builder.core.tablefile import read_table
from builder.run.annotation.annotators import read_pseudonyms
from builder.run.annotation.merge_record import MergeRecord, read_merge_record
from builder.run.annotation.rounds import read_round, round_names
from builder.run.corpus.stage import LATER, MISSING, READY, STALE, Stage

_MERGE = "builder merge"


def tasks_stage(settings: Settings) -> Stage:
    """What was planned to be asked, round by round."""
    facts = []
    try:
        for name in round_names(settings.rounds_dir):
            one = read_round(settings.rounds_dir, name)
            if one:
                facts.append(_asked(one))
    except DataError as error:
        return Stage("tasks", MISSING, settings.rounds, (str(error),), "")
    if not facts:
        return Stage("tasks", LATER, settings.rounds, ("no round of annotation yet",), "builder push --help")
    return Stage("tasks", READY, settings.rounds, tuple(facts), "")


def _asked(one: Round) -> str:
    state = "closed" if one.closed else "open"
    mixed = ((one.n_gold, "of known answer"), (one.n_repeats, "shown again"))
    among = "".join(f", {count:,} {what}" for count, what in mixed if count)
    settles = f", settles {one.adjudicates}" if one.adjudicates else ""
    what = f"{number(len(one.tasks), 'task')} over {number(one.n_units, one.unit_type)}{among}"
    return f"round {one.name} ({state}{settles}): {what}, {one.config}"


def annotations_stage(settings: Settings) -> Stage:
    """What was pulled and merged, annotator by annotator."""
    try:
        pulled = len(line_files(settings.archive_dir))
        if not pulled:
            return Stage("annotations", LATER, settings.merged, ("nothing was pulled yet",), "builder pull")
        record = read_merge_record(settings.merged_dir)
        facts = (*_facts(settings, record), *(changes := tuple(_changes(settings, record, pulled))))
    except DataError as error:
        return Stage("annotations", MISSING, settings.merged, (str(error),), _MERGE)
    state, todo = (STALE, _MERGE) if changes else (READY, "")
    return Stage("annotations", state, settings.merged, facts, todo, changes)


def _facts(settings: Settings, record: MergeRecord) -> Iterator[str]:
    one = record.summary
    yield f"{number(one.pulled, 'version')} pulled: {one.merged:,} merged, {one.rejected:,} rejected"
    names = {person: name for name, person in read_pseudonyms(settings.annotators_file).known.items()}
    tasks, annotations = (read_table(settings.merged_dir, name) for name in ("tasks", "annotations"))
    for share in shares(tasks, annotations):
        yield _said(share, names.get(share.annotator_id, share.annotator_id))
    merged = datetime.fromtimestamp(written_at(settings.merged_dir / MARK), UTC)
    yield f"merged on {merged:%Y-%m-%d at %H:%M} UTC"


def _said(share: Share, name: str) -> str:
    counts = ((share.rejected, "rejected"), (share.skipped, "skipped"), (share.drafts, "in draft"))
    rest = "".join(f", {count:,} {word}" for count, word in counts if count)
    return f"round {share.round}, {name}: {share.done:,} of {share.of:,} done{rest}"


def _changes(settings: Settings, record: MergeRecord, pulled: int) -> Iterator[str]:
    """What has become different since the merge."""
    if pulled != record.archive_files:
        yield f"{number(pulled - record.archive_files, 'pull')} since then"
    if written_at(settings.tables_dir / MARK) > written_at(settings.merged_dir / MARK):
        yield "the tables were built since then"
    if dict(record.schemas) != {name: table(name).version for name in ANNOTATION}:
        yield "merged under other schemas"
