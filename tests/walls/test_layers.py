"""Rooms are layers, and every room is in the contract."""

import subprocess
import sys
from pathlib import Path

from tests.walls.sources import BUILDER, project, python_files


def test_imports_only_fall(repository: Path) -> None:
    """No room imports a room above it, and no verb of the command line imports another."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=repository, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_room_has_its_layer() -> None:
    """A folder or module of the package that no layer names cannot be added."""
    layers = project()["tool"]["importlinter"]["contracts"][0]["layers"]
    named = {room.strip() for layer in layers for room in layer.split("|")}
    rooms = {
        path.stem for path in BUILDER.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert rooms - {"__init__"} <= named


def test_one_room_knows_label_studio() -> None:
    """Only the room for annotation imports the client of Label Studio."""
    knows = {path for path in python_files(BUILDER) if "label_studio_sdk" in path.read_text(encoding="utf-8")}
    assert {path.relative_to(BUILDER).parts[0] for path in knows} == {"annotate"}
