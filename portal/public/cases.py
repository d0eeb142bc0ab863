"""The list of public cases, the page of one case, and the feed of its changes."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug import Response as AnyResponse

from portal.disclosure.cases import CASES, CaseRecord, read_case
from portal.disclosure.timeline import read_part
from portal.disclosure.versions import VersionNote
from portal.errors import Gone, NotFound
from portal.extensions import db
from portal.hypermedia import render_page
from portal.public.absence import absence
from portal.public.lists import COURT, ListPage, show_list
from portal.public.parameters import Facet, read_part_number
from portal.qr import qr_svg
from portal.reference.case_numbers import CaseNumberError, from_slug, parse
from portal.reference.stages import BY_NAME, Stage
from portal.reference.vocabulary import DisclosureLevel

PAGE = ListPage(
    address="/cases",
    source=CASES,
    rows="public/cases.html",
    facets=(COURT, Facet.of("stage", "进展阶段", Stage)),
    day="立案日期",
    orders=(("newest", "立案日期从新到旧"), ("oldest", "立案日期从旧到新")),
)

blueprint = Blueprint("cases", __name__)


@blueprint.get("/cases")
def browse() -> Response:
    """Cases by date of filing."""
    return show_list(PAGE)


@blueprint.get("/cases/<written>")
def show(written: str) -> AnyResponse:
    """One case; closed to the public, only what 法释〔2016〕19号 art. 6 lets be shown."""
    record = find_case(written, "cases.show")
    if not isinstance(record, CaseRecord):
        return record
    case = record.case
    if case.level == DisclosureLevel.CLOSED:
        return render_page("public/case_closed.html", case=case)
    address = _address(case.slug)
    return render_page(
        "public/case.html",
        record=record,
        case=case,
        part=read_part(case.events, read_part_number(request.args)),
        nodes=BY_NAME,
        address=address,
        qr=qr_svg(address, f"二维码：{case.case_number}的网址"),
    )


@blueprint.get("/feeds/cases/<written>.atom")
def feed(written: str) -> AnyResponse:
    """What changed on the page of one case, as an Atom feed (RFC 4287).

    The feed repeats the version notes, which name parts of the page and nobody. A case that
    is closed to the public has none: 410 tells feed readers to stop asking.
    """
    record = find_case(written, "cases.feed")
    if not isinstance(record, CaseRecord):
        return record
    case = record.case
    if case.level == DisclosureLevel.CLOSED:
        raise Gone("本案依法不在互联网公开，不提供更新订阅。")
    response = render_page(
        "public/case.atom.xml",
        record=record,
        case=case,
        address=_address(case.slug),
        feed_id=_stable_id(case.slug),
        entry_ids=[_stable_id(case.slug, note) for note in record.notes],
    )
    response.content_type = "application/atom+xml; charset=utf-8"
    return response


def find_case(written: str, endpoint: str) -> CaseRecord | AnyResponse:
    """The case with this number, or the way to its one address.

    Any written form of a number leads to one address. The number of a later document of a
    case (执123号之一, 法〔2015〕137号) leads to the case, for as long as no case of its own
    stands under that number. Raises NotFound, or Gone for a case that was withdrawn.
    """
    try:
        number = from_slug(written)
    except CaseNumberError:
        return redirect(url_for(endpoint, written=_canonical_slug(written)), code=301)
    record = read_case(db.session(), number)
    if record is not None:
        return record
    if number.suffix and read_case(db.session(), number.without_suffix) is not None:
        return redirect(url_for(endpoint, written=number.without_suffix.slug), code=302)
    raise absence(
        f"/cases/{number.slug}",
        f"没有找到案号为{number}的公开案件。案件可能尚未公开，也可能案号有误。",
    )


def _canonical_slug(written: str) -> str:
    try:
        return parse(written).slug
    except CaseNumberError as error:
        raise NotFound(str(error)) from None


def _address(slug: str) -> str:
    return url_for("cases.show", written=slug, _external=True)


def _stable_id(slug: str, note: VersionNote | None = None) -> str:
    """An Atom id that stays when the site moves and when the page is released again."""
    name = f"/cases/{slug}"
    if note is not None:
        name += f"#{note.version}@{note.at.isoformat()}"
    return f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"
