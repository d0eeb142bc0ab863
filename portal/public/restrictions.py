"""The consumption-restriction list (法释〔2015〕17号)."""

from __future__ import annotations

from flask import Blueprint, Response, request

from portal.disclosure.restrictions import RESTRICTIONS, read_restriction
from portal.extensions import db
from portal.hypermedia import render_page
from portal.public.absence import absence
from portal.public.lists import COURT, ListPage, show_list
from portal.public.parameters import Facet
from portal.reference.vocabulary import PartyKind
from portal.security import unstored
from search_index import Kind

PAGE = ListPage(
    address="/restrictions",
    source=RESTRICTIONS,
    rows="public/restrictions.html",
    facets=(COURT, Facet.of("kind", "被限制人类型", PartyKind)),
    day="作出日期",
    orders=(("newest", "作出日期从新到旧"), ("oldest", "作出日期从旧到新")),
    names=Kind.RESTRICTION,
)

# 法释〔2015〕17号 art. 3, in its order.
RESTRICTED = (
    "乘坐交通工具时，选择飞机、列车软卧、轮船二等以上舱位",
    "在星级以上宾馆、酒店、夜总会、高尔夫球场等场所进行高消费",
    "购买不动产或者新建、扩建、高档装修房屋",
    "租赁高档写字楼、宾馆、公寓等场所办公",
    "购买非经营必需车辆",
    "旅游、度假",
    "子女就读高收费私立学校",
    "支付高额保费购买保险理财产品",
    "乘坐G字头动车组列车全部座位、其他动车组列车一等以上座位等其他非生活和工作必需的消费行为",
)

blueprint = Blueprint("restrictions", __name__)


@blueprint.get("/restrictions")
@unstored
def browse() -> Response:
    """The list by date of the order, or the entries that fit a name."""
    return show_list(PAGE)


@blueprint.get("/restrictions/<token:entry>")
def show(entry: str) -> Response:
    """One order, with what art. 3 forbids."""
    restriction = read_restriction(db.session(), entry)
    if restriction is None:
        raise absence(request.path, "名单中没有这条记录。请检查网址，或者按姓名重新查询。")
    return render_page("public/restriction.html", entry=restriction, restricted=RESTRICTED)
