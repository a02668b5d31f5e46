"""A studio of one's own, through the command line: up, found, kept, ended, and only what is ours touched."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from shutil import rmtree

import pytest

from builder.annotate.server.studio import serve
from builder.annotate.server.studio.install import version
from builder.annotate.server.studio.state import HOST, Account, running, write_account
from builder.core.errors import ServerError
from builder.core.private import private_folder
from tests.integration.command import call, run
from tests.integration.own_studio import MINUTES, environ, found, said, server, up


def test_up_prints_the_way_in(place: Path) -> None:
    """The studio starts, and says where it is and how to log in."""
    up(place)
    printed = said("up", cwd=place)
    assert "was up already" in printed
    assert re.search(r"open +\w+://127\.0\.0\.1:\d+/", printed)
    assert re.search(r"login +lead@annotators\.example", printed)
    assert re.search(r"password +\w{4}-\w{4}-\w{4}", printed)


def test_a_studio_that_is_up_stays_as_it_is(place: Path) -> None:
    """Starting twice, even at once, gives the same server with the same way in."""
    first = up(place)
    both = [
        subprocess.Popen(call("studio", "up", "--json"), cwd=place, stdout=subprocess.PIPE) for _ in range(2)
    ]
    answers = [json.loads(each.communicate(timeout=MINUTES)[0]) for each in both]
    assert answers == [{**first, "already_up": True}] * 2


def test_two_start_it_at_once(place: Path) -> None:
    """Of two who start it at the same time, one starts it and the other finds it."""
    said("down", cwd=place)
    both = [
        subprocess.Popen(call("studio", "up", "--json"), cwd=place, stdout=subprocess.PIPE) for _ in range(2)
    ]
    answers = [json.loads(each.communicate(timeout=MINUTES)[0]) for each in both]
    assert sorted(answer.pop("already_up") for answer in answers) == [False, True]
    assert answers[0] == answers[1]


def test_later_starts_take_seconds(place: Path) -> None:
    """Down and up again: the same port and the same way in, in seconds, with the data still there."""
    first = up(place)
    server(place).post("api/projects/", {"title": "kept"})
    assert first["url"] in said("down", cwd=place)
    assert "was not up" in said("down", cwd=place)
    assert found(place)["up"] is False
    began = time.monotonic()
    again = up(place)
    assert time.monotonic() - began < 60
    assert again == {**first, "already_up": False}
    assert "kept" in found(place)["projects"]


def test_a_fresh_clone_has_a_studio_of_its_own(place: Path) -> None:
    """A dataset cloned anew at the same place does not find the projects of the clone before, and is told of them."""
    up(place)
    server(place).post("api/projects/", {"title": "of the clone before"})
    said("down", cwd=place)
    kept = place.rename(place.with_name("kept"))
    place.mkdir()
    try:
        assert "is the studio of a dataset that lay here before" in run("studio", "up", cwd=place).stderr
        assert "of the clone before" not in found(place)["projects"]
        said("down", cwd=place)
    finally:
        rmtree(place)
        kept.rename(place)
    up(place)
    assert "of the clone before" in found(place)["projects"]


def test_env_opens_the_server(place: Path) -> None:
    """What `env` prints gives a shell the address and a token; the server keeps its name in both ways."""
    there = up(place)
    assert environ(place)["url"] == there["url"]
    assert server(place).get("api/current-user/whoami")["email"] == there["login"]
    assert found(place)["name"].startswith("studio-")


def test_only_this_machine_is_served(place: Path) -> None:
    """The server listens on the loopback alone."""
    port = int(up(place)["url"].rstrip("/").rpartition(":")[2])
    table = Path("/proc/net/tcp").read_text(encoding="utf-8").splitlines()[1:]
    listening = {line.split()[1] for line in table if line.split()[3] == "0A"}
    assert [each for each in listening if each.endswith(f":{port:04X}")] == [f"0100007F:{port:04X}"]


def test_nothing_is_sent_to_its_makers(place: Path) -> None:
    """Analytics, version check and both crash reports are off; nothing of the caller's Python leaks in."""
    up(place)
    given = Path(f"/proc/{found(place)['pid']}/environ").read_bytes().decode().split("\0")
    off = ["COLLECT_ANALYTICS=false", "LATEST_VERSION_CHECK=false", "SENTRY_DSN=", "FRONTEND_SENTRY_DSN="]
    assert set(off) <= set(given)
    assert not [each for each in given if each.startswith("PYTHON")]


