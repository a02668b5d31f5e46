"""The connection to a real server: both kinds of token, a path before it, and plain words for all that fails."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from builder.annotate.server.connection import Address, Server, connect, given_address, spoken
from builder.core.errors import Refused, ServerError, Unanswered
from tests.integration.proxy import HOST, Proxy, proxy
from tests.integration.studio import Studio, personal_token


@pytest.fixture
def below(studio: Studio) -> Iterator[Proxy]:
    """The server below a path."""
    with proxy(studio.url, "/label/studio/") as made:
        yield made


@pytest.fixture(scope="module")
def personal(studio: Studio) -> str:
    """A personal access token that works."""
    return personal_token(studio.url, studio.annotator("pat-owner"))


@pytest.fixture
def switches(studio: Studio, personal: str) -> Iterator[Server]:
    """Somebody who can throw the switches of the tokens; afterwards both kinds are on."""
    server = connect(given_address(studio.url, personal))
    yield server
    switch(server, personal=True, legacy=True)


def switch(server: Server, *, personal: bool, legacy: bool) -> None:
    """Say which kinds of token the server takes."""
    told = {"api_tokens_enabled": personal, "legacy_api_tokens_enabled": legacy, "api_token_ttl_days": 30}
    server.post("api/jwt/settings", told)


def fault(url: str, token: str, kind: type[ServerError] = ServerError) -> str:
    """What is said where the server cannot be used; never with the token in it."""
    with pytest.raises(kind) as raised:
        connect(given_address(url, token))
    said = str(raised.value)
    assert token not in said
    return said


def sleeve(**claims: object) -> str:
    """A token in the form of a personal access token that no server has signed."""
    parts = ({"alg": "HS256", "typ": "JWT"}, claims)
    coded = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    return ".".join([*coded, "c2lnbmF0dXJl"])


@pytest.mark.parametrize("kind", ["legacy", "personal"])
def test_both_kinds_of_token_work_below_a_path(
    studio: Studio, below: Proxy, personal: str, kind: str
) -> None:
    """A legacy and a personal token open the server, also where it is below a path."""
    token = studio.token if kind == "legacy" else personal
    server = connect(given_address(below.url.rstrip("/"), token))
    assert server.get("api/version")["release"].startswith("1.")
    assert b"release" in server.get_bytes("api/version")
    with spoken(server):
        assert connect(given_address(below.url, token)).sdk.users.whoami().email
    assert all(path.startswith("/label/studio/api/") for _, path in below.requests)


def test_no_token_is_shown(studio: Studio, personal: str) -> None:
    """Neither an address nor a connection shows the token it holds."""
    for token in (studio.token, personal):
        address = given_address(studio.url, token)
        assert token not in f"{address!r} {address} {connect(address)!r}"


def test_a_wrong_token(studio: Studio) -> None:
    """A token of another server is refused with where to get the right one."""
    assert "does not know the token" in fault(studio.url, "f" * 40, Refused)


def test_a_personal_token_of_another_server(studio: Studio) -> None:
    """A personal token that this server did not sign is told from a legacy token."""
    stranger = sleeve(token_type="refresh", exp=time.time() + 9000, jti="x", user_id="1")  # noqa: S106
    assert "did not sign" in fault(studio.url, stranger, Refused)


def test_an_expired_token(studio: Studio) -> None:
    """A personal token that has expired is called so."""
    late = sleeve(token_type="refresh", exp=time.time() - 9, jti="x", user_id="1")  # noqa: S106
    assert "has expired" in fault(studio.url, late, Refused)


def test_a_personal_token_cut_short(studio: Studio, personal: str) -> None:
    """Half a personal token, which looks like a legacy token, is refused as cut short."""
    assert "cut short" in fault(studio.url, personal[: len(personal) // 2], Refused)


def test_an_access_token(studio: Studio, personal: str) -> None:
    """The short-lived token that a personal token is changed for is not taken for one."""
    access = studio.server().post("api/token/refresh/", {"refresh": personal})["access"]
    assert "lives for five minutes" in fault(studio.url, access, Refused)


def test_a_revoked_token(studio: Studio) -> None:
    """A personal token that was revoked is called so."""
    revoked = personal_token(studio.url, studio.annotator("revoker"))
    connect(given_address(studio.url, revoked)).post("api/token/blacklist/", {"refresh": revoked})
    assert "was revoked" in fault(studio.url, revoked, Refused)


def test_legacy_tokens_switched_off(studio: Studio, switches: Server) -> None:
    """Where the server takes no legacy tokens, the message names the switch and the other way in."""
    switch(switches, personal=True, legacy=False)
    said = fault(studio.url, studio.token, Refused)
    assert "Organization > API Tokens Settings" in said
    assert "personal access token" in said


def test_personal_tokens_switched_off(studio: Studio, switches: Server, personal: str) -> None:
    """Where the server takes no personal tokens, the message names the switch and the other way in."""
    lead = studio.server()
    switch(lead, personal=False, legacy=True)
    said = fault(studio.url, personal, Refused)
    switch(lead, personal=True, legacy=True)
    assert switches.url == studio.url
    assert "Organization > API Tokens Settings" in said
    assert "legacy token" in said


@pytest.mark.parametrize("page", ["projects/", "user/login", "no/such/place/"])
def test_a_page_of_the_server(studio: Studio, page: str) -> None:
    """An address copied from the browser with a page in it is told from the server's own."""
    assert "without what follows it" in fault(studio.url + page, studio.token)


