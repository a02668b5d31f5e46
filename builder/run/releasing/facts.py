"""The facts of a release, of which all its documents are made, and by which it can be verified."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import pyarrow as pa

from builder.core.settings import Settings
from builder.core.version import __version__
from builder.release.contents import MANIFEST, Contents
from builder.release.documents.counting import counted
from builder.release.documents.described import described
from builder.release.documents.rendering import DOCUMENTS
from builder.run.releasing.datasheet import answers_of
from builder.run.releasing.preparing import Prepared
from builder.run.releasing.versioning import Step

_OF_HISTORY = ("version", "date", "bump", "bump_reason", "rows_changed")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be cut: a version (none: the least), the tier, the day it bears, and why rows were changed."""

    version: str | None
    tier: str
    day: date
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """The files of a release that are no documents: those of its tables, with their hashes, and others."""

    tables: Mapping[str, Mapping[str, Any]]
    others: Mapping[str, str]


def facts_of_release(
    settings: Settings, wanted: Wanted, step: Step, ready: Prepared, written: Written, old: Contents | None
) -> dict[str, Any]:
    """Everything but the counts, as one JSON value."""
    return {
        "release": {
            **described(settings),
            "tier": wanted.tier,
            "date": wanted.day.isoformat(),
            **step.as_facts(wanted.reason),
            "history": history(old),
            "builder": __version__,
            "documents": DOCUMENTS,
        },
        "files": dict(written.tables),
        "told": {
            **ready.told,
            "other_files": dict(written.others),
            "made_from": made_from(settings, ready),
            "previous": _previous(old),
            "reason": wanted.reason,
        },
        "answers": answers_of(settings),
    }


def with_counts(
    facts: Mapping[str, Any], tables: Mapping[str, pa.Table], schemas: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """The facts with all that can be counted of the tables; plain JSON, as a reader of the file will see it."""
    whole: dict[str, Any] = json.loads(json.dumps({**facts, "counted": counted(tables, schemas)}))
    return whole


def history(old: Contents | None) -> list[dict[str, Any]]:
    """The releases before this one, the last first, as the changelog tells them."""
    if old is None:
        return []
    last = {name: old.release.get(name) for name in _OF_HISTORY}
    return [last, *old.release.get("history", ())]


def made_from(settings: Settings, ready: Prepared) -> dict[str, Any]:
    """What a release was made from, and with what; where dataset, key and scratch lie makes no other release."""
    names = {one.name for one in fields(settings)} - {"root", "key", "scratch"}
    said = {name: getattr(settings, name) for name in names}
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, default=_plain)
    return {
        "pyarrow": pa.__version__,
        "settings_sha256": sha256(text.encode()).hexdigest(),
        "sources_sha256": ready.told["sources_sha256"],
    }


def _plain(value: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever json does not know
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else dict(value)


def _previous(old: Contents | None) -> dict[str, Any]:
    if old is None:
        return {"version": None, "manifest_sha256": None}
    digest = sha256(old.tree.files[MANIFEST]).hexdigest()
    return {"version": old.release["version"], "manifest_sha256": digest}
