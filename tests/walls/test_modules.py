"""Files are small, say what they are for, and have names that mean something."""

import ast
import re
from pathlib import Path

import pytest

from tests.walls.sources import BENCHMARKS, BUILDER, TESTS, functions, name, python_files, tree

EVERY_FILE = python_files(BUILDER, TESTS, BENCHMARKS)
NO_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "stuff", "tools", "lib"}
LINES_OF_A_FILE = 300
LINES_OF_A_CLASS = 120


def one_sentence(docstring: str | None) -> bool:
    """Whether a docstring's first line is one whole sentence."""
    first = (docstring or "").split("\n", 1)[0]
    return bool(re.fullmatch(r"\S.*[.?!]", first)) and not re.search(r"[a-z)][.?!] [A-Z]", first)


@pytest.mark.parametrize("path", EVERY_FILE, ids=name)
def test_a_file_is_short(path: Path) -> None:
    """No file has more than 300 lines."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES_OF_A_FILE


@pytest.mark.parametrize("path", EVERY_FILE, ids=name)
def test_a_module_opens_with_one_sentence(path: Path) -> None:
    """The first line of each module is one sentence that could hang on its door."""
    assert one_sentence(ast.get_docstring(tree(path)))


@pytest.mark.parametrize("path", EVERY_FILE, ids=name)
def test_a_class_is_short(path: Path) -> None:
    """No class has more than 120 lines."""
    classes = [node for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef)]
    assert not [each.name for each in classes if each.end_lineno - each.lineno >= LINES_OF_A_CLASS]


@pytest.mark.parametrize("path", EVERY_FILE, ids=name)
def test_a_name_says_what_is_inside(path: Path) -> None:
    """No file or folder is called utils, helpers, common or misc."""
    assert not NO_NAMES & set(Path(name(path)).with_suffix("").parts)


@pytest.mark.parametrize("path", python_files(BUILDER), ids=name)
def test_nothing_is_left_to_do(path: Path) -> None:
    """No function of the builder is a stub."""
    stubs = [each.name for each in functions(tree(path)) if is_stub(each)]
    raised = [node for node in ast.walk(tree(path)) if getattr(node, "id", "") == "NotImplementedError"]
    assert not stubs
    assert not raised


def is_stub(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function does nothing, though it names its arguments as if it used them."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    empty = all(isinstance(node, ast.Pass) or ellipsis(node) for node in body)
    named = not function.args.args or any(not each.arg.startswith("_") for each in function.args.args)
    return empty and named and not any(declares(each) for each in function.decorator_list)


def ellipsis(node: ast.stmt) -> bool:
    """Whether a statement is `...`."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and node.value.value is ...


def declares(decorator: ast.expr) -> bool:
    """Whether a decorator makes a body needless: an overload, or a command group of click."""
    return ast.unparse(decorator).partition("(")[0].rpartition(".")[2] in {
        "overload",
        "abstractmethod",
        "group",
    }
