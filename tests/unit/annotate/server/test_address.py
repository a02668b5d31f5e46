"""Where a server is: what the environment may say, and what it may not."""

from pathlib import Path

import pytest

from builder.annotate.server.address import address, given_address
from builder.core.errors import ServerError
from builder.core.settings import Settings

TOKEN = "0123456789abcdef0123456789abcdef01234567"  # noqa: S105 - nobody's


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A dataset without a studio, in an environment that names no server."""
    monkeypatch.setenv("BUILDER_STUDIO_HOME", str(tmp_path / "home"))
    for name in ("LABEL_STUDIO_URL", "LABEL_STUDIO_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    return Settings(tmp_path)


@pytest.mark.parametrize(
    ("given", "url", "name"),
    [
        ("http://localhost:8080", "http://localhost:8080/", "localhost:8080"),
        (" https://ls.example/studio ", "https://ls.example/studio/", "ls.example/studio"),
        ("https://LS.example/a/b//?page=2#top", "https://ls.example/a/b/", "ls.example/a/b"),
        ("http://[::1]:8080/", "http://[::1]:8080/", "[::1]:8080"),
    ],
)
def test_an_address_is_made_plain(given: str, url: str, name: str) -> None:
    """The url ends in a slash, without query; the name is host, port and path."""
    found = given_address(given.strip(), TOKEN)
    assert (found.url, found.name, found.token) == (url, name, TOKEN)


@pytest.mark.parametrize(
    ("url", "token", "said"),
    [
        ("", TOKEN, "LABEL_STUDIO_URL is not"),
        ("http://ls.example", "", "or is empty"),
        ("http://ls.example", "two words", "characters that no token has"),
        ("http://ls.example", "schlüssel", "characters that no token has"),
        ("ls.example:8080", TOKEN, "must begin with http"),
        ("localhost", TOKEN, "must begin with http"),
        ("ftp://ls.example", TOKEN, "must begin with http"),
        ("http://", TOKEN, "name a host"),
        ("http://ls.example:port", TOKEN, "is no address"),
        ("http://" + "ana:secret@ls.example", TOKEN, "no user name"),
    ],
)
def test_what_is_no_address(url: str, token: str, said: str) -> None:
    """Half an address, or a wrong one, is told by the variable to mend, never with token or password."""
    with pytest.raises(ServerError) as raised:
        given_address(url, token)
    assert said in str(raised.value)
    assert "secret" not in str(raised.value)
    assert not token or token not in str(raised.value)


def test_no_server_at_all(nowhere: Settings) -> None:
    """Without a studio and without the variables, the message names both ways."""
    with pytest.raises(ServerError, match=r"builder studio up.*LABEL_STUDIO_URL"):
        address(nowhere)


def test_the_environment_names_a_server(nowhere: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the environment says is taken, spaces around it aside; half of it is told."""
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", f" {TOKEN}\n")
    with pytest.raises(ServerError, match="LABEL_STUDIO_URL is not"):
        address(nowhere)
    monkeypatch.setenv("LABEL_STUDIO_URL", "https://ls.example")
    assert address(nowhere) == given_address("https://ls.example/", TOKEN)
    assert TOKEN not in repr(address(nowhere))
