"""Links of auctions marked by hand: the public page follows at once, and only through the gate."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from portal.disclosure.ledger import IndexChange, LedgerEntry
from portal.disclosure.models import PublicAuction
from portal.publication.auction_links import lift_mark, mark_link
from portal.publication.errors import CaseUnknown, LinkRefused, ReasonMissing
from portal.publication.gate import Outcome
from portal.publication.inspection import inspect_public
from portal.publication.reconcile import reconcile
from portal.registry.audit import AuditEntry, first_broken_entry
from portal.registry.link_marks import REPLACED, LinkMark
from tests.invented import NUMBER

OLD = "https://sf-item.taobao.com/sf_item/1.htm"
NEW = "https://paimai.jd.com/27"
LOT = {
    "lot": "A1",
    "title": "营口市西市区住宅一套",
    "property_kind": "住宅用房",
    "platform": "淘宝网",
    "url": OLD,
    "round": "一拍",
    "status": "预告",
}


@pytest.fixture
def send_lots(bring_in, case):
    """Import the case with these auctions."""

    def send(*lots, **fields):
        bring_in(case(auctions=[LOT | lot for lot in lots], **fields))

    return send


@pytest.fixture
def published(gate, send_lots):
    send_lots({}, {"lot": "B2"})
    assert gate.publish_all("clerk").released == 1
    return gate


@pytest.fixture
def shown(public_row):
    """(address, state) of the public links, by lot."""
    return lambda: {row.lot: (row.url, row.link_state) for row in public_row().auctions}


def mark(gate, position=0, revision=1, reason="点击后显示页面不存在", **fields):
    return mark_link(gate, NUMBER, position, "reviewer", revision=revision, reason=reason, **fields)


def lift(gate, position=0, revision=1, reason="平台已恢复"):
    return lift_mark(gate, NUMBER, position, "reviewer", revision=revision, reason=reason)


def marks(gate):
    with gate.stores.registry() as session:
        return session.scalars(select(LinkMark).order_by(LinkMark.id)).all()


def acts(gate, *names):
    with gate.stores.registry() as session:
        chosen = select(AuditEntry.act, AuditEntry.detail).where(AuditEntry.act.in_(names))
        return [tuple(row) for row in session.execute(chosen.order_by(AuditEntry.id))]


def test_a_broken_link_leaves_the_public_store_at_once(published, shown, public_row, public):
    assert mark(published)
    assert shown() == {"A1": ("", "链接核实中"), "B2": (OLD, "")}
    assert public_row().version == 2
    note = public_row().notes[0]
    assert (note.version, note.why) == (2, "拍卖平台的链接经法院核实")
    assert [change["part"] for change in note.changes] == ["名单和拍卖"]
    newest = public.scalars(select(LedgerEntry).order_by(LedgerEntry.id.desc()).limit(1)).one()
    assert (newest.act, newest.version, newest.revision) == ("released", 2, 1)
    queued = public.scalars(select(IndexChange.item_kind).order_by(IndexChange.id.desc()).limit(2))
    assert set(queued) == {"case", "auction"}


def test_what_the_officer_wrote_stays_in_the_office(published, public_row):
    mark(published, reason="当事人秦椒榕来电告知打不开")
    row = public_row()
    said = [
        *(str(vars(entry)) for entry in row.auctions),
        str([note.changes for note in row.notes]),
    ]
    assert "来电" not in str(said) and "秦椒榕" not in str(said)
    assert inspect_public(published).leaks == ()


def test_a_new_address_is_shown_as_corrected(published, shown):
    assert mark(published, new_url=NEW)
    assert shown()["A1"] == (NEW, "链接已更正")


@pytest.mark.parametrize(
    "address",
    [
        "http://paimai.jd.com/27",
        "https://paimai.jd.com.evil.example/27",
        "https://paimai.jd.com@evil.example/",
        "https://paimai.jd.com:8443/27",
        "https://www.jd.com/27",
        "javascript:alert(1)",
        "https://раimai.jd.com/27",
        "https://paimai.jd.com/" + "2" * 500,
        OLD,
    ],
)
def test_no_other_address_gets_through(published, shown, address):
    with pytest.raises(LinkRefused):
        mark(published, new_url=address)
    assert shown()["A1"] == (OLD, "") and marks(published) == []


def test_an_address_that_says_something_private_is_refused(published, shown):
    with pytest.raises(LinkRefused, match="私密"):
        mark(published, new_url="https://paimai.jd.com/27?tel=18940710002")
    assert shown()["A1"] == (OLD, "") and marks(published) == []


def test_a_reason_a_known_case_and_an_unchanged_record_are_needed(published, send_lots):
    with pytest.raises(ReasonMissing):
        mark(published, reason=" \n ")
    with pytest.raises(ReasonMissing):
        lift(published, reason="")
    with pytest.raises(CaseUnknown):
        mark_link(published, "（2018）辽0803执999号", 0, "reviewer", revision=1, reason="打不开")
    for position in (-1, 2):
        with pytest.raises(LinkRefused):
            mark(published, position=position)
    send_lots({"title": "另一套"})
    with pytest.raises(LinkRefused, match="已经更新"):
        mark(published)


def test_the_mark_is_logged_and_sent_twice_it_stands_once(published):
    assert mark(published) and not mark(published)
    assert len(marks(published)) == 1
    detail = {"lot": "A1", "reason": "点击后显示页面不存在"}
    assert acts(published, "link.mark") == [("link.mark", detail)]
    assert acts(published, "case.released")[-1] == ("case.released", {"version": 2})
    with published.stores.registry() as session:
        assert first_broken_entry(session) is None
    assert reconcile(published.stores, "cron") == 0


def test_a_later_finding_takes_the_place_of_the_earlier_and_both_are_kept(published, shown):
    mark(published)
    mark(published, new_url=NEW, reason="平台告知新网址")
    assert shown()["A1"] == (NEW, "链接已更正")
    first, second = marks(published)
    assert first.cleared_by == "reviewer" and first.cleared_why == "重新登记"
    assert second.cleared_at is None


def test_lifting_the_mark_brings_the_imported_link_back(published, shown):
    mark(published)
    assert lift(published)
    assert shown()["A1"] == (OLD, "")
    (kept,) = marks(published)
    assert kept.cleared_at and kept.cleared_why == "平台已恢复"
    assert not lift(published)


def test_publishing_again_says_the_same_and_makes_no_version(published, shown, public_row):
    mark(published)
    for again in (False, True):
        published.publish_case(NUMBER, "clerk", again=again)
        assert shown()["A1"] == ("", "链接核实中")
    published.publish_all("clerk")
    # the one that was asked for
    assert public_row().version == 3


def test_an_import_with_another_address_clears_the_mark(published, shown, send_lots):
    mark(published)
    send_lots({"url": NEW}, {"lot": "B2"})
    published.publish_all("clerk")
    assert shown()["A1"] == (NEW, "")
    (kept,) = marks(published)
    assert (kept.cleared_why, kept.cleared_by) == (REPLACED, "clerk")
    assert acts(published, "link.clear") == [("link.clear", {"lot": "A1", "reason": REPLACED})]
    # nor does it come back with the old address
    send_lots({}, {"lot": "B2"})
    published.publish_all("clerk")
    assert shown()["A1"] == (OLD, "")


def test_an_import_that_keeps_the_address_keeps_the_mark(published, shown, send_lots):
    mark(published)
    send_lots({"status": "进行中"}, {"lot": "B2"})
    published.publish_all("clerk")
    assert shown()["A1"] == ("", "链接核实中") and marks(published)[0].cleared_at is None


def test_a_page_whose_newer_record_waits_loses_its_link_all_the_same(published, shown, send_lots):
    send_lots({}, {"lot": "B2"}, disclosure=None)
    assert published.publish_case(NUMBER, "clerk") is Outcome.HELD
    assert mark(published, revision=2)
    assert shown()["A1"] == ("", "链接核实中")
    assert published.publish_case(NUMBER, "clerk") is Outcome.HELD


def test_a_case_that_was_never_public_appears_with_its_mark(gate, send_lots, shown):
    send_lots({})
    mark(gate)
    gate.publish_all("clerk")
    assert shown()["A1"] == ("", "链接核实中")


def test_a_process_that_died_between_the_stores_is_made_up_for(published, shown, public_row):
    """The disclosure store is committed first: what the registry does not know is taken back."""
    with published.stores.disclosure.begin() as session:
        session.execute(update(PublicAuction).values(url="", link_state="链接核实中"))
    published.publish_all("clerk")
    assert shown() == {"A1": (OLD, ""), "B2": (OLD, "")}
    assert public_row().version == 2
