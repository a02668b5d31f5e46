"""Accounts on a real server: they can log in, are made once, and their passwords are shown once."""

import json
import re
from pathlib import Path

import pytest

from builder.annotate.server.connection import connect, given_address
from builder.annotate.server.studio.accounts import add_annotators, legacy_token, members
from builder.core.errors import Refused, ServerError
from tests.integration.command import run
from tests.integration.proxy import proxy
from tests.integration.studio import Studio


@pytest.fixture
def told(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> Studio:
    """The server as one that the environment names."""
    for name, value in studio.environ.items():
        monkeypatch.setenv(name, value)
    return studio


def test_an_annotator_can_log_in(studio: Studio) -> None:
    """Each account that is made logs in, and acts under a token of its own."""
    people = [studio.annotator(name) for name in ("first", "second")]
    seen = {studio.server(one).get("api/current-user/whoami")["email"] for one in people}
    assert seen == {"first@annotators.example", "second@annotators.example"}


def test_accounts_by_the_command(told: Studio, tmp_path: Path) -> None:
    """On a server that the environment names: accounts with passwords, once; who has one keeps it."""
    added = run("studio", "annotators", "add", "Hanna", "imre@uni.example", cwd=tmp_path)
    made = re.findall(r"(\S+@\S+) +(\w{4}-\w{4}-\w{4})", added.stdout)
    assert [address for address, _ in made] == ["hanna@annotators.example", "imre@uni.example"]
    assert all(legacy_token(told.url, *one) for one in made)
    again = run("studio", "annotators", "add", "hanna", "--json", cwd=tmp_path)
    assert json.loads(again.stdout) == [{"login": made[0][0], "password": None, "url": told.url}]
    listed = run("studio", "annotators", "list", cwd=tmp_path)
    assert {address for address, _ in made} <= set(listed.stdout.split())
    assert listed.stdout.split()[:5] == ["id", "login", "last", "seen", "(UTC)"]
    assert not re.search(r"\d:\d\d[:.]", listed.stdout)
    assert added.stdout.split()[:2] == ["login", "password"]
    assert "hand on login, password and the link that builder push prints" in added.stderr
    assert not list(tmp_path.iterdir())


def test_a_password_on_a_server_of_others(told: Studio, tmp_path: Path) -> None:
    """A lost password cannot be replaced from outside, and the message says so."""
    told.annotator("forgetful")
    refused = run("studio", "annotators", "add", "--reset", "forgetful", cwd=tmp_path)
    assert refused.returncode == 1
    assert f"Only who runs {told.url}" in " ".join(refused.stderr.split())


def test_a_name_that_makes_no_address(told: Studio, tmp_path: Path) -> None:
    """A name that the server would refuse is refused before any account is made."""
    before = len(members(told.server()))
    refused = run("studio", "annotators", "add", "goodname", "bad name", cwd=tmp_path)
    assert refused.returncode == 2
    assert "'bad name@annotators.example'" in refused.stderr
    assert len(members(told.server())) == before


def test_a_wrong_token_by_the_command(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong token ends with a message, without a trace of the program and without the token."""
    monkeypatch.setenv("LABEL_STUDIO_URL", studio.url)
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", "e" * 40)
    refused = run("--debug", "studio", "annotators", "list", cwd=tmp_path)
    assert refused.returncode == 1
    assert refused.stderr.startswith("Error: ")
    assert "e" * 40 not in refused.stderr + refused.stdout


def test_accounts_below_a_path(studio: Studio) -> None:
    """Accounts are made, and log in, where the server is below a path too."""
    with proxy(studio.url, "/annotation/") as before:
        (added,) = add_annotators(connect(given_address(before.url, studio.token)), ["behind-a-path"])
        assert added.password
        assert legacy_token(before.url, added.address, added.password)


def test_a_wrong_password(studio: Studio) -> None:
    """Logging in with a wrong password is refused in plain words, and the password is not repeated."""
    person = studio.annotator("first")
    with pytest.raises(Refused) as raised:
        legacy_token(studio.url, person.address, "not-the-password")
    assert person.address in str(raised.value)
    assert "not-the-password" not in str(raised.value)


def test_a_server_without_the_form(studio: Studio) -> None:
    """A gateway that answers in the place of the form ends in a message."""
    with proxy(studio.url, "/") as before:
        before.spoil("gateway", "GET", "/user/signup")
        with pytest.raises(ServerError, match="502"):
            list(add_annotators(connect(given_address(before.url, studio.token)), ["nobody-yet"]))
