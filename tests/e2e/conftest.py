"""A small invented court, both surfaces as their own processes, and a real Chromium.

The court is seeded once; beside it stand a few cases written for the journeys, so that
a journey knows what it looks for. Every page is watched: a console error, a script
error or a resource that does not load fails the test in which it happened.
"""

from __future__ import annotations

import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    Request,
    Response,
    expect,
    sync_playwright,
)
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

from portal.commands import main
from portal.extensions import configure_sqlite
from portal.publication.gate import open_gate
from portal.publication.withdrawal import suspend_case
from portal.settings import Surface, read_settings
from portal.staff.accounts import create_account
from portal.staff.models import Role
from portal.stores import Stores

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DEADLINE = 60
# Milliseconds a page may take to show what is expected: many times what it needs.
PATIENCE = 20_000
PASSWORD = "lan-tian-bai-yun"
SECOND_REVIEWER = f"{Role.PRESS_REVIEWER}2"
DEBTOR = "秦椒榕"
NAMESAKE = "柏榆舟"
# Document number and query code of the two parties of the first case.
APPLICANT_KEYS = ("210803198001013326", "K7Q2ZW9HXM")
DEBTOR_KEYS = ("210800197501056454", "D3BT0RC0DE")
Record = dict[str, Any]


def applicant() -> Record:
    return {
        "role": "申请执行人",
        "kind": "自然人",
        "name": "甘蓝芷",
        "phone": "13904170001",
        "id_number": APPLICANT_KEYS[0],
    }


def a_debtor(name: str, **fields: str) -> Record:
    return {
        "role": "被执行人",
        "kind": "自然人",
        "name": name,
        "sex": "男",
        "id_type": "居民身份证",
        "phone": "18940710002",
    } | fields


def a_case(number: int, **fields: Any) -> Record:
    """A case the gate releases by itself."""
    return {
        "case_number": f"（2018）辽0803执{number}号",
        "court": "辽0803",
        "filed_on": "2018-03-01",
        "cause": "民间借贷纠纷",
        "amount_claimed": "50000.00",
        "parties": [
            applicant(),
            a_debtor(DEBTOR, birth_date="1975-01-05", id_number="210800197501056454"),
        ],
        "events": [
            {"node": "立案", "at": "2018-03-01T09:00:00+08:00", "text": "本案立案执行。"},
            {
                "node": "接谈",
                "at": "2018-03-09T09:00:00+08:00",
                "text": f"电话联系被执行人{DEBTOR}（189 4071 0002），其称暂无履行能力。",
            },
        ],
        "disclosure": {"level": "公开"},
    } | fields


def an_auction(lot: str, url: str) -> Record:
    return {
        "lot": lot,
        "title": f"营口市西市区两居室住宅一套（标的{lot}）",
        "property_kind": "住宅用房",
        "platform": "淘宝网",
        "url": url,
        "round": "一拍",
        "starting_price": "350000.00",
        "starts_at": "2018-06-01T10:00:00+08:00",
        "status": "预告",
    }


def listed(*kinds: str, party: str = DEBTOR) -> list[Record]:
    return [
        {
            "kind": kind,
            "party": party,
            "decided_on": "2018-05-02",
            "published_from": "2018-05-03",
            "behaviour": "违反财产报告制度",
            "performance": "全部未履行",
            "term_months": 24,
        }
        if kind == "失信"
        else {"kind": kind, "party": party, "decided_on": "2018-05-02"}
        for kind in kinds
    ]


HELD_COURT = "辽0811"
HELD_TEXT = (
    "电话联系被执行人秦椒榕，秦老板称在盖州市辰州路88号的诉讼服务站领取了材料，在海蓝蓝小馆打工。"
)


def a_held_case(number: int, **fields: Any) -> Record:
    """A case nobody gave a level, with something masked too much and something too little."""
    return a_case(
        number,
        case_number=f"（2018）{HELD_COURT}执{number}号",
        court=HELD_COURT,
        disclosure=None,
        events=[{"node": "接谈", "at": "2018-03-09T09:00:00+08:00", "text": HELD_TEXT}],
        **fields,
    )


