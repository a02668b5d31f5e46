"""Whether the documents of a release say what its facts say, and the facts what its tables say."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from builder.contracts.faults import Fault, shortened
from builder.core.errors import BuilderError
from builder.release.contents import FACTS, MANIFEST, Contents, entry
from builder.release.documents.counting import counted
from builder.release.documents.rendering import DOCUMENTS, render
from builder.release.faults import fault
from builder.release.manifest import manifest

_ODD_FACTS = (AttributeError, BuilderError, IndexError, KeyError, TypeError, ValueError)


def rendered(release: Contents) -> tuple[dict[str, bytes], tuple[Fault, ...]]:
    """All documents and the manifest made again from the facts; nothing, with the fault, where that cannot be."""
    number = release.release.get("documents")
    if number != DOCUMENTS:
        by = f"newsthreads {release.release.get('builder')} wrote them in way {number}, this one knows way {DOCUMENTS}"
        return {}, (fault(FACTS, "documents", f"the documents cannot be made again: {by}"),)
    try:
        documents = render(release.facts, release.schemas)
        return {**documents, MANIFEST: manifest(release.facts, release.schemas)}, ()
    except _ODD_FACTS as error:
        said = f"no documents can be made of these facts: {type(error).__name__}: {error}"
        return {}, (fault(FACTS, "facts", said),)


def document_faults(release: Contents, due: Mapping[str, bytes]) -> Iterator[Fault]:
    """Documents that are other than the facts make them, each with its first line that differs."""
    for path, content in sorted(due.items()):
        stored = release.tree.files.get(path)
        if stored is not None and stored != content:
            yield fault(path, "document", _first_difference(stored, content))


def count_faults(release: Contents) -> Iterator[Fault]:
    """Counts in the facts that are not those of the tables, by their place."""
    made = json.loads(json.dumps(counted(release.tables, release.schemas)))
    wrong = list(_differences(entry(release.facts, "counted"), made, "counted"))
    if wrong:
        yield fault(FACTS, "count", *wrong)


def _first_difference(stored: bytes, due: bytes) -> str:
    lines = [content.decode("utf-8", "replace").split("\n") for content in (stored, due)]
    for number in range(max(map(len, lines))):
        here, there = (part[number] if number < len(part) else None for part in lines)
        if here != there:
            said = "nothing" if there is None else shortened(there)
            found = "ends before it" if here is None else f"reads {shortened(here)}"
            return f"line {number + 1} {found}, but by the facts of the release it reads {said}"
    return "the file is other than the facts of the release make it"


def _differences(stored: Any, due: Any, place: str) -> Iterator[str]:  # noqa: ANN401 - JSON values
    if stored == due:
        return
    if isinstance(stored, dict | list) and type(stored) is type(due):
        for key in _keys(stored, due):
            yield from _differences(_at(stored, key), _at(due, key), f"{place}.{key}")
    else:
        yield f"{place} says {shortened(stored)}, but the tables say {shortened(due)}"


def _keys(stored: Any, due: Any) -> list[Any]:  # noqa: ANN401 - JSON values
    if isinstance(stored, dict):
        return list(dict.fromkeys([*stored, *due]))
    return list(range(max(len(stored), len(due))))


def _at(value: Any, key: Any) -> Any:  # noqa: ANN401 - JSON values
    if isinstance(value, dict):
        return value.get(key)
    return value[key] if key < len(value) else None
