"""An officer finds a link of an auction broken or changed: the public page follows at once.

What he types stays in the office but for the new address, which passes the same table of
platforms and the same leak check as one that was imported. The page is changed in the turn in
which the mark is written: its link, a version note in fixed words, the ledger and the outbox.
The rest of the page stays as it was released; a newer record that waits for a reviewer still
waits. Composing goes by the same marks, so the next release says the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from portal.publication.errors import CaseUnknown, LinkRefused, ReasonMissing
from portal.publication.gate import Gate
from portal.publication.links import auction_ids, public_link
from portal.publication.mark_rows import read_marks
from portal.publication.release import change_link, public_case
from portal.publication.turns import Turn, take_turn
from portal.publication.verdicts import note_release
from portal.reference.platforms import verified_auction_url
from portal.registry.audit import record_act
from portal.registry.link_marks import (
    add_mark,
    auction_key,
    clear_mark,
    find_mark,
    marked_links,
)
from portal.registry.models import RegistryCase
from redaction import verify

_MOST = 500
CHANGED_MEANWHILE = "案件数据已经更新，请重新打开这次拍卖再登记"


def mark_link(
    gate: Gate,
    case_number: str,
    position: int,
    actor: str,
    *,
    revision: int,
    reason: str,
    new_url: str = "",
) -> bool:
    """Mark the link of an auction as broken, or as changed where ``new_url`` is given.

    ``position`` is its place in the record of ``revision``. False where it is marked just so
    already. Raises CaseUnknown, ReasonMissing, and LinkRefused where the record has changed, the
    address is none of a platform, or it holds something private.
    """
    reason, new_url = reason.strip()[:_MOST], new_url.strip()
    if not reason:
        raise ReasonMissing("请写明核实的情况和理由")
    if len(new_url) > _MOST or (new_url and verified_auction_url(new_url) is None):
        raise LinkRefused(
            "新网址没有通过核验：应当以 https:// 开头，网站在最高人民法院公布的平台名单内，"
            f"不带端口、用户名和中文，不超过 {_MOST} 个字符"
        )
    with take_turn(gate.stores) as turn:
        case = _case(turn, case_number)
        auction = _auction(case, position, revision)
        if new_url and new_url == (auction.get("url") or ""):
            raise LinkRefused("新网址与导入的网址相同")
        earlier = find_mark(turn.registry, case.id, auction)
        if earlier is not None and (earlier.new_url, earlier.reason) == (new_url, reason):
            return False
        _refuse_leaks(gate, turn, case, new_url)
        add_mark(turn.registry, case.id, auction, new_url=new_url, reason=reason, actor=actor)
        detail = {"lot": auction["lot"], "reason": reason}
        if new_url:
            detail["url"] = new_url
        record_act(turn.registry, actor, "link.mark", case_number, detail)
        _show(gate, turn, case, auction, actor)
    gate.settle()
    return True


def lift_mark(
    gate: Gate, case_number: str, position: int, actor: str, *, revision: int, reason: str
) -> bool:
    """Take the mark of an auction off: its imported link works. False where there is none."""
    reason = reason.strip()[:_MOST]
    if not reason:
        raise ReasonMissing("请写明核实的情况和理由")
    with take_turn(gate.stores) as turn:
        case = _case(turn, case_number)
        auction = _auction(case, position, revision)
        mark = find_mark(turn.registry, case.id, auction)
        if mark is None:
            return False
        clear_mark(mark, reason, actor, datetime.now(UTC))
        detail = {"lot": auction["lot"], "reason": reason}
        record_act(turn.registry, actor, "link.clear", case_number, detail)
        _refuse_leaks(gate, turn, case, mark.url)
        _show(gate, turn, case, auction, actor)
    gate.settle()
    return True


def _case(turn: Turn, case_number: str) -> RegistryCase:
    case = turn.registry.scalars(
        select(RegistryCase).filter_by(case_number=case_number)
    ).one_or_none()
    if case is None:
        raise CaseUnknown(f"没有案件 {case_number}")
    return case


def _auction(case: RegistryCase, position: int, revision: int) -> Mapping[str, Any]:
    auctions = case.content.get("auctions") or []
    if case.revision != revision or not 0 <= position < len(auctions):
        raise LinkRefused(CHANGED_MEANWHILE)
    found: Mapping[str, Any] = auctions[position]
    return found


def _refuse_leaks(gate: Gate, turn: Turn, case: RegistryCase, url: str) -> None:
    marks = read_marks(turn.registry, case.id, case.revision)
    record = gate.redactor.for_record(case.content, marks)
    if any(verify([("url", url)], record.private)):
        raise LinkRefused("网址中有本案的私密内容，不能公开")


def _show(
    gate: Gate, turn: Turn, case: RegistryCase, marked: Mapping[str, Any], actor: str
) -> None:
    """Change the public rows of the auction, where it is public."""
    public = public_case(turn.public, case.case_number)
    if public is None:
        return
    rows = {row.id: row for row in public.auctions}
    marks = marked_links(turn.registry, case.id)
    # True duplicates share lot, round and address, and so the mark.
    for id_, auction in auction_ids(case.content, gate.key):
        row = rows.get(id_)
        if row is None or auction_key(auction) != auction_key(marked):
            continue
        url, state = public_link(auction, auction.get("url") or "", marks)
        if (row.url, row.link_state) != (url, state or ""):
            entry = change_link(turn.public, public, row, url, state or "")
            note_release(turn, entry, actor)
