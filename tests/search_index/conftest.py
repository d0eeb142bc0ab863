"""Engines under test and documents to fill them with; all names are invented."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from search_index import Change, Document, Kind, SearchIndex, WhooshIndex

ENGINES: dict[str, Callable[[Path], SearchIndex]] = {"whoosh": WhooshIndex.create}
"""Every engine passes the same contract; `tests/cluster` runs it on a cluster."""


@pytest.fixture(params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchIndex]:
    """An empty index."""
    index = ENGINES[request.param](tmp_path / "index")
    yield index
    index.close()


@pytest.fixture
def whoosh(tmp_path: Path) -> Iterator[WhooshIndex]:
    """An empty Whoosh index at `tmp_path / "index"`."""
    index = WhooshIndex.create(tmp_path / "index")
    yield index
    index.close()


@pytest.fixture(scope="session")
def make() -> Callable[..., Document]:
    """Make a document of which only what matters to a test need be said."""

    def make_document(kind: Kind = Kind.DEBTOR, id: str = "1", **given: Any) -> Document:
        title = given.pop("title", "无题")
        return Document(kind=kind, id=id, title=title, url=f"/{kind}/{id}", **given)

    return make_document


@pytest.fixture(scope="session")
def fill() -> Callable[..., int]:
    """Bring documents into an index, one position each after those it has."""

    def apply_documents(index: SearchIndex, *documents: Document) -> int:
        start = index.position + 1
        return index.apply(
            Change(position, document.kind, document.id, document)
            for position, document in enumerate(documents, start)
        )

    return apply_documents


@pytest.fixture(scope="session")
def court_world(make: Callable[..., Document]) -> list[Document]:
    """A few items of every kind around two cases with the same number in different years."""
    key, near = "2018辽0803执123", ("2018·执·123", "辽0803·执·123")
    return [
        make(Kind.STORY, "s1", title="寒冬里的执行", body="执行干警冒雪为二十名农民工追回工资。"),
        make(
            Kind.AUCTION,
            "a1",
            title="营口市西市区厂房一处",
            case_keys=(key,),
            court="辽0803",
            status="预告",
            date=date(2018, 5, 20),
        ),
        make(
            Kind.DEBTOR,
            "d1",
            title="欧阳云舟",
            names=("欧阳云舟",),
            case_keys=(key,),
            court="辽0803",
            date=date(2018, 3, 5),
            body="有履行能力而拒不履行生效法律文书确定义务",
        ),
        make(
            Kind.DEBTOR,
            "d2",
            title="营口ST宏达A1商贸有限公司",
            names=("营口ST宏达A1商贸有限公司", "91210803MA0UXYZ12K"),
            court="辽0802",
            date=date(2018, 3, 6),
            body="违反财产报告制度",
        ),
        make(
            Kind.CASE,
            "c1",
            title="（2018）辽0803执123号",
            case_keys=(key,),
            near_keys=near,
            court="辽0803",
            status="执行中",
            date=date(2018, 1, 9),
            body="申请执行人张某与被执行人欧阳某民间借贷纠纷一案，已依法采取查控措施。",
        ),
        make(
            Kind.CASE,
            "c2",
            title="（2017）辽0803执123号",
            case_keys=("2017辽0803执123",),
            near_keys=("2017·执·123", "辽0803·执·123"),
            court="辽0803",
            status="已结案",
            date=date(2017, 2, 3),
            body="买卖合同纠纷一案，双方达成执行和解。",
        ),
        make(
            Kind.GUIDE,
            "g1",
            title="如何申请恢复执行",
            body="发现被执行人有财产线索的，可以随时向执行法院申请恢复执行。",
        ),
    ]
