"""The tables of a dataset on their way out of the house: without what was withdrawn, under pseudonyms, in parts."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from builder.core.errors import Kept
from builder.core.memory import give_back_memory
from builder.core.settings import Settings
from builder.release.privacy.names import thread_names
from builder.release.privacy.pseudonymise import Private, masked
from builder.release.privacy.reviewed import KEEP, Reviewed
from builder.release.splits.splitting import split
from builder.release.tiers import at_tier
from builder.release.withdrawal.tombstones import WITHDRAWN
from builder.release.withdrawal.without import without
from builder.run.corpus.withdrawn import read_ledger
from builder.run.releasing.clock import Clock
from builder.run.releasing.gathering import guidelines, tables_at_home, with_standing_units
from builder.run.releasing.keys import read_key
from builder.run.releasing.reviewing import read_reviewed
from builder.run.releasing.told import told_of_build, told_of_labels
from builder.tables.check_keys import in_order

Tables = Mapping[str, pa.Table]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Tables as they are at a tier, what they cannot tell of themselves, and what annotators were told."""

    tables: Tables
    told: Mapping[str, Any]
    guidelines: Mapping[str, bytes]

    @property
    def key_id(self) -> str | None:
        """The id of the key that authors have pseudonyms under; none where they have none."""
        found: str | None = self.told.get("privacy", {}).get("key_id")
        return found


def prepared(settings: Settings, tier: str, before: pa.Table | None, clock: Clock) -> Prepared:
    """The tables of a dataset as a release at a tier has them, but for ``since_version``.

    ``before`` are the splits of the release before it, which stay as far as they can.
    Raises ``DataError`` where nothing was built, or where something would leave the house that must not,
    ``UsageError`` where there is no key for pseudonyms.
    """
    with clock.stage("agreement"):
        told = {**told_of_build(settings.tables_dir), **told_of_labels(settings)}
    with clock.stage("read tables"):
        home = tables_at_home(settings)
        names = thread_names(home)
        standing, dropped = with_standing_units(home)
        told |= {
            "labels_without_units": dropped,
            "sources_sha256": sources_sha256(home["articles"]),
            "issues": _counts(home["issues"]),
            "splits": asdict(settings.splits),
        }
        words = guidelines(settings, standing["tasks"])
        # What is not needed any more goes, or a release would take several times the memory of its tables.
        del home
    with clock.stage("withdrawals"):
        kept = without(standing, read_ledger(settings))
        del standing
    with clock.stage("privacy"):
        leaving, privacy = _private(settings, tier, names, kept)
        del kept
    with clock.stage("order"):
        leaving = _ordered(leaving)
    with clock.stage("splits"):
        parts = split(standing_tables(leaving), settings.splits, before)
    with clock.stage("columns of the tier"):
        tables = at_tier({**leaving, "splits": parts}, tier)
    return Prepared(tables, {**told, **privacy}, words)


def standing_tables(tables: Tables) -> Tables:
    """The tables without tombstones, which nobody trains on."""
    comments = tables["comments"]
    return {**tables, "comments": comments.filter(pc.not_equal(comments["attribution"], WITHDRAWN))}


def sources_sha256(articles: pa.Table) -> str:
    """The hash of the snapshot of the sources: of each article's id and the hash of its capture."""
    ids, hashes = (articles[name].to_pylist() for name in ("article_id", "raw_sha256"))
    lines = (f"{one} {digest}\n" for one, digest in sorted(zip(ids, hashes, strict=True)))
    return sha256("".join(lines).encode()).hexdigest()


def _private(
    settings: Settings, tier: str, names: pa.Table, kept: dict[str, pa.Table]
) -> tuple[dict[str, pa.Table], dict[str, Any]]:
    """The tables without the people in them, and what documents tell of that; ``private`` never leaves the house."""
    if tier == "private":
        return dict(kept), {}
    key, reviewed = read_key(settings), read_reviewed(settings)
    made = masked(kept, key.secret, tier, names, reviewed)
    refusal = made.refusal(settings.allow)
    if refusal:
        first, *rest = refusal.splitlines()
        raise Kept(first, tuple(rest))
    return dict(made.tables), {"privacy": _told(made, key.key_id, reviewed)}


def _ordered(tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """The tables in the order of the ids that they leave with, taken out of those that were given one by one."""
    ordered: dict[str, pa.Table] = {}
    for name in [*tables]:
        ordered |= in_order({name: tables.pop(name)})
        give_back_memory()
    return ordered


def _told(made: Private, key_id: str, reviewed: Reviewed) -> dict[str, Any]:
    accepted = sum(verdict == KEEP for verdict in reviewed.verdicts.values())
    masked = {"masked": dict(made.counts), "names_replaced": made.names_replaced}
    return {"key_id": key_id, "accepted": accepted, **masked}


def _counts(issues: pa.Table) -> dict[str, int]:
    found = issues["code"].value_counts().to_pylist()
    return dict(sorted((one["values"], one["counts"]) for one in found))
