"""The install: what is half done is not taken for done, and the server sees a bare environment."""

from pathlib import Path

import pytest

from builder.annotate.server.studio import install
from builder.annotate.server.studio.passwords import new_password


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache; the folder for the server in it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    return install.cache_folder()


def test_an_install_is_whole_or_none(cache: Path) -> None:
    """A virtual environment counts only with its mark, of this very lock, and with its Python."""
    assert not install._installed()
    python = cache / "venv/bin/python"
    python.parent.mkdir(parents=True)
    python.touch()
    assert not install._installed()
    (cache / "venv/installed").write_bytes(b"another lock")
    assert not install._installed()
    (cache / "venv/installed").write_bytes(install._wanted())
    assert install._installed()
    python.unlink()
    python.symlink_to("gone")
    assert not install._installed()


def test_the_version_is_the_locks(cache: Path) -> None:
    """The version comes from the lock, and names the folder."""
    assert install.version().startswith("1.23.")
    assert cache.name == f"label-studio-{install.version()}"


def test_a_bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Variables that the server would take for settings of its own are kept from it; what is ours is given."""
    for name in ("HOST", "DEBUG", "SECRET_KEY", "LABEL_STUDIO_PASSWORD", "PYTHONPATH"):
        monkeypatch.setenv(name, "not for you")
    given = install.environment(tmp_path, MORE="more")
    assert "not for you" not in given.values()
    assert given["MORE"] == "more"
    assert given["SENTRY_DSN"] == given["FRONTEND_SENTRY_DSN"] == ""


def test_no_two_passwords_are_the_same() -> None:
    """Passwords are long enough for the server, differ, and hold nothing that is taken for something else."""
    made = {new_password() for _ in range(200)}
    assert len(made) == 200
    assert {len(each) for each in made} == {14}
    assert not set("".join(made)) & set("lo01IO")
