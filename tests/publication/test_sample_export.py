"""The whole road with the messy sample: in goes an export, out comes nothing private.

The check here is independent of ours: it has its own idea of written forms, reads the
list of private values that came with the sample, and looks at everything a stranger
could fetch: every page, feed and error page, every database byte, every index term.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

from portal import create_app
from portal.extensions import configure_sqlite
from portal.migrations.runner import Store, upgrade
from portal.office.desk_view import view_case
from portal.publication.gate import Gate, PublishReport, open_gate
from portal.publication.inspection import inspect_public
from portal.publication.preview import preview_case
from portal.reference.case_numbers import parse
from portal.registry.intake import ImportReport, import_file
from portal.settings import Surface, read_settings
from portal.stores import Stores
from search_index import Query, WhooshIndex

DATA = Path(__file__).parent.parent / "data"
TRUTH = json.loads((DATA / "private-values.json").read_text(encoding="utf-8"))
OPEN = [case for case in TRUTH if not case["closed_to_public"]]
LISTED = {case["debtor"] for case in TRUTH if case["listed"] or case["restricted"]}

_DIGITS = str.maketrans("〇零一二三四五六七八九幺", "001234567891")
_NOISE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\-_.·•,，、:：]+")
_LINK = re.compile(r'href="([^"]+)"')


@cache
def plain(text: str) -> str:
    """One form for all ways of writing: width, separators, case, Chinese numerals."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).casefold()).translate(_DIGITS)


@dataclass(frozen=True)
class Portal:
    """The sample, imported and published, and all that a stranger can fetch of it."""

    imported: ImportReport
    published: PublishReport
    gate: Gate
    client: FlaskClient
    pages: dict[str, str]


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    home = tmp_path_factory.mktemp("sample")
    office = read_settings({"PORTAL_HOME": str(home)}, Surface.OFFICE)
    sessions = {}
    for store, url in (
        (Store.REGISTRY, office.registry_url),
        (Store.DISCLOSURE, office.disclosure_url),
        (Store.INBOX, office.inbox_url),
    ):
        engine = create_engine(str(url))
        configure_sqlite(engine, read_only=False)
        upgrade(engine, store)
        sessions[store] = sessionmaker(engine)
    stores = Stores(sessions[Store.REGISTRY], sessions[Store.DISCLOSURE])
    gate = open_gate(office, stores)
    path = DATA / "export-2018-04.jsonl"
    imported = import_file(stores.registry, path, name=path.name, actor="test")
    published = gate.publish_all("test")
    app = create_app(read_settings({"PORTAL_HOME": str(home)}, Surface.PUBLIC))
    client = app.test_client()
    yield Portal(imported, published, gate, client, crawl(client))


def crawl(client: FlaskClient) -> dict[str, str]:
    """Fetch every page that can be reached by links, and every case by its address."""
    found: dict[str, str] = {}
    queue = deque(["/", "/robots.txt", "/nowhere", "/readyz"])
    queue += [f"/cases/{parse(case['case_number']).slug}" for case in TRUTH]
    while queue:
        address = queue.popleft()
        if address in found:
            continue
        response = client.get(address)
        # The headers count as well: a location, an entity tag, a file name.
        body = response.get_data(as_text=True)
        found[address] = f"{response.headers}\n{body}"
        if "html" not in response.content_type:
            continue
        for link in _LINK.findall(body):
            target = urljoin(address, link.replace("&amp;", "&"))
            parts = urlsplit(target)
            if not parts.netloc and not parts.path.startswith("/static"):
                queue.append(unquote(target.split("#")[0]))
    return found


def names(case: dict) -> set[str]:
    """Natural persons who must not be named anywhere but on a list they are on."""
    people = {value["value"] for value in case["private"] if value["kind"] == "name"}
    return (
        people | {case["debtor"]} | ({case["applicant"]} if len(case["applicant"]) <= 4 else set())
    )


