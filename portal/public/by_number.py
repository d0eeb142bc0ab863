"""Looking up the dishonest-debtor list by a whole ID number, which is never kept anywhere.

The number comes in the body of a POST and the answer is the page itself: a redirect would have to
carry either the number or the result. The answer to a hit and to a miss takes the same one
statement, the same template and the same length.
"""

from __future__ import annotations

from flask import Blueprint, Response, current_app, request

from portal.disclosure.lookups import LookupKeyError, LookupKeys, find_by_number
from portal.errors import Unavailable
from portal.extensions import db
from portal.hypermedia import render_page
from portal.origin import refuse_other_sites
from portal.public.padding import padded
from portal.public.patience import spend_lookup
from portal.reference.id_numbers import NumberRefused, read_number
from portal.security import unstored

PAGE = "public/by_number.html"

blueprint = Blueprint("by_number", __name__)


@blueprint.get("/debtors/by-number")
@unstored
def form() -> Response:
    """The form, and why it wants the whole number."""
    return render_page(PAGE, entries=None, problem="")


@blueprint.post("/debtors/by-number")
@unstored
def look_up() -> Response:
    """Entries listed under the number typed; 422 where it is no whole, valid number."""
    refuse_other_sites("请在本站的查询页面上输入号码。")
    try:
        kind, number = read_number(request.form.get("number", ""))
    except NumberRefused as refusal:
        return render_page(PAGE, "lookup", status=422, entries=None, problem=str(refusal))
    spend_lookup(kind, number)
    try:
        keys = LookupKeys(current_app.extensions["settings"].lookup_keys).read()
    except LookupKeyError:
        raise Unavailable("暂时不能按证件号码查询，请按姓名查询。") from None
    entries = find_by_number(db.session(), keys, number)
    return padded(render_page(PAGE, "lookup", entries=entries, problem=""))
