"""One surface behind the production server, in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import pytest
import waitress

from portal import MAX_BODY
from portal.security import HEADERS
from portal.serving import proxy_options
from portal.settings import read_settings

ROOT = Path(__file__).parent.parent
DEADLINE = 60


class Server:
    """A running ``python -m portal.serving``."""

    def __init__(self, home: Path, **environ: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self.process = launch(home, self.port, **environ)

    def wait_until_it_answers(self) -> None:
        """Return once the server takes connections; fail where it ends instead."""
        end = time.monotonic() + DEADLINE
        while time.monotonic() < end:
            assert self.process.poll() is None, self.process.communicate()[1]
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError("the server never answered")

    def ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[HTTPResponse, bytes]:
        """One request."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE)
        connection.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return response, content

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Tell the process to end and return its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        self.process.communicate(timeout=DEADLINE)
        return self.process.returncode


def launch(home: Path, port: int, **environ: str) -> subprocess.Popen[str]:
    """Start the module with nothing in its environment but what is given."""
    return subprocess.Popen(
        [sys.executable, "-m", "portal.serving", "--port", str(port)],
        env={"PORTAL_HOME": str(home), "PATH": os.environ["PATH"], **environ},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def serve(home: Path) -> Iterator[Callable[..., Server]]:
    """Start servers that end with the test."""
    servers: list[Server] = []

    def start(**environ: str) -> Server:
        servers.append(Server(home, **environ))
        servers[-1].wait_until_it_answers()
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


def test_the_public_surface_is_served_without_any_word_on_the_registry(
    serve: Callable[..., Server], home: Path
) -> None:
    server = serve(PORTAL_SURFACE="public")
    environ = Path(f"/proc/{server.process.pid}/environ").read_bytes().split(b"\0")
    assert b"PORTAL_SURFACE=public" in environ
    assert not [entry for entry in environ if b"REGISTRY" in entry]

    response, content = server.ask("GET", "/healthz")
    assert (response.status, json.loads(content)) == (200, {"status": "ok"})
    for name, value in HEADERS.items():
        assert response.headers[name] == value
    assert "Server" not in response.headers
    assert not (home / "office").exists()


def test_without_stores_the_public_surface_stands_and_says_that_it_is_not_ready(
    serve: Callable[..., Server],
) -> None:
    server = serve(PORTAL_SURFACE="public")
    assert server.ask("GET", "/readyz")[0].status == 503
    response, content = server.ask("GET", "/cases")
    assert response.status == 503
    assert "服务暂时不可用" in content.decode()
    # Explanations of the law need no data.
    assert server.ask("GET", "/about")[0].status == 200


def test_the_public_surface_takes_no_large_body(serve: Callable[..., Server]) -> None:
    server = serve(PORTAL_SURFACE="public")
    too_much = b"toggle=large&next=" + b"x" * MAX_BODY["public"]
    headers = {"Content_Type": "application/x-www-form-urlencoded"}
    assert server.ask("POST", "/display", too_much, **headers)[0].status == 413
    assert server.ask("POST", "/display", b"toggle=large&next=/", **headers)[0].status == 303


def test_somebody_is_let_in_while_many_browsers_keep_their_connections_open(
    serve: Callable[..., Server],
) -> None:
    server = serve(PORTAL_SURFACE="public")
    with ExitStack() as kept:
        for _ in range(300):
            kept.enter_context(socket.create_connection(("127.0.0.1", server.port), DEADLINE))
        assert server.ask("GET", "/healthz")[0].status == 200


def test_the_office_is_served_by_the_same_module(serve: Callable[..., Server]) -> None:
    response, content = serve(PORTAL_SURFACE="office").ask("GET", "/sign-in")
    assert response.status == 200
    assert "登录" in content.decode()


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"PORTAL_SURFACE": "public", "PORTAL_REGISTRY_URL": "sqlite:///x"}, "PORTAL_REGISTRY_URL"),
        ({"PORTAL_SURFACE": "intranet"}, "PORTAL_SURFACE must be public or office"),
    ],
    ids=["registry", "surface"],
)
def test_a_wrong_environment_is_refused_in_one_line(
    home: Path, environ: dict[str, str], said: str
) -> None:
    process = launch(home, 1, **environ)
    output, errors = process.communicate(timeout=DEADLINE)
    assert process.returncode == 2
    assert output == ""
    assert errors.startswith("配置有误：") and said in errors
    assert len(errors.splitlines()) == 1


