"""``portal serve``: each surface in a process of its own, and none outlives the command."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from portal.settings import read_settings

ROOT = Path(__file__).parent.parent.parent
DEADLINE = 60
SECRET = "a secret of the operator"
REGISTRY = "sqlite:////srv/elsewhere/registry.db"
# Both surfaces at once use fixed ports, which somebody else on this machine may hold.
BOTH = """
import json, sys
from portal.commands import main, serve
serve.PORTS = dict(zip(serve.PORTS, json.loads(sys.argv.pop(1)), strict=True))
main()
"""


def free_port() -> int:
    """A port nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


def wait_for(condition: Callable[[], Any], process: subprocess.Popen[str]) -> Any:
    """Return what the condition finds; fail when the process ends first."""
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        if found := condition():
            return found
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    raise AssertionError("nothing happened")


def status(port: int, path: str) -> int | None:
    """Status of the answer at a port; None where nobody answers."""
    connection = HTTPConnection("127.0.0.1", port, timeout=DEADLINE)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


def children(process: subprocess.Popen[str]) -> list[int]:
    """Ids of the processes the command started."""
    found = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii")
    return [int(child) for child in found.split()]


def environ_of(pid: int) -> dict[str, str]:
    """Environment another process was started with."""
    entries = Path(f"/proc/{pid}/environ").read_text(encoding="utf-8").split("\0")
    return dict(entry.partition("=")[::2] for entry in entries if entry)


def is_running(pid: int) -> bool:
    """Whether the process is there and no mere remnant of one."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Run processes that end with the test."""
    started: list[subprocess.Popen[str]] = []

    def run(process: subprocess.Popen[str]) -> subprocess.Popen[str]:
        started.append(process)
        return process

    yield run
    for process in started:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=DEADLINE)


@pytest.fixture
def both(published: Any, start: Any) -> tuple[subprocess.Popen[str], int, int]:
    """``portal serve`` with a registry address in its environment, and its two ports."""
    ports = free_port(), free_port()
    process = start(
        subprocess.Popen(
            [sys.executable, "-c", BOTH, json.dumps(ports), "serve"],
            env={
                **os.environ,
                "PORTAL_HOME": str(published.home),
                "PORTAL_REGISTRY_URL": f"sqlite:///{published.home}/office/registry.db",
                "PORTAL_STAFF_PASSWORD": "lan-tian-bai-yun",
                "PORTAL_SECRET_KEY": SECRET,
            },
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
    )
    wait_for(lambda: status(ports[0], "/healthz") and status(ports[1], "/sign-in"), process)
    return process, *ports


def test_both_surfaces_are_served_each_in_its_own_process(both: Any) -> None:
    process, public, office = both
    assert status(public, "/readyz") == 200
    assert status(public, "/sign-in") == 404
    assert status(office, "/sign-in") == 200
    surfaces = {environ_of(pid)["PORTAL_SURFACE"]: pid for pid in children(process)}
    assert set(surfaces) == {"public", "office"}
    secret = {"PORTAL_REGISTRY_URL", "PORTAL_STAFF_PASSWORD"}
    assert not secret & set(environ_of(surfaces["public"]))
    assert "PORTAL_REGISTRY_URL" in environ_of(surfaces["office"])


def test_neither_surface_is_told_the_secret_or_the_key_of_the_other(both: Any) -> None:
    process, *_ = both
    environs = [environ_of(pid) for pid in children(process)]
    assert not [environ for environ in environs if SECRET in environ.values()]
    keys = {environ["PORTAL_SECRET_KEY"] for environ in environs}
    assert len(keys) == 2
    # What the public process was told does not make the office's session key.
    (public,) = [environ for environ in environs if environ["PORTAL_SURFACE"] == "public"]
    (office,) = [environ for environ in environs if environ["PORTAL_SURFACE"] == "office"]
    keys = {
        read_settings({**environ, "PORTAL_REGISTRY_URL": ""}, surface).secret_key
        for environ, surface in ((public, "office"), (office, "office"))
    }
    assert len(keys) == 2


def test_both_end_with_the_command(both: Any) -> None:
    process, public, office = both
    started = children(process)
    process.terminate()
    output, _ = process.communicate(timeout=DEADLINE)
    assert process.returncode == 0
    assert not [pid for pid in started if is_running(pid)]
    assert f"公开站  http://127.0.0.1:{public}/" in output
    assert f"办公站  http://127.0.0.1:{office}/" in output


def test_when_one_dies_the_other_is_not_left_alone(both: Any) -> None:
    process, *_ = both
    started = children(process)
    os.kill(started[0], signal.SIGKILL)
    process.communicate(timeout=DEADLINE)
    assert process.returncode == signal.SIGKILL
    assert not [pid for pid in started if is_running(pid)]


def test_one_surface_on_a_port_of_ones_choice(published: Any, start: Any) -> None:
    port = free_port()
    process = start(
        published.spawn(
            "serve", "--surface", "public", "--port", str(port), PORTAL_REGISTRY_URL=REGISTRY
        )
    )
    wait_for(lambda: status(port, "/healthz"), process)
    (child,) = children(process)
    assert REGISTRY not in environ_of(child).values()
    assert status(port, "/cases") == 200


def test_a_port_that_is_taken_ends_the_command_with_an_error(published: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = published.spawn("serve", "--surface", "public", "--port", str(port))
        _, errors = process.communicate(timeout=DEADLINE)
    assert process.returncode == 1
    assert f"无法监听 127.0.0.1:{port}" in errors


def test_the_demo_log_ins_are_shown_with_the_office_and_only_there(
    published: Any, start: Any
) -> None:
    log_ins = [{"name": "demo-clerk", "role": "clerk", "password": "abcd-efgh-ijkm-npqr"}]
    path = published.home / "office" / "demo-accounts.json"
    path.write_text(json.dumps(log_ins), encoding="utf-8")
    party = {
        "case_number": "（2018）辽0803执123号",
        "role": "申请执行人",
        "number": "1",
        "code": "K7",
    }
    path.with_name("demo-parties.json").write_text(json.dumps([party]), encoding="utf-8")
    shown = {}
    for surface in ("public", "office"):
        port = free_port()
        process = start(published.spawn("serve", "--surface", surface, "--port", str(port)))
        wait_for(lambda port=port: status(port, "/static/css/base.css"), process)
        process.terminate()
        shown[surface] = process.communicate(timeout=DEADLINE)[0]
    assert "demo-clerk" in shown["office"] and "abcd-efgh-ijkm-npqr" in shown["office"]
    assert "查询码 K7" in shown["office"]
    assert "abcd" not in shown["public"] and "K7" not in shown["public"]


def test_a_port_without_a_surface_is_ambiguous(bare: Any) -> None:
    result = bare("serve", "--port", "8123")
    assert result.exit_code == 2
    assert "--surface" in result.stderr
    assert not bare.home.exists()


@pytest.mark.parametrize(
    "arguments", [("--surface", "both"), ("--surface", "public", "--port", "0")]
)
def test_what_cannot_be_served_is_refused(bare: Any, arguments: tuple[str, ...]) -> None:
    assert bare("serve", *arguments).exit_code == 2
