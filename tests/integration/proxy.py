"""A reverse proxy on the loopback that puts a server below a path, and can spoil answers on the way back."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal
from urllib.parse import urlsplit

HOST = "127.0.0.1"

Spoilt = Literal["lost", "gateway", "unsent"]
"""The server did it and the connection breaks; it did it and a 502 comes back; it never heard of it."""

_HOP = {"connection", "keep-alive", "transfer-encoding", "host", "content-length"}


@dataclass
class Proxy:
    """What stands before a server: its ``url`` (below a path, "/" at its end) and what went through it."""

    target: str
    below: str
    url: str = ""
    requests: list[tuple[str, str]] = field(default_factory=list)
    _spoil: list[tuple[Spoilt, str, str]] = field(default_factory=list)

    def spoil(self, how: Spoilt, method: str, part: str, times: int = 1) -> None:
        """Spoil the next answers to requests of this method with this part in their path."""
        self._spoil += [(how, method, part)] * times

    def fate(self, method: str, path: str) -> Spoilt | None:
        """How the answer to a request is to be spoilt; each time is used up by asking."""
        self.requests.append((method, path))
        for planned in self._spoil:
            how, wanted, part = planned
            if method == wanted and part in path:
                self._spoil.remove(planned)
                return how
        return None


@contextmanager
def proxy(target: str, below: str = "/") -> Iterator[Proxy]:
    """A proxy before the server at ``target``, which then is below a path such as ``/studio/``."""
    made = Proxy(target, below)
    handler = type("Handler", (_Handler,), {"proxy": made})
    with ThreadingHTTPServer((HOST, 0), handler) as server:
        made.url = f"http://{HOST}:{server.server_port}{below}"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield made
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    """Passes one request on, and its answer back."""

    proxy: Proxy

    def handle_one_request(self) -> None:
        """As ever, but a client that is gone is no error."""
        try:
            super().handle_one_request()
        except ConnectionError:
            self.close_connection = True

    def do_GET(self) -> None:
        """Any method: pass it on."""
        if not self.path.startswith(self.proxy.below):
            self.send_error(404)
            return
        fate = self.proxy.fate(self.command, self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if fate == "unsent":
            return
        try:
            answer, content = self._asked(body)
        except (OSError, HTTPException):
            self.send_error(502)
            return
        if fate == "gateway":
            self.send_error(502)
        elif fate != "lost":
            self._pass_back(answer, content)

    do_POST = do_PATCH = do_PUT = do_DELETE = do_GET  # noqa: N815 - what http.server looks for

    def _asked(self, body: bytes) -> tuple[HTTPResponse, bytes]:
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP}
        path = "/" + self.path.removeprefix(self.proxy.below)
        host = urlsplit(self.proxy.target).netloc
        with closing(HTTPConnection(host, timeout=600)) as server:
            server.request(self.command, path, body, {**headers, "Content-Length": str(len(body))})
            answer = server.getresponse()
            return answer, answer.read()

    def _pass_back(self, answer: HTTPResponse, content: bytes) -> None:
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() == "location" and value.startswith("/"):
                self.send_header(name, self.proxy.below + value.removeprefix("/"))
            elif name.lower() not in _HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
