"""Which files the walls look at, and what of them the walls read."""

import ast
import os
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
BUILDER = ROOT / "builder"
TESTS = ROOT / "tests"
BENCHMARKS = ROOT / "benchmarks"
# What no commit holds: made by a tool, or by the builder itself.
MADE = {
    ".git",
    "__pycache__",
    "dist",
    "tables",
    "releases",
    "rounds",
    "archive",
    "merged",
    "private",
    "label_sets",
}


def name(path: Path) -> str:
    """The path below the repository, as a person would type it."""
    return path.relative_to(ROOT).as_posix()


def python_files(*folders: Path) -> list[Path]:
    """Every Python file below the folders, sorted."""
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def project() -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def kept_files() -> Iterator[Path]:
    """Every file that belongs in a commit: no caches, nothing that a build makes."""
    for folder, below, files in os.walk(ROOT):
        below[:] = sorted(each for each in below if each not in MADE and (each == ".ci" or each[0] != "."))
        for each in sorted(files):
            if not each.startswith(".coverage"):
                yield Path(folder) / each


def functions(module: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method below a node."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
