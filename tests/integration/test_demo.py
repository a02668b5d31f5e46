"""What the demo says on its way is true, and can be typed again."""

import re
import subprocess
from pathlib import Path
from shutil import copytree

from builder.annotate.planning.terms import Wishes
from builder.core.settings_file import find_settings
from builder.run.annotation.configs import sound_config
from builder.run.annotation.planning import met_again, plan
from builder.run.annotation.rounds import keep_round
from tests.integration.command import run

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "demo" / "round_trip.sh"
WORDS = ("printf", r"%s|", "One more person", "it's", "", "ana,bo", "$HOME")


def test_a_command_that_is_told_can_be_typed() -> None:
    """A command as the demo prints it does the same when it is put into a shell, spaces and quotes included."""
    (step,) = re.findall(
        r"^step\(\) \{$.*?^\}$", SCRIPT.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    said = shell(f'{step}\nstep "$@"', *WORDS)
    told, _, done = said.partition("\033[0m\n")
    assert done == "One more person|it's||ana,bo|$HOME|"
    assert shell(told.partition("$ ")[2]) == done


def test_the_second_round_goes_to_the_third_reader(tmp_path: Path) -> None:
    """In the demo's second round nobody gets a comment that they had in the first."""
    for name in ("data/raw", "data/gold", "annotation_configs"):
        copytree(ROOT / name, tmp_path / name)
    (tmp_path / "pyproject.toml").write_text(
        (ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    assert run("build", cwd=tmp_path).returncode == 0
    settings = find_settings(tmp_path)
    config = sound_config(settings, "comment_hostility")
    usual = {
        "sample": 24,
        "seed": 7,
        "stratify": ("source", "lang"),
        "annotators": ("w1", "w2", "w3"),
        "gold": 2,
    }
    first, _ = plan(settings, "demo", config, Wishes(**usual, overlap=2, repeat=2))
    keep_round(settings.rounds_dir, first, config)
    second, new = plan(settings, "more", config, Wishes(**usual))
    assert new
    assert second.n_units == 24
    assert met_again(settings, second) == 0


def shell(script: str, *words: str) -> str:
    """What a script that bash runs with these words prints."""
    done = subprocess.run(["bash", "-c", script, "demo", *words], capture_output=True, text=True, check=True)
    return done.stdout
