"""The way to a cluster: its address, a client for it, and its troubles in our words."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from opensearchpy import OpenSearch
from opensearchpy.exceptions import (
    ConnectionError as NoConnection,
)
from opensearchpy.exceptions import (
    NotFoundError,
    OpenSearchException,
    TransportError,
)

from search_index.errors import IndexCorrupt, IndexMissing, IndexUnavailable

READ_SECONDS, WRITE_SECONDS = 3, 30
"""How long a request may take; a visitor is better told to come back than kept waiting."""
_TRIES = 3
_BUSY = frozenset({408, 429, 500, 502, 503, 504})
_PORT = 9200


@dataclass(frozen=True)
class Address:
    """Where an index lies: `https://user:password@node1:9200,node2:9200/name`.

    Behind a question mark may stand `shards` and `replicas`, which a rebuild takes up, and `ca`,
    the file with the certificate the nodes are trusted by.
    """

    hosts: tuple[tuple[str, int], ...]
    name: str
    https: bool = False
    login: tuple[str, str] | None = None
    shards: int = 1
    replicas: int = 1
    ca: str | None = None

    @classmethod
    def parse(cls, url: str) -> "Address":
        """Read an address.

        Raises:
            ValueError: for anything else; the message does not repeat the password.
        """
        parts = urlsplit(url)
        login, _, hosts = parts.netloc.rpartition("@")
        user, _, password = login.partition(":")
        options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        known = options.keys() <= {"shards", "replicas", "ca"}
        name = parts.path.strip("/") or "portal"
        if parts.scheme not in ("http", "https") or not hosts or not known or "/" in name:
            raise ValueError("SEARCH_URL must look like https://user:password@node:9200/name")
        return cls(
            hosts=tuple(_host(host) for host in hosts.split(",")),
            name=name,
            https=parts.scheme == "https",
            login=(unquote(user), unquote(password)) if login else None,
            shards=int(options.get("shards", 1)),
            replicas=int(options.get("replicas", 1)),
            ca=options.get("ca"),
        )

    def connect(self, seconds: float) -> OpenSearch:
        """Make a client that waits so long for an answer; nothing is sent yet.

        A node that is down is passed over for the next.
        """
        return OpenSearch(
            hosts=[{"host": host, "port": port} for host, port in self.hosts],
            http_auth=self.login,
            use_ssl=self.https,
            verify_certs=self.https,
            ca_certs=self.ca,
            timeout=seconds,
            max_retries=max(_TRIES, len(self.hosts)),
            # Every write carries its version, so that sending it again does no harm.
            retry_on_timeout=True,
            retry_on_status=(429, 502, 503, 504),
        )


@contextmanager
def plain_troubles() -> Iterator[None]:
    """Say what went wrong in our own errors; a library's text may quote what was asked for.

    Raises:
        IndexUnavailable: when the cluster is away or too busy.
        IndexMissing: when it has no such index.
        IndexCorrupt: when it has one that was not made by this code.
    """
    try:
        yield
    except NotFoundError as error:
        raise IndexMissing("检索集群中没有这个索引，请先重建索引。") from error
    except NoConnection as error:
        raise IndexUnavailable from error
    except TransportError as error:
        raise_for(error.status_code, error.error)
    except OpenSearchException as error:
        raise IndexUnavailable from error


def raise_for(status: int | str, reason: str) -> None:
    """Raise what a status of the cluster means."""
    if status == 404:
        raise IndexMissing("检索集群中没有这个索引，请先重建索引。")
    if status in _BUSY:
        raise IndexUnavailable
    raise IndexCorrupt(f"检索集群拒绝了请求（{status} {reason}），请重建索引。")


def demand_whole(answer: Mapping[str, Any]) -> None:
    """Refuse an answer to which some part of the index did not contribute.

    Raises:
        IndexUnavailable: for it; half an answer would say that the other half is not there.
    """
    if answer.get("timed_out") or answer["_shards"]["failed"]:
        raise IndexUnavailable


def _host(written: str) -> tuple[str, int]:
    host, _, port = written.partition(":")
    return host, int(port or _PORT)
