"""How the dataset is given away and kept: tier, files, licence, contact, changes, withdrawals."""

from builder.release.documents.facts import Facts
from builder.release.documents.licences import licence_address, licence_title
from builder.release.documents.markdown import count, listed, plain, table

TIERS = {
    "open": "ids, labels, offsets and counts for everybody, and no text",
    "research": "texts with pseudonyms for authors, under the terms of the licence",
    "private": "everything, names included; it must not leave the house",
}
"""What a release of each tier holds."""


def creators(facts: Facts) -> str:
    """Who made the dataset, where the settings say so."""
    named = tuple(facts.release.get("creators") or ()) or tuple(filter(None, [facts.release.get("contact")]))
    return f"{'; '.join(plain(name) for name in named)}." if named else ""


def tier(facts: Facts) -> str:
    """What this release holds, and so for whom it is."""
    name = facts.release.get("tier")
    return f"This release is of the tier `{name}`: {TIERS[name]}." if name else ""


def standing(facts: Facts) -> str:
    """What became of a release after it was cut; nothing as long as it stands as it was."""
    status, purged = facts.release.get("status"), facts.told.get("purged")
    taken = f"What was withdrawn since then was taken out of this copy: {listed(purged)}." if purged else ""
    said = f"This release is {plain(status)}; a newer one is to be used instead." if status else ""
    return " ".join(part for part in (said, taken) if part)


def files(facts: Facts) -> str:
    """The files of the tables with their sizes and hashes, and the identifier."""
    parts = [_identifiers(facts)]
    if facts.files:
        head = ("file", "rows", "bytes", "SHA-256 of the file", "SHA-256 of the content")
        parts.append("A folder of Parquet files and documents, and a tar of the same.")
        parts.append(
            table(
                head,
                (
                    (f"`{one['path']}`", one["rows"], one["bytes"], one["sha256"], one["content_sha256"])
                    for _, one in sorted(facts.files.items())
                ),
            )
        )
    return "\n\n".join(parts)


def _identifiers(facts: Facts) -> str:
    own, all_versions = facts.release.get("doi"), facts.release.get("concept_doi")
    of_all = f"DOI of all versions: {plain(all_versions)}." if all_versions else ""
    said = f"DOI of this version: {plain(own)}." if own else ""
    return " ".join(part for part in (said, of_all) if part) or "It has no DOI."


def date(facts: Facts) -> str:
    """The date of this version."""
    release = facts.release
    return f"Version {release['version']}: {release['date']}." if release.get("date") else ""


def licence(facts: Facts) -> str:
    """The licence by its identifier, title and place."""
    name = facts.release.get("licence")
    return f"{name} ({licence_title(name)}): {licence_address(name)}" if name else ""


def contact(facts: Facts) -> str:
    """Whom to ask."""
    return plain(facts.release.get("contact") or "")


def changes(facts: Facts) -> str:
    """What changed since the previous version, and why the version is what it is."""
    release = facts.release
    if not release.get("version"):
        return "These tables are no release; releases tell what changed in `CHANGELOG.md`."
    before = release.get("previous")
    if not before:
        return (
            f"Version {release['version']} is the first one. Later ones tell what changed in `CHANGELOG.md`."
        )
    why = f" ({plain(release['bump_reason'])})" if release.get("bump_reason") else ""
    head = f"Version {release['version']} follows {before}: {release.get('bump', 'changed')}{why}."
    return f"{head} Row by row: `changes/`.\n\n{rows_changed(release.get('rows_changed') or {})}"


def rows_changed(tables: dict[str, dict[str, int]]) -> str:
    """Rows added, removed and changed, table by table; tables without any change are left out."""
    kinds = ("added", "removed", "changed")
    rows = [
        (f"`{name}`", *(found.get(kind, 0) for kind in kinds))
        for name, found in sorted(tables.items())
        if any(found.get(kind) for kind in kinds)
    ]
    return table(("table", *kinds), rows) if rows else "No row changed."


def withdrawals(facts: Facts) -> str:
    """What was withdrawn, and how a holder of an older version takes it out there."""
    rows = [(row["unit_type"], row["reason_class"], row["rows"]) for row in facts.counted["withdrawals"]]
    total = count(sum(number for *_, number in rows), "unit")
    cure = "Holders of older versions take it out with `builder purge OLD_RELEASE --with data/withdrawn.parquet`."
    if not rows:
        return "Nothing was withdrawn so far." if facts.release.get("version") else ""
    return f"Withdrawn so far: {total}. {cure}\n\n{table(('unit', 'reason', 'withdrawn'), rows)}"
