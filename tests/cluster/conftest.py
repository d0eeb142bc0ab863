"""Three OpenSearch nodes, each a process of its own that can be killed and started again."""

import importlib.util
import itertools
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from opensearchpy import OpenSearch
from opensearchpy.exceptions import TransportError

from search_index import SearchIndex
from search_index.opensearch_engine import OpenSearchIndex

TARGET = Path(__file__).parent / "target"
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
# Bytes: many times what the nodes of all tests together have ever written.
ROOM = 2 * 1024**3
NAMES = ("n1", "n2", "n3")
# A ceiling, not a wait: three Java processes on a machine that is busy with something else.
_START_SECONDS = 400


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


class Cluster:
    """The nodes by name; `url` is what SEARCH_URL would say."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._http = {name: free_port() for name in NAMES}
        self._transport = {name: free_port() for name in NAMES}
        self._nodes: dict[str, subprocess.Popen[bytes]] = {}

    def url(self, index: str, replicas: int = 1, shards: int = 2) -> str:
        hosts = ",".join(f"127.0.0.1:{port}" for port in self._http.values())
        return f"http://{hosts}/{index}?replicas={replicas}&shards={shards}"

    def start(self, *names: str) -> None:
        seeds = ",".join(f"127.0.0.1:{port}" for port in self._transport.values())
        for name in names:
            ports = (str(self._http[name]), str(self._transport[name]))
            with (self._folder / f"{name}.log").open("ab") as log:
                self._nodes[name] = subprocess.Popen(
                    [
                        "java",
                        # Small and quickly there: no node lives long enough for more to pay.
                        "-Xms128m",
                        "-Xmx384m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        f"{TARGET}/classes:{TARGET}/dependency/*",
                        "cluster.ClusterNode",
                        str(self._folder / name),
                        name,
                        *ports,
                        seeds,
                        ",".join(NAMES),
                    ],
                    stdout=log,
                    stderr=log,
                )

    def kill(self, name: str) -> None:
        """End a node as a power cut does."""
        node = self._nodes.pop(name)
        node.kill()
        node.wait()

    def missing(self) -> list[str]:
        return [name for name in NAMES if name not in self._nodes]

    def stop(self) -> None:
        for name in list(self._nodes):
            self.kill(name)

    def holder_of_the_lead(self) -> str:
        """Name of the node that leads the cluster."""
        (row,) = self._client().cat.cluster_manager(params={"format": "json"})
        name: str = row["node"]
        return name

    def wait(self, status: str = "green") -> None:
        """Wait until all started nodes have found each other and every shard is where it belongs.

        `status` yellow is enough while fewer nodes run than there are copies.
        """
        wanted = {"wait_for_status": status, "wait_for_nodes": len(self._nodes), "timeout": "5s"}
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            try:
                health = self._client().cluster.health(params={**wanted, "request_timeout": 10})
            except TransportError:
                time.sleep(0.2)
                continue
            if not health["timed_out"]:
                return
        logs = (self._folder / f"{next(iter(self._nodes))}.log").read_text(errors="replace")
        pytest.fail(f"the cluster did not come up: {logs[-2000:]}")

    def _client(self) -> OpenSearch:
        running = [{"host": "127.0.0.1", "port": self._http[name]} for name in self._nodes]
        return OpenSearch(hosts=running, timeout=10)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the nodes keep their data: in memory where there is room for it.

    They sync every write to disk, three of them; here a process dies, never the machine.
    """
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM:
        yield tmp_path_factory.mktemp("nodes")
        return
    with TemporaryDirectory(dir=MEMORY, prefix="portal-nodes-", ignore_cleanup_errors=True) as made:
        yield Path(made)


@pytest.fixture(scope="session")
def nodes(folder: Path) -> Iterator[Cluster]:
    if shutil.which("java") is None or not TARGET.is_dir():
        pytest.fail("run `make test-cluster`, which needs java and mvn")
    running = Cluster(folder)
    try:
        running.start(*NAMES)
        running.wait()
        yield running
    finally:
        running.stop()


@pytest.fixture
def cluster(nodes: Cluster) -> Cluster:
    """All three nodes up; one that an earlier test killed is started again."""
    if missing := nodes.missing():
        nodes.start(*missing)
        nodes.wait()
    return nodes


_numbers = itertools.count(1)


@pytest.fixture
def url(nodes: Cluster) -> str:
    """The address of an index that no other test uses, on all three nodes."""
    return nodes.url(f"test{next(_numbers)}", replicas=2)


@pytest.fixture
def engine(cluster: Cluster) -> Iterator[SearchIndex]:
    """An empty index, kept twice."""
    index = OpenSearchIndex.create(cluster.url(f"test{next(_numbers)}"))
    yield index
    index.close()


def load(name: str) -> dict[str, Any]:
    """Run a file of the embedded engine's tests once more, for this engine."""
    path = Path(__file__).parents[1] / "search_index" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"contract_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return vars(module)


_shared = load("conftest")
make, fill, court_world = _shared["make"], _shared["fill"], _shared["court_world"]
