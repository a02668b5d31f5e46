"""The lock pins everything by content, names no place, and agrees with pyproject.toml."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.walls.sources import BUILDER, ROOT, TESTS, name, project, python_files, tree

LOCKS = (
    ROOT / "requirements.txt",
    BUILDER / "annotate" / "label-studio.txt",
    TESTS / "integration" / "formats" / "cffconvert.txt",
)
RUN_TIME_EXTRAS = ("dask", "hub", "lang", "report", "s3", "suggest", "train")


def pins(lock: Path = LOCKS[0]) -> dict[str, list[Version]]:
    """The pinned versions by name: more than one where they differ between Python versions."""
    found: dict[str, list[Version]] = {}
    text = lock.read_text(encoding="utf-8")
    for each, version in re.findall(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)", text, re.MULTILINE):
        found.setdefault(canonicalize_name(each), []).append(Version(version))
    return found


def declared() -> list[Requirement]:
    """The direct dependencies, those of extras and of the build included."""
    extras = project()["project"]["optional-dependencies"].values()
    names = chain(project()["project"]["dependencies"], project()["build-system"]["requires"], *extras)
    return [Requirement(each) for each in names]


@pytest.mark.parametrize("lock", LOCKS, ids=name)
def test_the_lock_names_no_place(lock: Path) -> None:
    """No address, index or path stands in a lock."""
    text = lock.read_text(encoding="utf-8")
    assert not re.findall(r"://|--(?:index|extra|find|trusted)|@ |^[./-]", text, re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS, ids=name)
def test_every_pin_has_its_content(lock: Path) -> None:
    """Each pin is exact and carries a hash."""
    entries = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip())
    assert not [each.split()[0] for each in entries if each[0] != "#" and "--hash=sha256:" not in each]
    assert len(pins(lock)) > 10


def test_the_server_and_its_client_fit() -> None:
    """The locked Label Studio wants the major version of the client that the builder speaks with."""
    (server,), (inside,), (ours,) = (
        pins(LOCKS[1])["label-studio"],
        pins(LOCKS[1])["label-studio-sdk"],
        pins()["label-studio-sdk"],
    )
    assert (server.major, server.minor) == (1, 23)
    assert inside.major == ours.major


def test_the_lock_agrees_with_the_project() -> None:
    """Each direct dependency is pinned to a version that pyproject.toml allows."""
    locked = pins()
    wrong = [
        str(each) for each in declared() if not agrees(each, locked.get(canonicalize_name(each.name), []))
    ]
    assert not wrong, "run: make lock"


def agrees(requirement: Requirement, versions: list[Version]) -> bool:
    """Whether there is a pin, and all pins of the name are allowed."""
    return bool(versions) and all(each in requirement.specifier for each in versions)


def test_a_direct_dependency_has_a_lower_bound() -> None:
    """No direct dependency is unbounded, which would let an old version in silently."""
    assert not [str(each) for each in declared() if ">=" not in str(each.specifier)]


def test_imports_and_dependencies_agree() -> None:
    """What the builder imports is declared, and what is declared is imported."""
    imported = {canonicalize_name(each) for each in imported_distributions()}
    needed = {canonicalize_name(Requirement(each).name) for each in project()["project"]["dependencies"]}
    extras = project()["project"]["optional-dependencies"]
    optional = {Requirement(each).name for name in RUN_TIME_EXTRAS for each in extras[name]}
    assert imported - optional - {"hypothesis"} == needed


def imported_distributions() -> set[str]:
    """The distributions that the builder's import statements name."""
    modules = chain.from_iterable(
        imports(node) for path in python_files(BUILDER) for node in ast.walk(tree(path))
    )
    outside = {each for each in modules if each not in sys.stdlib_module_names and each != "builder"}
    return {packages_distributions()[each][0] for each in outside}


def imports(node: ast.AST) -> list[str]:
    """The top-level packages that a node imports."""
    if isinstance(node, ast.Import):
        return [each.name.partition(".")[0] for each in node.names]
    if isinstance(node, ast.ImportFrom) and node.level == 0:
        return [str(node.module).partition(".")[0]]
    return []
