"""Two releases held against each other."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder.core.places import Place
from builder.core.storage import replace
from builder.core.tree import read_tree
from builder.release.contents import Contents, contents, sound
from builder.release.diff import diff
from builder.release.difference import Difference, as_json
from builder.release.page import difference_page
from builder.release.verify.previous import bump_between
from builder.release.version import Bump, Version
from builder.run.releasing.clock import Clock, Tell

STAGES = 3


@dataclass(frozen=True, slots=True)
class Compared:
    """Two releases, what is different between them, and the bump that it demands."""

    old: Contents
    new: Contents
    difference: Difference
    bump: Bump

    @property
    def same(self) -> bool:
        """Whether all tables are the same to the last value."""
        return self.bump.level == "patch"

    @property
    def names(self) -> tuple[str, str]:
        """What the two releases are called."""
        old, new = (f"{one.release['name']} {one.release['version']}" for one in (self.old, self.new))
        return old, new

    @property
    def level(self) -> str:
        """The level of the version that the difference demands after the old one."""
        return self.bump.level_after(self._before)

    @property
    def why(self) -> str:
        """What the difference demands, in words."""
        return self.bump.why(self._before)

    @property
    def _before(self) -> Version:
        return Version.parse(str(self.old.release["version"]))

    def as_json(self) -> dict[str, Any]:
        """The difference as values that ``json.dumps`` takes."""
        return {
            "old": dict(self.old.release) | {"history": None},
            "new": dict(self.new.release) | {"history": None},
            "bump": self.level,
            "bump_reason": self.why,
            **as_json(self.difference),
        }


def compare(old: Place, new: Place, tell: Tell | None = None) -> Compared:
    """Compare two releases, each a folder or a tar.

    Raises ``UsageError`` where one is not there, ``DataError`` where one cannot be read.
    """
    clock = Clock(STAGES, tell)
    with clock.stage("read the old release"):
        before = sound(contents(read_tree(old)))
    with clock.stage("read the new release"):
        after = sound(contents(read_tree(new)))
    with clock.stage("compare"):
        difference = diff(before.side, after.side)
        return Compared(before, after, difference, bump_between(before, after, difference))


def write_page(file: Path, compared: Compared) -> None:
    """Write the difference as one HTML file that needs no other."""
    replace(file, difference_page(compared.difference, compared.names, compared.why).encode())