JOURNEY_CASES = (
    *(a_held_case(number) for number in (4301, 4302, 4303, 4304)),
    a_case(
        4101,
        handler={"name": "范淑衡", "title": "审判员", "office_phone": "0417-2890001"},
        measures=listed("失信", "限制消费"),
        property_controls=[
            {"kind": "银行存款", "action": "冻结", "owner": DEBTOR, "amount": "1200.00"}
        ],
        payments=[
            {
                "received_on": "2018-06-20",
                "amount": "900.50",
                "disbursed_on": "2018-06-28",
                "disbursed_amount": "900.50",
                "payee": "甘蓝芷",
                "account": "6228481343251813914",
            }
        ],
        query_codes=[
            {"party": "甘蓝芷", "code": APPLICANT_KEYS[1]},
            {"party": DEBTOR, "code": DEBTOR_KEYS[1]},
        ],
        auctions=[
            an_auction("A1", "https://sf-item.taobao.com/sf_item/1.htm"),
            an_auction("B2", "https://sf-item.taobao.com.pai.example/sf_item/1.htm"),
            an_auction("C3", "https://sf-item.taobao.com/sf_item/3.htm"),
        ],
        closing={
            "closed_on": "2018-08-20",
            "method": "终结本次执行程序",
            "amount_unpaid": "50000.00",
            "text": "终结本次执行程序。",
            "checks": dict.fromkeys(
                ("notice", "restrictions", "exhausted", "three_months", "sought"), True
            ),
            "requeries": [{"on": "2019-02-20", "result": "未发现可供执行的财产。"}],
        },
    ),
    a_case(4102, measures=listed("失信")),
    a_case(4103, disclosure={"level": "不公开", "reason": "涉及个人隐私"}),
    a_case(4104),
    a_case(
        4105,
        case_number="（2019）辽0803执恢4105号",
        filed_on="2019-04-01",
        property_status="有财产",
        resumed_from="（2018）辽0803执4101号",
    ),
    a_case(
        4106,
        case_number="（2018）辽0803执异4106号",
        filed_on="2018-05-10",
        related_cases=["（2018）辽0803执4101号"],
    ),
    *(
        a_case(
            number,
            parties=[applicant(), a_debtor(NAMESAKE, **who)],
            events=[],
            measures=listed("失信", party=NAMESAKE),
        )
        for number, who in (
            (4105, {"birth_date": "1975-01-05", "id_number": "210800197501056454"}),
            (4106, {"birth_date": "1951-09-12", "id_number": "210103195109123378"}),
        )
    ),
)
WITHDRAWN = "（2018）辽0803执4104号"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The browser comes last: what a small test can say, it says sooner.

    Of several workers one begins with it, because no other piece takes as long.
    """
    shared = hasattr(config, "workerinput")
    items.sort(key=lambda item: (item.get_closest_marker("e2e") is None) is shared)


@dataclass(frozen=True)
class Court:
    """The instance of these tests, and how to ask its stores."""

    home: Path

    def addresses(self, prefix: str, query: str, store: str = "public/disclosure") -> list[str]:
        """Addresses made of a prefix and the one column of a query."""
        path = self.home / f"{store}.db"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return [f"{prefix}{value}" for (value,) in connection.execute(query)]


@pytest.fixture(scope="session")
def court(tmp_path_factory: pytest.TempPathFactory) -> Court:
    home = tmp_path_factory.mktemp("court") / "instance"
    export = home.parent / "journeys.jsonl"
    lines = [json.dumps(record, ensure_ascii=False) for record in JOURNEY_CASES]
    export.write_text("\n".join(lines), encoding="utf-8")
    for arguments in (
        ("init",),
        ("seed", "--cases", "12", "--seed", "7"),
        ("import", str(export)),
        ("publish",),
    ):
        result = CliRunner().invoke(main, arguments, env={"PORTAL_HOME": str(home)})
        assert result.exit_code == 0, result.output

    settings = read_settings({"PORTAL_HOME": str(home)}, Surface.OFFICE)
    engines = [
        create_engine(url) for url in (settings.registry_url, settings.disclosure_url) if url
    ]
    for engine in engines:
        configure_sqlite(engine, read_only=False)
    stores = Stores(*map(sessionmaker, engines))
    people = {f"{role}1": role for role in Role} | {SECOND_REVIEWER: Role.PRESS_REVIEWER}
    for name, role in people.items():
        create_account(stores.registry, name, role, PASSWORD, actor="shell", provisional=False)
    suspend_case(open_gate(settings, stores), WITHDRAWN, "reviewer1", "当事人申请更正")
    for engine in engines:
        engine.dispose()
    return Court(home)


@pytest.fixture(scope="session")
def surfaces(court: Court) -> Iterator[dict[str, str]]:
    """Addresses of both surfaces, each served as an operator serves it."""
    processes, addresses = [], {}
    for surface in Surface:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        command = ["serve", "--surface", surface, "--port", str(port)]
        with log_of(court, surface).open("wb") as log:
            processes.append(
                subprocess.Popen(
                    [sys.executable, "-c", "from portal.commands import main; main()", *command],
                    env={**os.environ, "PORTAL_HOME": str(court.home)},
                    cwd=ROOT,
                    stdout=subprocess.DEVNULL,
                    stderr=log,
                )
            )
        addresses[str(surface)] = f"http://127.0.0.1:{port}"
    for process, address in zip(processes, addresses.values(), strict=True):
        wait_until_it_listens(process, int(address.rpartition(":")[2]))
    yield addresses
    for process in processes:
        process.terminate()
    for process in processes:
        assert process.wait(timeout=DEADLINE) == 0


def log_of(court: Court, surface: str) -> Path:
    """Where a surface writes what went wrong."""
    return court.home.parent / f"{surface}.log"


def wait_until_it_listens(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        assert process.poll() is None, "a surface ended before it answered"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("a surface never answered")


@pytest.fixture(scope="session")
def public(surfaces: dict[str, str]) -> str:
    """Address of the public surface."""
    return surfaces["public"]


@pytest.fixture(scope="session")
def office(surfaces: dict[str, str]) -> str:
    """Address of the office."""
    return surfaces["office"]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium. Where it is missing the tests fail: they are never passed over."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()


class Watch:
    """Notes what goes wrong in the pages of one test."""

    def __init__(self) -> None:
        self.troubles: list[str] = []
        self._listeners = {
            "console": self._on_console,
            "pageerror": self._on_error,
            "response": self._on_response,
            "request": self._on_request,
        }

    @contextmanager
    def over(self, page: Page) -> Iterator[None]:
        """Listen to a page that other tests will use as well."""
        self.start(page)
        yield
        for event, listener in self._listeners.items():
            page.remove_listener(event, listener)

    def start(self, page: Page) -> None:
        """Listen to a page as long as it lives."""
        for event, listener in self._listeners.items():
            page.on(event, listener)  # type: ignore[call-overload]

    def _on_console(self, message: ConsoleMessage) -> None:
        # An answer that is an error is looked at by its response, not by its echo here.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.troubles.append(f"{message.type}: {message.text}")

    def _on_error(self, error: Error) -> None:
        self.troubles.append(f"script error: {error}")

    def _on_request(self, request: Request) -> None:
        # Both surfaces are this machine's; where a reader follows a link is his own affair.
        own = urlsplit(request.url).hostname in {"127.0.0.1", None}
        if not own and not request.is_navigation_request():
            self.troubles.append(f"asked another host: {request.url}")

    def _on_response(self, response: Response) -> None:
        part_of_a_page = response.request.resource_type not in {"document", "fetch", "xhr"}
        if response.status >= 500 or (part_of_a_page and response.status >= 400):
            self.troubles.append(f"{response.status} {response.url}")


@pytest.fixture
def watch(court: Court, surfaces: dict[str, str]) -> Iterator[Watch]:
    """Fails the test when a page or a server had something to complain about."""
    watch = Watch()
    yield watch
    logs = {surface: log_of(court, surface).read_text(encoding="utf-8") for surface in surfaces}
    assert (watch.troubles, logs) == ([], dict.fromkeys(surfaces, ""))


@pytest.fixture
def visit(browser: Browser, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Open a page in a browser window of its own; keyword arguments describe the visitor."""
    contexts = []

    def open_page(**visitor: Any) -> Page:
        contexts.append(browser.new_context(locale="zh-CN", **visitor))
        contexts[-1].set_default_timeout(PATIENCE)
        page = contexts[-1].new_page()
        watch.start(page)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def badges(browser: Browser, office: str) -> dict[str, Any]:
    """One signed-in browser state a role, for tests that only look at pages."""
    states = {}
    for role in Role:
        context = browser.new_context(locale="zh-CN")
        sign_in_as(context.new_page(), office, f"{role}1")
        states[str(role)] = context.storage_state()
        context.close()
    return states


