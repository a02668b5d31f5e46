"""What a user may import is what is documented, and no more."""

import subprocess
import sys
import types

import builder
from tests.walls.sources import ROOT


def test_public_names() -> None:
    """The package offers `open` and `__version__`, and nothing else by accident."""
    offered = {each for each in vars(builder) if not each.startswith("_")}
    rooms = {each for each in offered if isinstance(getattr(builder, each), types.ModuleType)}
    assert offered - rooms == {"open"}
    assert sorted(builder.__all__) == ["__version__", "open"]


def test_public_names_are_documented() -> None:
    """The README shows how the tables are opened, and the function says what it gives."""
    assert "builder.open(" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert builder.open.__doc__


def test_import_is_light() -> None:
    """Importing the package alone loads no table library, so that the command starts at once."""
    code = "import sys, builder; print({'pandas', 'pyarrow', 'numpy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
