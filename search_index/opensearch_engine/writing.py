"""Writes that can be repeated: every one carries the outbox position it brings as its version.

The cluster keeps the highest version of a document, also of one that was deleted. Whatever order
writes arrive in, however often, after whichever crash, the newest state of a document wins, and
a withdrawn one does not come back.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from opensearchpy import OpenSearch

from search_index.documents import Change, Document
from search_index.opensearch_engine.cluster import plain_troubles, raise_for
from search_index.opensearch_engine.mapping import POSITION, POSITION_ID, to_source
from search_index.storing import identity

_CHUNK_BYTES = 4_000_000
_CHUNK_WRITES = 1_000
_OLDER = 409


def change_lines(changes: Iterable[Change]) -> list[str]:
    """Write changes down as the requests they are; nothing is sent before all are written.

    Raises:
        UnicodeEncodeError: for a document whose text is no text.
    """
    return [_line(change) for change in changes]


def document_lines(documents: Iterable[Document], position: int) -> Iterator[str]:
    """Write the documents of a rebuild down."""
    for document in documents:
        yield _add(document, position)


def send(
    client: OpenSearch,
    target: str,
    lines: Iterable[str],
    *,
    is_alias: bool,
    sent: Callable[[int], None],
) -> None:
    """Send writes in pieces; those to an alias can be searched when this returns.

    `sent` is told after each piece how many writes have gone out.
    """
    done = 0
    for chunk in _chunks(lines):
        with plain_troubles():
            answer = client.bulk(
                index=target,
                body="".join(chunk),
                params={
                    # Without this a cluster makes up an index for a name it does not know.
                    "require_alias": str(is_alias).lower(),
                    # On every copy, or the copy is dropped: no reader sees what was withdrawn.
                    "refresh": str(is_alias).lower(),
                },
            )
        _demand_success(answer)
        done += len(chunk)
        sent(done)


def send_position(client: OpenSearch, target: str, position: int) -> None:
    """Note the position, after everything up to it has been acknowledged."""
    action = {"index": {"_id": POSITION_ID, **_versioned(position)}}
    line = f"{json.dumps(action)}\n{json.dumps({POSITION: position})}\n"
    with plain_troubles():
        answer = client.bulk(index=target, body=line)
    _demand_success(answer)


def _line(change: Change) -> str:
    if change.document is not None:
        return _add(change.document, change.position)
    name = identity(change.document_kind, change.document_id)
    return json.dumps({"delete": {"_id": name, **_versioned(change.position)}}) + "\n"


def _add(document: Document, position: int) -> str:
    action = {"_id": identity(document.kind, document.id), **_versioned(position)}
    return f"{json.dumps({'index': action})}\n{to_source(document)}\n"


def _versioned(position: int) -> dict[str, Any]:
    return {"version": position, "version_type": "external_gte"}


def _chunks(lines: Iterable[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    size = 0
    for line in lines:
        chunk.append(line)
        size += len(line) * 2
        if size > _CHUNK_BYTES or len(chunk) >= _CHUNK_WRITES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _demand_success(answer: dict[str, Any]) -> None:
    for item in answer["items"]:
        (outcome,) = item.values()
        # Older than what is there: the newer state stays. A deletion of nothing is one, too.
        if "error" in outcome and outcome["status"] != _OLDER:
            raise_for(outcome["status"], outcome["error"].get("type", ""))