def test_everything_goes_in_and_most_cases_come_out_without_a_human(portal):
    assert (portal.imported.read, portal.imported.added) == (120, 120)
    assert portal.imported.rejected == 0
    report = portal.published
    assert report.not_public == len(TRUTH) - len(OPEN)
    assert report.released + report.held == len(OPEN)
    assert report.released >= 0.75 * len(OPEN)
    assert report.errors == ()


def test_the_crawl_saw_the_whole_site(portal):
    kinds = {address.split("/")[1].split("?")[0] for address in portal.pages}
    assert {"cases", "debtors", "restrictions", "terminations", "auctions", "rules"} <= kinds
    assert sum(address.startswith("/debtors/") for address in portal.pages) >= 40
    assert sum(address.startswith("/auctions/") for address in portal.pages) >= 20


def test_no_private_value_is_on_any_page(portal):
    values = {
        plain(value["value"]): value["kind"]
        for case in TRUTH
        for value in case["private"]
        if value["kind"] not in ("name", "health", "birth")
    }
    # An address is hidden from the street on; what comes before it may stay.
    values |= {
        plain(re.split(r"[区市](?=[^区市]*$)", value["value"], maxsplit=1)[-1]): "address"
        for case in TRUTH
        for value in case["private"]
        if value["kind"] == "address"
    }
    leaks = [
        (address, kind)
        for address, page in portal.pages.items()
        for readable in (plain(page),)
        for value, kind in values.items()
        if value in readable
    ]
    assert leaks == []


def test_health_and_birth_dates_are_not_on_the_page_of_their_case(portal):
    for case in OPEN:
        page = plain(portal.pages[f"/cases/{parse(case['case_number']).slug}"])
        for value in case["private"]:
            if value["kind"] in ("health", "birth"):
                assert plain(value["value"]) not in page, (case["case_number"], value["kind"])


def test_names_stand_on_list_pages_only_and_there_only_the_listed(portal):
    everybody = {name for case in TRUTH for name in names(case)}
    for address, page in portal.pages.items():
        readable = plain(page)
        on_a_list = address.startswith(("/debtors", "/restrictions"))
        forbidden = everybody - LISTED if on_a_list else everybody
        assert [name for name in forbidden if plain(name) in readable] == [], address


def test_judges_courts_and_numbers_stay_visible(portal):
    released = 0
    for case in OPEN:
        page = portal.pages[f"/cases/{parse(case['case_number']).slug}"]
        if "404" in page.split("\n", 1)[0] or case["case_number"] not in page:
            continue
        released += 1
        assert case["court"] in page
        assert case["judge"] in page
    assert released == portal.published.released


def test_a_closed_case_shows_its_reason_and_no_more(portal):
    for case in TRUTH:
        if case["closed_to_public"]:
            page = portal.pages[f"/cases/{parse(case['case_number']).slug}"]
            assert case["case_number"] in page
            assert "涉及个人隐私" in page
            assert case["judge"] not in page


def test_no_private_value_is_in_a_database_byte_or_an_index_term(portal):
    portal.gate.stores.scrub_disclosure()
    settings = portal.client.application.extensions["settings"]
    files = [path for path in (settings.home / "public").rglob("*") if path.is_file()]
    blob = b"\n".join(path.read_bytes() for path in files if path.suffix != ".key")
    index = WhooshIndex.open(settings.index_path)
    indexed = plain("\n".join((*index.terms(), *index.stored())))
    index.close()
    for case in TRUTH:
        for value in case["private"]:
            if value["kind"] in ("birth", "health"):
                continue
            if value["kind"] == "name" and value["value"] in LISTED:
                continue
            assert value["value"].encode() not in blob, (case["case_number"], value["kind"])
            assert plain(value["value"]) not in indexed, (case["case_number"], value["kind"])


