"""The engine for many machines: an index in an OpenSearch cluster."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Self

from opensearchpy.exceptions import RequestError
from opensearchpy.helpers import scan

from search_index.clauses import LOOSE_FREQUENCY, loosely
from search_index.documents import Change, Difference, Document, Kind, latest_changes
from search_index.errors import IndexCorrupt, IndexExists, IndexMissing, QueryTooShort
from search_index.grams import query_words
from search_index.opensearch_engine import asking, writing
from search_index.opensearch_engine.asking import Step
from search_index.opensearch_engine.cluster import (
    READ_SECONDS,
    WRITE_SECONDS,
    Address,
    demand_whole,
    plain_troubles,
    raise_for,
)
from search_index.opensearch_engine.lease import Lease
from search_index.opensearch_engine.mapping import (
    DATA,
    KIND,
    LAYOUT,
    POSITION,
    POSITION_ID,
    TERM_FIELDS,
    WEIGHTED,
    index_body,
)
from search_index.queries import MAX_TEXT, Page, Query
from search_index.storing import parse_identity

_SCAN_SIZE = 2_000


class OpenSearchIndex:
    """A `SearchIndex` kept in a cluster; get one with `create` or `open`.

    The name of the address is an alias; the index behind it is numbered, and a rebuild turns the
    alias to the next one. May be shared by threads.
    """

    def __init__(self, address: Address) -> None:
        self._address = address
        self._alias = address.name
        self._reader = address.connect(READ_SECONDS)
        self._writer = address.connect(WRITE_SECONDS)
        self._seen: tuple[str, int] | None = None

    @classmethod
    def create(cls, url: str) -> Self:
        """Make an empty index.

        Raises:
            IndexExists: when there is one.
            IndexUnavailable: when the cluster is away.
        """
        index = cls(Address.parse(url))
        with plain_troubles():
            if index._writer.indices.exists_alias(name=index._alias):
                raise IndexExists(f"检索索引已经存在：{index._alias}")
        with index._lease() as lease:
            index._replace_with(lease, [], 0, None)
        return index

    @classmethod
    def open(cls, url: str) -> Self:
        """Open an index and make sure that it can be read.

        Raises:
            IndexMissing: when there is none.
            IndexCorrupt: when it was made by another version; `rebuild` repairs it.
            IndexUnavailable: when the cluster is away.
        """
        index = cls(Address.parse(url))
        with plain_troubles():
            (mapping,) = index._reader.indices.get_mapping(index=index._alias).values()
        if mapping["mappings"].get("_meta", {}).get("layout") != LAYOUT:
            raise IndexCorrupt("检索索引由其他版本写成，请重建索引。")
        return index

    @property
    def position(self) -> int:
        return self._read_position()[1]

    def search(self, query: Query) -> Page:
        words = query_words(query.text[:MAX_TEXT])
        if not words and not query.case_key:
            raise QueryTooShort
        steps = list(asking.steps(query, words))
        for step, answer in zip(steps, self._ask([step.body for step in steps]), strict=True):
            if asking.holds_something(step, answer):
                return asking.to_page(query, words, step, answer)
        asked = loosely(words)
        if asked is None:
            return Page((), 0, query.page, query.page_size)
        (answer,) = self._ask([asking.frequencies_body(asked.terms)])
        sizes = asking.read_frequencies(answer, asked.terms)
        usable = [term for term, size in sizes.items() if 0 < size <= LOOSE_FREQUENCY]
        if len(usable) < asked.needed:
            return Page((), 0, query.page, query.page_size)
        loose: Step = asking.loose_step(query, asked, usable)
        (answer,) = self._ask([loose.body])
        return asking.to_page(query, words, loose, answer)

    def apply(self, changes: Iterable[Change]) -> int:
        latest = latest_changes(changes)
        lines = writing.change_lines(latest)
        with self._lease() as lease:
            current, position = self._read_position()
            self._sweep(current)
            if not latest:
                return position
            writing.send(
                self._writer, self._alias, lines, is_alias=True, sent=lambda _: lease.renew()
            )
            position = max(position, latest[-1].position)
            writing.send_position(self._writer, self._alias, position)
            return position

    def rebuild(
        self,
        documents: Iterable[Document],
        position: int,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        with self._lease() as lease:
            self._replace_with(lease, documents, position, progress)

    @classmethod
    def replace(
        cls,
        url: str,
        documents: Iterable[Document],
        position: int,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        """Rebuild the index of a name, also where there is none or one of another version."""
        index = cls(Address.parse(url))
        try:
            index.rebuild(documents, position, progress)
        finally:
            index.close()

    def check(self, expected: Iterable[tuple[Kind, str]]) -> Difference:
        indexed = {parse_identity(hit["_id"]) for hit in self._scan(source=False)}
        public = set(expected)
        return Difference(
            missing=tuple(sorted(public - indexed)), stale=tuple(sorted(indexed - public))
        )

    def tidy(self) -> bool:
        """The cluster merges by itself."""
        return False

    def refresh(self) -> bool:
        newest = self._read_position()
        is_newer, self._seen = newest != self._seen, newest
        return is_newer

    def terms(self) -> Iterator[str]:
        for hit in self._scan(source=[field.value for field in TERM_FIELDS]):
            for field, held in hit["_source"].items():
                yield from held if field in WEIGHTED or isinstance(held, list) else [held]

    def stored(self) -> Iterator[str]:
        for hit in self._scan(source=[DATA]):
            yield hit["_source"][DATA]

    def close(self) -> None:
        self._reader.close()
        self._writer.close()

    def _lease(self) -> Lease:
        return Lease(self._writer, self._alias, self._address.replicas)

    def _ask(self, bodies: list[asking.Body]) -> list[asking.Body]:
        header = {"index": self._alias, "allow_partial_search_results": False}
        lines: list[Any] = [line for body in bodies for line in (header, body)]
        try:
            return self._msearch(lines)
        except IndexMissing:
            # A rebuild may have removed the old index between its two halves of a search.
            return self._msearch(lines)

    def _msearch(self, lines: list[Any]) -> list[asking.Body]:
        with plain_troubles():
            answers: list[asking.Body] = self._reader.msearch(body=lines)["responses"]
        for answer in answers:
            if "error" in answer:
                raise_for(answer["status"], answer["error"].get("type", ""))
            demand_whole(answer)
        return answers

    def _read_position(self) -> tuple[str, int]:
        """The index in force and the position it contains; read past anything not yet visible."""
        with plain_troubles():
            found = self._reader.get(index=self._alias, id=POSITION_ID)
        return found["_index"], int(found["_source"][POSITION])

    def _scan(self, source: bool | list[str]) -> Iterator[Any]:
        # What the cluster keeps for it runs out by itself: whoever stops half-way must not send
        # anything any more, least of all while Python clears away.
        with plain_troubles():
            yield from scan(
                self._writer,
                index=self._alias,
                query={"query": {"exists": {"field": KIND}}, "_source": source},
                size=_SCAN_SIZE,
                scroll="1m",
                clear_scroll=False,
            )

    def _numbered(self) -> list[str]:
        return sorted(self._writer.indices.get(index=f"{self._alias}-0*"))

    def _sweep(self, current: str) -> None:
        """Remove what a rebuild that died left behind; call it only under the lease."""
        with plain_troubles():
            for name in self._numbered():
                if name != current:
                    self._writer.indices.delete(index=name)

    def _replace_with(
        self,
        lease: Lease,
        documents: Iterable[Document],
        position: int,
        progress: Callable[[int], None] | None,
    ) -> None:
        """Fill a new index aside and turn the alias to it; after an error the old one stays."""
        with plain_troubles():
            old = self._numbered()
            number = max((int(name.rpartition("-")[2]) for name in old), default=0) + 1
            name = f"{self._alias}-{number:06}"
            try:
                self._writer.indices.create(index=name, body=index_body(self._address))
            except RequestError as error:
                if error.error == "resource_already_exists_exception":
                    raise IndexExists(f"检索索引已经存在：{name}") from error
                raise
        try:
            counted = _counting(documents, progress)
            writing.send(
                self._writer,
                name,
                writing.document_lines(counted, position),
                is_alias=False,
                sent=lambda _: lease.renew(),
            )
            writing.send_position(self._writer, name, position)
        except BaseException:
            self._writer.indices.delete(index=name, params={"ignore_unavailable": "true"})
            raise
        # Where this fails the index may be in force all the same; the next writer sweeps up.
        self._put_in_force(name, old)

    def _put_in_force(self, name: str, old: list[str]) -> None:
        actions: list[dict[str, Any]] = [{"remove_index": {"index": index}} for index in old]
        actions.append({"add": {"index": name, "alias": self._alias}})
        with plain_troubles():
            self._writer.indices.refresh(index=name)
            self._writer.indices.update_aliases(body={"actions": actions})


def _counting(
    documents: Iterable[Document], progress: Callable[[int], None] | None
) -> Iterator[Document]:
    for number, document in enumerate(documents, 1):
        yield document
        if progress:
            progress(number)
