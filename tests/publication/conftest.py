"""A gate over two real SQLite stores, and small invented cases to send through it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.disclosure.lookups import LookupKeys
from portal.disclosure.models import PublicCase
from portal.press.checklists import CHECKLISTS, Step
from portal.press.content import StoryContent
from portal.press.workflow import create_story, pass_story, submit_story
from portal.publication.gate import Gate
from portal.publication.stories import Schedule, sign_story
from portal.stores import Stores
from redaction import Redactor
from tests.invented import CASE, NUMBER, Record

LISTED: Record = {
    "property_status": "有财产",
    "amount_claimed": "50000.00",
    "amount_recovered": "0.00",
    "basis": {
        "document_number": "（2017）辽0803民初9号",
        "issuing_body": "营口市西市区人民法院",
        "obligation": "被告秦椒榕于判决生效后十日内给付原告甘蓝芷借款50000元。",
    },
    "handler": CASE["handler"] | {"office_phone": "0417-2890001"},
    "parties": [
        CASE["parties"][0]
        | {
            "id_number": "210803198001013326",
            "address": "辽宁省营口市西市区渤海大街西8号3单元402室",
        },
        CASE["parties"][1]
        | {
            "former_names": ["秦小椒"],
            "sex": "男",
            "birth_date": "1975-01-05",
            "id_type": "居民身份证",
            "id_number": "210800197501056454",
            "bank_account": "6217003383693518269",
            "address": "辽宁省营口市站前区辰州路113号13号楼1单元2026室",
        },
    ],
    "events": [
        {
            "node": "立案",
            "at": "2018-03-01T09:00:00+08:00",
            "text": "本案于2018年3月1日立案执行。",
        },
        *CASE["events"],
    ],
    "property_controls": [
        {"kind": "银行存款", "action": "冻结", "owner": "秦椒榕", "amount": "1200.00"}
    ],
    "measures": [
        {
            "kind": "失信",
            "party": "秦椒榕",
            "decided_on": "2018-05-02",
            "published_from": "2018-05-03",
            "behaviour": "违反财产报告制度",
            "performance": "全部未履行",
            "term_months": 24,
        },
        {
            "kind": "限制消费",
            "party": "秦椒榕",
            "decided_on": "2018-05-02",
            "document_number": "（2018）辽0803执123号之一",
            "text": "限制秦椒榕高消费及非生活和工作必需的消费行为。",
        },
    ],
}


@pytest.fixture
def case() -> Callable[..., Record]:
    """A public case with a listed debtor; keyword arguments replace fields."""

    def make(**fields: Any) -> Record:
        return copy.deepcopy(CASE | LISTED) | fields

    return make


def lookup_keys(folder: Path) -> LookupKeys:
    """The key file of a folder, made where it is not there yet."""
    keys = LookupKeys(folder / "keys" / "lookup.key")
    keys.create()
    return keys


@pytest.fixture
def stores(make_stores: Callable[[Path], Stores], tmp_path: Path) -> Stores:
    """The stores of this test."""
    return make_stores(tmp_path)


@pytest.fixture
def make_gate(make_stores: Callable[[Path], Stores], tmp_path: Path) -> Callable[..., Gate]:
    """A gate of its own on the stores of a folder, as another process would open them."""

    def make(folder: Path = tmp_path, redactor: Redactor | None = None) -> Gate:
        return Gate(
            make_stores(folder),
            redactor or Redactor(),
            b"test key",
            folder / "index",
            lookup_keys(folder),
        )

    return make


@pytest.fixture
def gate(stores: Stores, tmp_path: Path) -> Gate:
    """The gate under the default policy, with a key of its own."""
    return Gate(stores, Redactor(), b"test key", tmp_path / "index", lookup_keys(tmp_path))


@pytest.fixture
def bring_in(gate: Gate, send: Callable[..., None]) -> Callable[..., None]:
    """Import records for this test's gate."""
    return partial(send, gate.stores.registry)


@pytest.fixture
def public(stores: Stores) -> Iterator[Session]:
    """A session that reads the public store."""
    with stores.disclosure() as session:
        yield session


@pytest.fixture
def public_row(public: Session) -> Callable[[], PublicCase | None]:
    """The public row of the case, as it stands now."""

    def read() -> PublicCase | None:
        public.expire_all()
        public.rollback()
        return public.scalars(select(PublicCase).filter_by(case_number=NUMBER)).one_or_none()

    return read


@pytest.fixture
def reviewed() -> Callable[..., int]:
    """Write a story and take it through two reviews; give its id, waiting for its signature."""

    def write(gate: Gate, **fields: Any) -> int:
        registry = gate.stores.registry
        content = StoryContent(**{"title": "连夜出发追回工程款", "body": "追回工程款。"} | fields)
        story_id = create_story(registry, content, actor="editor")
        submit_story(registry, story_id, revision=1, actor="editor")
        for step, reviewer in ((Step.FIRST, "first"), (Step.SECOND, "second")):
            pass_story(registry, story_id, step, CHECKLISTS[step], revision=1, actor=reviewer)
        return story_id

    return write


@pytest.fixture
def sign_as_chief() -> Callable[..., None]:
    """Sign a story in the name of the head of the press office, at a moment of 2018."""

    def sign(
        gate: Gate,
        story_id: int,
        actor: str = "chief",
        revision: int = 1,
        *,
        signer: bool = True,
        **schedule: datetime,
    ) -> None:
        sign_story(
            gate,
            story_id,
            actor,
            revision=revision,
            ticked=CHECKLISTS[Step.THIRD],
            now=datetime(2018, 4, 8, 1, tzinfo=UTC),
            signer=signer,
            schedule=Schedule(**schedule),
        )

    return sign