def test_search_finds_no_case_by_a_name_and_nobody_who_is_not_listed(portal):
    index = WhooshIndex.open(portal.client.application.extensions["settings"].index_path)
    for case in TRUTH:
        for name in names(case):
            hits = index.search(Query(text=name, page_size=100)).hits
            allowed = {"debtor", "restriction"} if name in LISTED else set()
            assert {str(hit.kind) for hit in hits} <= allowed, case["case_number"]
    index.close()


def written_forms(number: str) -> list[str]:
    """How people type one case number."""
    case = parse(number)
    year, court, kind, serial = case.year, case.court, case.type, case.serial
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    return [
        number,
        f"({year}){court}{kind}{serial}号",
        f"{year}{court}{kind}{serial}",
        f"〔{year}〕{court}{kind}字第{serial}号",
        number.translate(wide),
        f"( {year} ) {court} {kind} {serial} 号",
        f"（{year}）{court}{kind}{serial:06d}号",
        number.replace("执", "執").replace("辽", "遼"),
        f"“（{year}）{court}{kind}\n{serial}号”",
    ]


def test_every_released_case_is_found_by_its_number_however_it_is_typed(portal):
    for case in OPEN:
        slug = parse(case["case_number"]).slug
        if portal.client.get(f"/cases/{slug}").status_code != 200:
            continue
        for written in written_forms(case["case_number"]):
            page = portal.client.get("/search", query_string={"q": written}).get_data(as_text=True)
            assert f"/cases/{slug}" in unquote(page), written


def test_the_portals_own_inspection_agrees(portal):
    assert inspect_public(portal.gate).leaks == ()


RECORDS = {
    parse(record["case_number"]).canonical: record
    for line in (DATA / "export-2018-04.jsonl").read_text(encoding="utf-8").splitlines()
    for record in (json.loads(line),)
}


def test_every_code_of_the_sample_opens_its_own_case_and_nothing_of_the_others(portal):
    for place, case in enumerate(TRUTH):
        record = RECORDS[parse(case["case_number"]).canonical]
        (own,) = [party for party in record["parties"] if party["name"] == case["applicant"]]
        # A browser and an address of its own for each.
        client = portal.client.application.test_client()
        answer = client.post(
            "/party",
            data={
                "case": case["case_number"],
                "number": own["id_number"],
                "code": case["query_code"],
            },
            environ_base={"REMOTE_ADDR": f"192.0.2.{place}"},
        )
        assert answer.status_code == 303, case["case_number"]
        page = client.get("/party/case").get_data(as_text=True)
        assert case["applicant"] in page and case["debtor"] in page and case["judge"] in page
        assert record["handler"]["office_phone"] in page
        readable = plain(page)
        parties = {party["name"] for party in record["parties"]}
        for value in case["private"]:
            if value["value"] in {*own.values(), *parties}:
                continue
            assert plain(value["value"]) not in readable, (case["case_number"], value["kind"])
        assert case["query_code"] not in page


def test_a_code_opens_nothing_with_the_number_of_the_other_party(portal):
    for place, case in enumerate(TRUTH[:4]):
        record = RECORDS[parse(case["case_number"]).canonical]
        (other,) = [party for party in record["parties"] if party["name"] == case["debtor"]]
        answer = portal.client.post(
            "/party",
            data={
                "case": case["case_number"],
                "number": other["id_number"],
                "code": case["query_code"],
            },
            environ_base={"REMOTE_ADDR": f"198.51.100.{place}"},
        )
        assert answer.status_code == 422


def test_the_desk_ties_every_masked_place_of_the_record_to_the_page(portal):
    for case in OPEN[::12]:
        marked = preview_case(portal.gate, case["case_number"])
        desk = view_case(marked, portal.gate.redactor.policy)
        assert len(desk.ties) == len(marked.preview.findings) > 0
        assert {tie.number for tie in desk.ties} == desk.in_record
        shown = {tie.number for tie in desk.ties if tie.path.startswith(("events", "basis"))}
        assert shown and shown <= desk.in_public
