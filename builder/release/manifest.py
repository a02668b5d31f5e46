"""The manifest and the sums of a release: which files it is made of, and what it was made from."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from builder.release.contents import SUMS

FORMAT = 1


def manifest(facts: Mapping[str, Any], schemas: Mapping[str, Mapping[str, Any]]) -> bytes:
    """The file ``manifest.json``: all of it follows from the facts, so that it can be made again and compared."""
    release, told = facts["release"], facts["told"]
    value = {
        "format": FORMAT,
        "name": release["name"],
        "version": release["version"],
        "tier": release["tier"],
        "date": release["date"],
        "builder": release["builder"],
        "documents": release["documents"],
        "schemas": {name: schema["version"] for name, schema in schemas.items()},
        "tables": facts["files"],
        "other_files": told["other_files"],
        "made_from": told["made_from"],
        "key_id": told.get("privacy", {}).get("key_id"),
        "previous": told["previous"],
    }
    return json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False).encode() + b"\n"


def sums(files: Mapping[str, bytes]) -> bytes:
    """The file ``SHA256SUMS`` over all other files, as ``sha256sum -c`` takes it."""
    return sums_of({path: sha256(content).hexdigest() for path, content in files.items()})


def sums_of(hashes: Mapping[str, str]) -> bytes:
    """As ``sums``, from hashes that are known."""
    lines = [f"{digest}  {path}\n" for path, digest in hashes.items() if path != SUMS]
    return "".join(sorted(lines, key=lambda line: line[66:].encode())).encode()


def read_sums(content: bytes) -> dict[str, str]:
    """The hashes by path that a file ``SHA256SUMS`` lists; ``ValueError`` with the line where it is none."""
    found = {}
    for number, line in enumerate(content.decode().splitlines(), 1):
        digest, blank, path = line[:64], line[64:66], line[66:]
        if blank not in {"  ", " *"} or not path or set(digest) - set("0123456789abcdef"):
            raise ValueError(f"line {number} is no SHA-256 with a path")
        found[path] = digest
    return found
