"""After a withdrawal: which releases are out of date, which hold what was withdrawn, and what readers are told."""

import os
from pathlib import Path

import pytest

from builder.core.settings import Settings
from builder.run.releasing.places import listed
from builder.run.releasing.purging import purge
from builder.run.releasing.release_stage import releases_stage
from builder.run.releasing.verifying import verify_release
from builder.run.releasing.withdrawing import Asked, plan_withdrawal, withdraw
from tests.unit.run.released import SAID, comment, cut_release, released_dataset, with_key

MINE = comment(SAID)["comment_id"]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A dataset with two releases for the house, one for research, and a withdrawal after them."""
    home = with_key(released_dataset(tmp_path / "house"), tmp_path / "key")
    for version, tier in ((None, "private"), ("0.1.1", "private"), (None, "research")):
        folder = cut_release(home, version, tier=tier)
        os.utime(folder.with_name(f"{folder.name}.tar"), (1e9, 1e9))
    withdraw(home, plan_withdrawal(home, Asked((MINE,), "person-asked")), None)
    return home


def statuses(settings: Settings) -> dict[str, str]:
    """What the list says of each release."""
    return {one.folder: one.status for one in listed(settings.releases_dir)}


def test_a_withdrawal_makes_releases_stale(settings: Settings) -> None:
    """From a withdrawal on the last release of each tier is out of date, with the reason and the commands."""
    found = releases_stage(settings)
    assert (found.state, found.todo) == ("stale", "builder release --tier private && builder release")
    assert found.changes == (
        "tiny-private-0.1.1: something was withdrawn since then",
        "tiny-0.1.0: something was withdrawn since then",
    )


def test_all_that_hold_it_are_marked(settings: Settings) -> None:
    """Each older version that holds it is marked, and the last one of another tier until that is cut anew."""
    cut_release(settings)
    assert statuses(settings) == {
        "tiny-private-0.1.0": "superseded: withdrawal",
        "tiny-private-0.1.1": "superseded: withdrawal",
        "tiny-0.1.0": "current: holds what was withdrawn",
        "tiny-private-0.2.0": "current",
    }
    assert (
        "tiny-0.1.0: latest of tier research, holds what was withdrawn" in releases_stage(settings).facts[1]
    )
    cut_release(settings, tier="research")
    assert statuses(settings)["tiny-0.1.0"] == "superseded: withdrawal"
    assert statuses(settings)["tiny-0.2.0"] == "current"
    assert releases_stage(settings).state == "ready"


def test_what_does_not_hold_it_is_not_marked(settings: Settings) -> None:
    """A version that was cut after the withdrawal is superseded by the next one like any other."""
    cut_release(settings)
    cut_release(settings, "0.2.1")
    assert statuses(settings)["tiny-private-0.2.0"] == "superseded"


def test_the_changelog_tells_of_it(settings: Settings) -> None:
    """The chapter of the version says how much was withdrawn and what holders of older ones do; it verifies."""
    folder = cut_release(settings, tier="research")
    said = (folder / "CHANGELOG.md").read_text(encoding="utf-8").partition("## 0.1.0")[0]
    assert "Withdrawn: 2 comments. Whoever holds an older version" in said
    assert "builder purge" in said
    assert verify_release(folder).faults == ()
    later = cut_release(settings, "0.3.0", tier="research")
    assert (later / "CHANGELOG.md").read_text(encoding="utf-8").count("Withdrawn: 2 comments.") == 1


def test_a_purge_counts_what_was_there(settings: Settings, tmp_path: Path) -> None:
    """Units that were never in a version do not count as taken out of it."""
    old = settings.releases_dir / "tiny-private-0.1.0"
    absent = plan_withdrawal(settings, Asked(("c" + "0" * 20,), "error", absent=True))
    withdraw(settings, absent, None)
    done = purge(old, cut_release(settings) / "data/withdrawn.parquet", tmp_path / "copy")
    assert done.units == {"comment": 2, "article": 0, "author": 0}
    assert verify_release(done.folder).faults == ()
