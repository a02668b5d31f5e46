"""No file of the repository names a machine, and addresses lead only where a reader should go."""

import re
from pathlib import Path

from tests.walls.sources import ROOT, kept_files, name

# Homes, mounts and scratch folders: such a path is true on one machine only.
MACHINE = re.compile(r"(?<![\w.<>*\-/])/(?:home|root|Users|work|mnt|tmp|opt|srv)/[\w.-]+")
ADDRESS = re.compile(r"\w+://([\w.-]+)")
HOSTS = {
    "creativecommons.org",
    "datasets",  # no host: how the Hub's file system begins the path of a dataset
    "json-schema.org",
    "keepachangelog.com",
    "semver.org",
    "www.apache.org",
}
# Names of vocabularies and formats, which only look like addresses, and where licences stand.
VOCABULARIES = {
    "datacite.org",
    "datapackage.org",
    "doi.org",
    "mlcommons.org",
    "purl.org",
    "schema.org",
    "spdx.org",
}
# Reserved names lead nowhere, so invented captures and examples may use them.
RESERVED = (".example", ".invalid", ".test", "example.com", "example.net", "example.org", "localhost")


def texts() -> list[tuple[Path, str]]:
    """The repository's text files with their content."""
    kept = [(path, path.read_bytes()) for path in kept_files() if path != Path(__file__)]
    return [(path, data.decode("utf-8", "replace")) for path, data in kept if b"\0" not in data]


def test_no_path_of_a_machine() -> None:
    """No file names a folder that is on one machine only."""
    assert not [(name(path), found) for path, text in texts() for found in MACHINE.findall(text)]


def test_addresses_are_known() -> None:
    """Every address leads to a known host or to a name reserved for examples."""
    found = {(name(path), host) for path, text in texts() for host in ADDRESS.findall(text)}
    assert not sorted(
        (file, host)
        for file, host in found
        if host not in HOSTS | VOCABULARIES and not host.endswith(RESERVED)
    )


def test_the_repository_was_read() -> None:
    """The files that everyone looks for first are among those that the walls see."""
    seen = {name(path) for path in kept_files()}
    assert {"README.md", "LICENSE", "pyproject.toml", "requirements.txt", ".ci/run", ".gitignore"} <= seen
    assert not [each for each in seen if each.startswith((".venv", ".git/", "data/tables/"))]
    assert (ROOT / "builder" / "py.typed").exists()
