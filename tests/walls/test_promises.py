"""Every test says in one sentence what it promises, in the folder of its kind."""

import ast
from pathlib import Path

import pytest

from tests.walls.sources import TESTS, functions, name, project, python_files, tree
from tests.walls.test_modules import one_sentence

TEST_FILES = [path for path in python_files(TESTS) if path.name.startswith("test_")]


@pytest.mark.parametrize("path", TEST_FILES, ids=name)
def test_a_test_promises_something(path: Path) -> None:
    """The docstring of each test opens with one sentence."""
    tests = [each for each in functions(tree(path)) if each.name.startswith("test_")]
    assert tests, "a test file without a test"
    assert not [each.name for each in tests if not one_sentence(ast.get_docstring(each))]


@pytest.mark.parametrize("path", TEST_FILES, ids=name)
def test_a_test_can_fail(path: Path) -> None:
    """Each test asserts, expects an error or calls something named for doing so."""
    tests = [each for each in functions(tree(path)) if each.name.startswith("test_")]
    assert not [each.name for each in tests if not any(checks(node) for node in ast.walk(each))]


def checks(node: ast.AST) -> bool:
    """Whether a node asserts, expects an error, or calls a function named for its checking."""
    if isinstance(node, ast.Call):
        called = ast.unparse(node.func).rpartition(".")[2]
        return called.startswith(("raises", "warns", "fail", "assert", "check", "expect", "test_"))
    return isinstance(node, ast.Assert)


@pytest.mark.parametrize("path", TEST_FILES, ids=name)
def test_a_test_lives_with_its_kind(path: Path) -> None:
    """Each test file is in a folder that pyproject.toml declares as a mark."""
    marks = {each.partition(":")[0] for each in project()["tool"]["pytest"]["ini_options"]["markers"]}
    assert path.relative_to(TESTS).parts[0] in marks