def test_a_port_that_is_taken_is_said_in_one_line(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = launch(home, port, PORTAL_SURFACE="public")
        _, errors = process.communicate(timeout=DEADLINE)
    assert process.returncode == 1
    assert errors.startswith(f"无法监听 127.0.0.1:{port}")
    assert len(errors.splitlines()) == 1


Environ = dict[str, Any]
FORGED = {
    "X-Forwarded-For": "198.51.100.7, 203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "zxgk.example.cn",
    "X-Forwarded-Port": "443",
    "Forwarded": "for=192.0.2.1;host=evil.example",
    "X-Forwarded-By": "nobody",
}


@pytest.fixture
def seen_behind(home: Path) -> Iterator[Callable[..., Environ]]:
    """What an application behind the server is told of a request; PORTAL_* of the server given."""
    servers = []

    def ask(headers: dict[str, str], **environ: str) -> Environ:
        told: Environ = {}

        def application(request: Environ, start_response: Callable[..., Any]) -> list[bytes]:
            told.update(request)
            start_response("204 No Content", [])
            return []

        settings = read_settings({"PORTAL_HOME": str(home), **environ})
        server = waitress.create_server(
            application, host="127.0.0.1", port=0, **proxy_options(settings)
        )
        servers.append(server)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        connection = HTTPConnection("127.0.0.1", server.effective_port, timeout=DEADLINE)
        connection.request("GET", "/", headers=headers)
        told["status"] = connection.getresponse().status
        connection.close()
        return told

    yield ask
    for server in servers:
        server.close()


def test_the_proxy_is_believed_and_only_the_address_it_wrote_itself(
    seen_behind: Callable[..., Environ],
) -> None:
    told = seen_behind(FORGED, PORTAL_TRUSTED_PROXY="127.0.0.1")
    assert told["REMOTE_ADDR"] == "203.0.113.9"
    assert told["wsgi.url_scheme"] == "https"
    assert told["HTTP_HOST"] == "zxgk.example.cn"
    assert told["SERVER_PORT"] == "443"
    # The same facts under a name the proxy does not write are the visitor's own words.
    assert "HTTP_FORWARDED" not in told and "HTTP_X_FORWARDED_BY" not in told


@pytest.mark.parametrize("environ", [{}, {"PORTAL_TRUSTED_PROXY": "192.0.2.200"}])
def test_a_stranger_is_not_believed(
    seen_behind: Callable[..., Environ], environ: dict[str, str]
) -> None:
    told = seen_behind(FORGED, **environ)
    assert told["REMOTE_ADDR"] == "127.0.0.1"
    assert told["wsgi.url_scheme"] == "http"
    assert told["HTTP_HOST"].startswith("127.0.0.1:")
    assert not [name for name in told if "FORWARDED" in name]


def test_a_proxy_that_writes_two_schemes_is_refused(seen_behind: Callable[..., Environ]) -> None:
    headers = {"X-Forwarded-Proto": "https, http"}
    assert seen_behind(headers, PORTAL_TRUSTED_PROXY="127.0.0.1") == {"status": 400}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_server_ends_when_it_is_told_to(serve: Callable[..., Server], number: int) -> None:
    server = serve(PORTAL_SURFACE="public")
    assert server.stop(number) in {0, -number}
    with pytest.raises(ConnectionRefusedError):
        server.ask("GET", "/healthz")