def test_a_stale_process_number(place: Path) -> None:
    """After a crash the number may be another's: that process is left alone, and the studio starts again."""
    up(place)
    state = found(place)
    os.kill(state["pid"], 9)
    file = Path(state["folder"]) / "run.json"
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        kept = json.loads(file.read_text(encoding="utf-8"))
        file.write_text(json.dumps({**kept, "pid": other.pid}), encoding="utf-8")
        assert found(place)["up"] is False
        assert "was not up" in said("down", cwd=place)
        assert up(place)["already_up"] is False
        assert other.poll() is None
        other.communicate(b"\n")


def listener(port: int) -> socket.socket:
    """Somebody else at a port, as soon as no connection of the last one there is left."""
    due = time.monotonic() + 60
    while True:
        try:
            return socket.create_server((HOST, port))
        except OSError:
            if time.monotonic() > due:
                raise
            time.sleep(0.2)


def test_a_port_that_is_taken(place: Path) -> None:
    """A port that was asked for and is taken is refused; the last one, taken, is left for a free one."""
    first = up(place)
    said("down", cwd=place)
    port = int(first["url"].rstrip("/").rpartition(":")[2])
    with closing(listener(port)):
        refused = run("studio", "up", "--port", str(port), cwd=place)
        assert refused.returncode == 1
        assert f"Port {port} is taken" in refused.stderr
        assert up(place)["url"] != first["url"]


def test_a_port_that_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When somebody takes the port after it was found free, the server that moved on is ended, and tries again."""
    private_folder(tmp_path)
    with closing(socket.create_server((HOST, 0))) as taken:
        port = taken.getsockname()[1]
        lead = Account("studio-x", "lead@annotators.example", "a-password", "a" * 40, port, version())
        write_account(tmp_path, lead)
        monkeypatch.setattr(serve, "_is_free", lambda _: True)
        with pytest.raises(ServerError, match=f"Something else answers at port {port}"):
            serve.start(tmp_path, print, port=port)
        assert running(tmp_path) is None
        lies = [True, False]
        monkeypatch.setattr(serve, "_is_free", lambda _: lies.pop(0))
        started = serve.start(tmp_path, print)
    serve.stop(tmp_path)
    assert started.run.port != port
    assert "Trying to start at" in (tmp_path / "server.log.old").read_text(encoding="utf-8")


def test_another_port_for_a_studio_that_is_up(place: Path) -> None:
    """A studio that is up is not moved behind anybody's back."""
    up(place)
    refused = run("studio", "up", "--port", "1", cwd=place)
    assert refused.returncode == 1
    assert "To move it: builder studio down" in " ".join(refused.stderr.split())


def test_a_studio_that_lets_nobody_in(place: Path) -> None:
    """Where the lead has switched legacy tokens off, the status says which switch that is."""
    up(place)
    lead = server(place)
    told = {"api_tokens_enabled": True, "legacy_api_tokens_enabled": False, "api_token_ttl_days": 30}
    lead.post("api/jwt/settings", told)
    assert "Organization > API Tokens Settings" in found(place)["trouble"]
    assert "Organization > API Tokens Settings" in " ".join(said("status", cwd=place).split())


def test_a_studio_that_is_down(place: Path) -> None:
    """Without a studio, what needs one says how to start it."""
    said("down", cwd=place)
    for words in (["env"], ["annotators", "list"]):
        refused = run("studio", *words, cwd=place)
        assert refused.returncode == 1
        assert "builder studio up" in refused.stderr
    assert json.loads(said("status", "--json", cwd=place))["up"] is False


def test_an_install_that_fails(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Label Studio cannot be fetched, the reason is told, and what is half done is not taken for done."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("BUILDER_STUDIO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    refused = run("studio", "up", cwd=place)
    assert refused.returncode == 1
    assert "cannot be set up: python -I -m pip" in " ".join(refused.stderr.split())
    assert "No matching distribution" in refused.stderr
    assert not list(tmp_path.rglob("installed"))
