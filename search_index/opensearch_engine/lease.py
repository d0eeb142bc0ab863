"""One writer at a time, across machines.

A lease runs out by itself, so a writer that died is not waited for long. It keeps two writers
from doing the same work twice and lets a rebuild be swept up after; what protects the content
from a writer that slept through its lease is the version every write carries.
"""

import os
import socket
import time
from types import TracebackType
from typing import Any, Self

from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConflictError, NotFoundError, RequestError

from search_index.errors import IndexLocked
from search_index.opensearch_engine.cluster import plain_troubles

LEASE_SECONDS = 15.0
_RENEW_AFTER = LEASE_SECONDS / 3
_ID = "writer"


class Lease:
    """Holds the right to write to an index for the length of a `with` block."""

    def __init__(self, client: OpenSearch, name: str, replicas: int) -> None:
        self._client = client
        self._index = f"{name}-lease"
        self._replicas = replicas
        self._since = self._renewed = 0.0
        self._version: dict[str, int] = {}

    def __enter__(self) -> Self:
        with plain_troubles():
            self._make_index()
            held = self._read()
            if held is not None and held["_source"]["expires"] > time.time():
                raise _locked(held["_source"])
            self._since = time.time()
            self._version = {} if held is None else _version_of(held)
            try:
                self._write()
            except ConflictError:
                raise _locked(None) from None
        return self

    def renew(self) -> None:
        """Go on holding it; call this between the requests of a long piece of work.

        Raises:
            IndexLocked: when it ran out meanwhile and another writer took it.
        """
        if time.time() - self._renewed < _RENEW_AFTER:
            return
        with plain_troubles():
            try:
                self._write()
            except ConflictError:
                raise _locked(None) from None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with plain_troubles():
            try:
                self._client.delete(
                    index=self._index,
                    id=_ID,
                    params=self._version,
                )
            except (ConflictError, NotFoundError):
                return

    def _make_index(self) -> None:
        if self._client.indices.exists(index=self._index):
            return
        settings = {"number_of_shards": 1, "number_of_replicas": self._replicas}
        mappings = {"dynamic": False}
        try:
            self._client.indices.create(
                index=self._index, body={"settings": settings, "mappings": mappings}
            )
        except RequestError as error:
            if error.error != "resource_already_exists_exception":
                raise

    def _read(self) -> dict[str, Any] | None:
        try:
            held: dict[str, Any] = self._client.get(index=self._index, id=_ID)
        except NotFoundError:
            return None
        return held

    def _write(self) -> None:
        self._renewed = time.time()
        body = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "since": self._since,
            "expires": self._renewed + LEASE_SECONDS,
        }
        condition: dict[str, int | str] = {**self._version} or {"op_type": "create"}
        answer = self._client.index(
            index=self._index,
            id=_ID,
            body=body,
            params=condition,
        )
        self._version = _version_of(answer)


def _version_of(answer: dict[str, Any]) -> dict[str, int]:
    return {"if_seq_no": answer["_seq_no"], "if_primary_term": answer["_primary_term"]}


def _locked(held: dict[str, Any] | None) -> IndexLocked:
    if held is None:
        return IndexLocked(None, None)
    return IndexLocked(held["pid"], max(0.0, time.time() - held["since"]), held["host"])