def sign_in_as(page: Page, office: str, name: str) -> Page:
    """Send the form without looking at it: typing into it is a journey of its own."""
    form = page.request.get(f"{office}/sign-in").text()
    token = re.search(r'name="csrf_token" value="([^"]+)"', form)
    assert token is not None
    fields = {"csrf_token": token[1], "name": name, "password": PASSWORD}
    page.request.post(f"{office}/sign-in", form=fields, headers={"Origin": office})
    page.goto(f"{office}/")
    page.get_by_role("heading", level=1, name="工作台").wait_for()
    return page


@pytest.fixture
def sign_in(visit: Callable[..., Page], office: str) -> Callable[..., Page]:
    """Sign in at the office in a window of one's own, as the one of a role or by name."""

    def open_desk(role: Role, name: str = "") -> Page:
        return sign_in_as(visit(), office, name or f"{role}1")

    return open_desk


@pytest.fixture
def sign_in_without_scripts(visit: Callable[..., Page], office: str) -> Callable[..., Page]:
    """The same in a browser that runs no scripts."""

    def open_desk(role: Role) -> Page:
        page = visit(java_script_enabled=False)
        page.goto(f"{office}/sign-in")
        page.get_by_label("账号").fill(f"{role}1")
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.get_by_role("heading", level=1, name="工作台").wait_for()
        return page

    return open_desk
