"""Only core opens files, and only the command line catches everything."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.walls.sources import BUILDER, name, python_files, tree

OUTSIDE_CORE = [path for path in python_files(BUILDER) if BUILDER / "core" not in path.parents]
METHODS = {"open", "iterdir", "mkdir", "rmdir", "touch", "unlink"} | {
    f"{verb}_{what}" for verb in ("read", "write") for what in ("text", "bytes")
}
FUNCTIONS = {"open", "np.load", "np.save", "pa.OSFile", "pa.memory_map", "pd.read_csv", "pd.read_parquet"} | {
    f"os.{each}"
    for each in ("listdir", "scandir", "walk", "remove", "rename", "replace", "makedirs", "fdopen")
}
MODULES = ("glob.", "io.", "pq.", "shutil.", "tempfile.")
# Who may touch files besides core, and why. An entry that is no longer needed fails the last test.
EXCEPTIONS: dict[str, str] = {}


@pytest.mark.parametrize("path", OUTSIDE_CORE, ids=name)
def test_only_core_opens_files(path: Path) -> None:
    """No room but core reads, writes, lists or removes a file."""
    assert name(path) in EXCEPTIONS or not list(file_calls(path))


def test_each_exception_is_needed() -> None:
    """An exception from the rule is taken back when its reason is gone."""
    assert not [each for each in EXCEPTIONS if not list(file_calls(BUILDER.parent / each))]


def test_one_place_catches_everything() -> None:
    """There is one catch-all in the builder, and it is in the command line."""
    rooms = [path.relative_to(BUILDER).parts[0] for path in python_files(BUILDER) for _ in catch_alls(path)]
    assert rooms == ["cli"]


def file_calls(path: Path) -> Iterator[str]:
    """The calls in a module that touch files, as written, with their lines."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            method = isinstance(node.func, ast.Attribute) and node.func.attr in METHODS
            if method or called in FUNCTIONS or called.startswith(MODULES):
                yield f"{called} in line {node.lineno}"


def catch_alls(path: Path) -> Iterator[ast.ExceptHandler]:
    """The handlers in a module that take any exception and do not raise it again."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ExceptHandler) and takes_all(node) and not reraises(node):
            yield node


def takes_all(handler: ast.ExceptHandler) -> bool:
    """Whether a handler names no exception, or the root of them."""
    return handler.type is None or ast.unparse(handler.type) in {"Exception", "BaseException"}


def reraises(handler: ast.ExceptHandler) -> bool:
    """Whether a handler ends by raising the same exception."""
    return isinstance(handler.body[-1], ast.Raise) and handler.body[-1].exc is None
