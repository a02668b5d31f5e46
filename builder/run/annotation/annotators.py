"""The private list of annotators on disk: who is behind which pseudonym, and the key that makes them."""

import secrets
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from builder.annotate.annotators import Pseudonyms
from builder.core.errors import DataError
from builder.core.private import private_folder, replace_private
from builder.core.storage import read_json

_ABOUT = (
    "Who the annotators are. Private: keep it out of commits and releases. Without the key the same people "
    "get other pseudonyms, so keep a copy in a safe place. A group may be any word, or empty."
)
_CURE = "Put back your copy of it."


def read_pseudonyms(file: Path) -> Pseudonyms:
    """The list in a file; a new key and nobody where there is none yet. ``DataError`` where it is damaged."""
    if not file.exists():
        return Pseudonyms(secrets.token_bytes(32), MappingProxyType({}))
    value = read_json(file, _CURE)
    try:
        listed = value["annotators"]
        known = {address: one["annotator_id"] for address, one in listed.items()}
        groups = {one["annotator_id"]: one["group"] for one in listed.values() if one.get("group")}
        return Pseudonyms(bytes.fromhex(value["key"]), MappingProxyType(known), MappingProxyType(groups))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataError(f"{file} is damaged: {error!r}. {_CURE}") from error


def keep_pseudonyms(file: Path, people: Pseudonyms) -> None:
    """Write the list, readable by its owner alone; a list that says the same already stays untouched."""
    listed = {
        address: {"annotator_id": one, "group": people.groups.get(one, "")}
        for address, one in sorted(people.known.items())
    }
    value = {"about": _ABOUT, "key": people.key.hex(), "annotators": listed}
    if not file.exists() or read_json(file, _CURE) != value:
        private_folder(file.parent)
        replace_private(file, value)


def called(people: Pseudonyms) -> Mapping[str, str]:
    """What annotators are called among colleagues, by pseudonym: the address, without its host if that is clear."""
    plain = Counter(address.partition("@")[0] for address in people.known)
    names = ((one, address, address.partition("@")[0]) for address, one in people.known.items())
    return {one: name if plain[name] == 1 else address for one, address, name in names}
