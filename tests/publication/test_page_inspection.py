"""The pages as visitors get them: what a template would give away, and what does not answer."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from portal.publication import inspection
from portal.publication.bookmarks import Bookmark, keep_bookmark, read_bookmark
from portal.publication.inspection import inspect_public
from portal.publication.page_addresses import standing_visits
from portal.publication.page_inspection import Page
from portal.publication.withdrawal import suspend_case
from portal.registry.models import RegistryCase

NUMBER = "（2018）辽0803执123号"
CASE = "/cases/2018-辽0803-执-123"
STATUS = {visit.address: visit.status for visit in standing_visits()}


class Site:
    """A site that says the same everywhere, but for what a test puts on a page."""

    def __init__(self):
        self.pages = {}
        self.asked = []

    def __call__(self, address):
        self.asked.append(address)
        page = self.pages.get(address, "<p>页面</p>")
        text = page if isinstance(page, str) else ""
        status = page if isinstance(page, int) else STATUS.get(address, 200)
        return Page(status, "text/html", text)


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def published(gate, bring_in, case):
    bring_in(case())
    gate.publish_all("clerk")
    return gate


@pytest.fixture
def entry(published):
    """Path of the listed debtor's entry."""
    with published.stores.disclosure() as public:
        (found,) = public.connection().exec_driver_sql("SELECT id FROM public_debtor").one()
    return f"/debtors/{found}"


def test_a_site_that_says_nothing_private_is_clean(published, site):
    result = inspect_public(published, render=site)
    assert (result.leaks, result.faults) == ((), ())
    assert result.pages == len(site.asked) > 60


PLANTED = [
    "<p>被执行人秦椒榕</p>",
    "<p>电话189 4071 0002</p>",
    '<meta content="住辰州路113号13号楼1单元2026室">',
    '<img alt="秦椒榕在现场">',
    "<p>生于1975年1月5日</p>",
    "<p>卡号6217<b>0033</b>83693518269</p>",
]


@pytest.mark.parametrize("text", PLANTED)
def test_what_a_page_gives_away_of_its_case_is_found_and_not_repeated(published, site, text):
    site.pages[CASE] = text
    (leak,) = inspect_public(published, render=site).leaks
    assert (leak.item, leak.path) == (NUMBER, CASE)
    assert "椒" not in str(leak) and "4071" not in str(leak)


def test_a_list_may_name_whom_the_law_names_and_nothing_more(published, site, entry):
    site.pages[entry] = "<p>失信被执行人秦椒榕</p>"
    assert inspect_public(published, render=site).leaks == ()
    site.pages[entry] = "<p>失信被执行人秦椒榕，申请执行人甘蓝芷</p>"
    assert [leak.path for leak in inspect_public(published, render=site).leaks] == [entry]
    # The same name is private on the page of the case.
    site.pages = {CASE: "<p>失信被执行人秦椒榕</p>"}
    assert [leak.path for leak in inspect_public(published, render=site).leaks] == [CASE]


@pytest.mark.parametrize("address", ["/", "/feeds/stories.atom", "/debtors", "/nothing-here"])
def test_a_private_number_is_found_on_any_page(published, site, address):
    site.pages[address] = "<p>210800197501056454</p>"
    assert [leak.item for leak in inspect_public(published, render=site).leaks] == [address]


def test_progress_is_told_of_cases_and_of_the_pages_behind_them(published, site):
    told = []
    result = inspect_public(published, lambda done, whole: told.append((done, whole)), render=site)
    assert told[0] == (1, 1) and told[-1][0] == len(told)
    assert len(told) > result.pages // 2


def test_lists_are_walked_to_their_end(published, site):
    site.pages["/cases"] = '<a rel="next" href="/cases?after=a&amp;q=1">下一页</a>'
    site.pages["/cases?after=a&q=1"] = "<p>18940710002</p>"
    leaks = inspect_public(published, render=site).leaks
    assert [leak.item for leak in leaks] == ["/cases?after=a&q=1"]


def test_a_page_that_does_not_answer_is_a_fault(published, site):
    site.pages = {"/about": 500, CASE: 404}
    faults = inspect_public(published, render=site).faults
    assert set(faults) == {("/about", "应答 500，应为 200"), (CASE, "应答 404，应为 200")}


def test_an_address_that_is_gone_names_nobody(published, site):
    suspend_case(published, NUMBER, "reviewer", "当事人申请更正")
    site.pages[CASE] = "<p>秦椒榕的案件已撤下</p>"
    result = inspect_public(published, render=site)
    assert [leak.path for leak in result.leaks] == [CASE]
    assert (CASE, "应答 200，应为 410") in result.faults


def test_a_name_that_is_a_word_of_the_site_itself_is_no_leak(gate, bring_in, case, site):
    # 常见 is a surname with a given name, and stands on pages of ours.
    record = case(measures=[], events=[], property_controls=[], basis=None)
    record["parties"][1] |= {"name": "常见", "former_names": []}
    bring_in(record)
    gate.publish_all("clerk")
    site.pages[CASE] = "<p>2018年的常见问题</p>"
    assert inspect_public(gate, render=site).leaks == ()


class Stopped(Exception):
    pass


def test_a_run_that_was_stopped_goes_on_where_it_was(gate, bring_in, case, site, monkeypatch):
    monkeypatch.setattr(inspection, "STRIDE", 1)
    numbers = [f"（2018）辽0803执{number}号" for number in (123, 124, 125)]
    bring_in(*(case(case_number=number) for number in numbers))
    gate.publish_all("clerk")
    pages = [f"/cases/2018-辽0803-执-{number}" for number in (123, 124, 125)]
    site.pages[pages[0]] = "<p>秦椒榕</p>"
    kept = []

    def stopping(address):
        if address == pages[2]:
            raise Stopped
        return site(address)

    def keep(place):
        kept.append(deepcopy(place))

    with pytest.raises(Stopped):
        inspect_public(gate, render=stopping, keep=keep)
    with gate.stores.registry() as session:
        ids = session.scalars(select(RegistryCase.id).order_by(RegistryCase.id)).all()
    assert kept[-1].after == ids[1]

    site.asked.clear()
    result = inspect_public(gate, render=site, bookmark=kept[-1], keep=keep)
    assert [page for page in pages if page in site.asked] == [pages[2]]
    assert [leak.path for leak in result.leaks] == [pages[0]], "what was found stays found"
    whole = inspect_public(gate, render=site)
    assert (result.scanned, result.pages) == (whole.scanned, whole.pages)


def test_what_changed_after_the_beginning_is_read_again(published, site):
    mark = Bookmark(datetime(2000, 1, 1, tzinfo=UTC), published.redactor.policy.version, after=9)
    inspect_public(published, render=site, bookmark=mark)
    assert CASE in site.asked


def test_a_bookmark_is_whole_private_and_good_for_one_policy_only(tmp_path):
    path = tmp_path / "verify.json"
    mark = Bookmark(datetime(2018, 10, 31, tzinfo=UTC), "1", 7, 8, 9, [["a", "b", "c", "d"]])
    keep_bookmark(path, mark)
    assert read_bookmark(path, "1") == mark
    assert path.stat().st_mode & 0o077 == 0
    assert read_bookmark(path, "2") is None
    path.write_text('{"after": 1')
    assert read_bookmark(path, "1") is None
    assert read_bookmark(tmp_path / "none", "1") is None
