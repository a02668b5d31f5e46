"""Whether the files of a release are all there, no others, and as its sums and its facts have them."""

from collections.abc import Iterator, Mapping
from hashlib import sha256

from builder.contracts.faults import Fault
from builder.release.contents import FACTS, MANIFEST, SUMS, Contents, entry
from builder.release.faults import fault
from builder.release.manifest import read_sums


def file_faults(
    release: Contents, hashes: Mapping[str, str], documents: Mapping[str, bytes]
) -> Iterator[Fault]:
    """Missing files, strangers, links, and files with another hash; ``hashes`` are those of all files."""
    for path, what in release.tree.odd:
        yield fault(path, "odd_entry", f"it is {what}, and a release has nothing but files in folders")
    yield from _sums(release, hashes)
    due = {**_told(release), **dict.fromkeys(documents, ""), MANIFEST: "", SUMS: "", FACTS: ""}
    for path, digest in due.items():
        if path not in hashes:
            yield fault(path, "missing_file", "the file is missing")
        elif digest and hashes[path] != digest:
            yield fault(path, "file_hash", _other_file(path, hashes[path], due))
    if documents:
        for path in sorted(set(hashes) - set(due)):
            yield fault(path, "stranger", "no release of this version has this file")


def _other_file(path: str, digest: str, due: Mapping[str, str]) -> str:
    """What is wrong with a file of another hash; that of another file tells that files were swapped."""
    owner = next((name for name, wanted in due.items() if wanted == digest), "")
    swapped = f"; it is what {owner} should be" if owner else ""
    return f"its SHA-256 is {digest}, but {FACTS} says {due[path]}{swapped}"


def hashes_of(release: Contents) -> dict[str, str]:
    """The SHA-256 of each file of a release."""
    return {path: sha256(content).hexdigest() for path, content in release.tree.files.items()}


def _sums(release: Contents, hashes: Mapping[str, str]) -> Iterator[Fault]:
    if SUMS not in release.tree.files:
        return
    try:
        listed = read_sums(release.tree.files[SUMS])
    except ValueError as error:
        yield fault(SUMS, "sum", str(error))
        return
    for path in sorted(listed.keys() - hashes.keys()):
        yield fault(path, "missing_file", f"{SUMS} lists the file, and it is missing")
    for path in sorted(hashes.keys() - listed.keys() - {SUMS}):
        yield fault(path, "sum", f"{SUMS} does not list the file")
    for path, digest in listed.items():
        if hashes.get(path, digest) != digest:
            yield fault(path, "sum", f"its SHA-256 is {hashes[path]}, but {SUMS} says {digest}")


def _told(release: Contents) -> dict[str, str]:
    """The hashes of files that the facts tell."""
    tables = entry(release.facts, "files")
    told = {f"data/{name}.parquet": str(entry(tables, name).get("sha256", "")) for name in tables}
    return {**told, **{path: str(digest) for path, digest in entry(release.told, "other_files").items()}}