class Page(BaseHTTPRequestHandler):
    """Some other program: a page at /page/, a page that is not there, a way to elsewhere."""

    def do_GET(self) -> None:
        """Answer."""
        self.send_response({"page": 200, "moved": 301}.get(self.path.split("/")[1], 404))
        self.send_header("Location", "http://elsewhere.example/")
        self.end_headers()
        self.wfile.write(b"<html>Hello</html>")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("page", "is no Label Studio"),
        ("", "is no Label Studio"),
        ("moved", "leads to http://elsewhere.example/"),
    ],
)
def test_something_else_at_the_address(path: str, said: str) -> None:
    """A program that is no Label Studio, or leads elsewhere, is recognised."""
    with HTTPServer((HOST, 0), Page) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            assert said in fault(f"http://{HOST}:{server.server_port}/{path}", "a" * 40)
        finally:
            server.shutdown()
            thread.join()


def test_nobody_at_the_address() -> None:
    """Where nobody listens, the message says how a studio of one's own is started."""
    assert "builder studio up" in fault(f"http://{HOST}:9", "a" * 40, Unanswered)


@pytest.mark.parametrize("how", ["lost", "gateway"])
def test_what_may_have_been_done(studio: Studio, below: Proxy, how: str) -> None:
    """A lost answer and a broken gateway are told from a refusal, and nothing is sent twice by itself."""
    server = connect(given_address(below.url, studio.token))
    title = f"made once, {how}"
    below.spoil(how, "POST", "/api/projects", times=9)
    with pytest.raises(Unanswered, match="may have done what was asked"):
        server.post("api/projects/", {"title": title})
    with pytest.raises(Unanswered), spoken(server):
        server.sdk.projects.create(title=title + ", by the SDK")
    titles = [each["title"] for each in server.get("api/projects/", page_size=100)["results"]]
    assert [each for each in sorted(titles) if each.startswith(title)] == [title, title + ", by the SDK"]


def test_a_question_is_asked_again(studio: Studio, below: Proxy) -> None:
    """What changes nothing is asked again when the connection breaks."""
    server = connect(given_address(below.url, studio.token))
    below.spoil("lost", "GET", "/api/users", times=2)
    assert server.get("api/users/")
    assert [path for _, path in below.requests].count("/label/studio/api/users/") == 3


def test_a_refusal_says_what_was_wrong(studio: Studio) -> None:
    """A request that the server finds wrong is refused with the server's own reason."""
    with pytest.raises(Refused, match="title"):
        studio.server().post("api/projects/", {"title": "x" * 51})
    with pytest.raises(Refused, match="404"):
        studio.server().get("api/projects/999999/")


def test_a_server_that_dies(studio: Studio) -> None:
    """After the server was killed the connection says so, and works again when it is back at its place."""
    server = studio.server()
    studio.kill()
    try:
        with pytest.raises(Unanswered, match="cannot be reached"):
            server.get("api/version")
    finally:
        studio.start()
    assert server.get("api/version")
    assert Address(server.url, studio.token, server.name) == studio.address
