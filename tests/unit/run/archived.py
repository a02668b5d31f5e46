"""A dataset on disk whose archive holds what the tests of the merge make up."""

from pathlib import Path

from builder.core.linefile import new_lines
from builder.core.settings import Settings
from builder.core.settings_file import find_settings
from tests.unit.annotate.pulled import CORPUS, Pulled
from tests.unit.run.on_disk import write_tables


def archived(root: Path, pulled: Pulled) -> Settings:
    """The dataset of the tiny corpus in a folder, with these lines in its archive."""
    (root / "pyproject.toml").write_text('[tool.builder]\nname = "tiny"\n', encoding="utf-8")
    settings = find_settings(root)
    write_tables(CORPUS, root)
    keep(settings, pulled)
    return settings


def keep(settings: Settings, pulled: Pulled) -> None:
    """Add a file to the archive with the lines that are there so far."""
    with new_lines(settings.archive_dir) as archive:
        for line in pulled.lines:
            archive.write(line.as_bytes())
