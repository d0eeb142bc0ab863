"""By when the steps of an enforcement case are due: statutory limits, each with its source.

Only limits confirmed in a published text stand here; what is believed but not confirmed is left
out rather than printed as law. A limit without an article in ``source`` is one whose rule is
confirmed and whose article is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from portal.reference.clock import add_months

PERIODS = "《最高人民法院关于人民法院办理执行案件若干期限的规定》"
DISHONEST = "法释〔2017〕7号"
AUCTION = "法释〔2016〕18号"
TERMINATION = "法〔2016〕373号"


@dataclass(frozen=True)
class Limit:
    """One statutory limit, shown while one of ``nodes`` is the newest of an open case.

    ``days`` or ``months`` are set where the limit runs from filing, the one beginning that
    every case page knows; other limits are told in words alone. ``with_property`` narrows a
    limit to cases with property to enforce against. No nodes: the limit is the whole case's.
    """

    nodes: tuple[str, ...]
    words: str
    source: str
    days: int = 0
    months: int = 0
    with_property: bool = False

    def due(self, filed_on: date) -> date | None:
        """The day on which the limit ends, None where it does not run from filing."""
        if self.months:
            return add_months(filed_on, self.months)
        return filed_on + timedelta(days=self.days) if self.days else None


LIMITS: tuple[Limit, ...] = (
    Limit(("申请", "立案"), "法院应当在立案后七日内确定承办人", PERIODS + "第二条", days=7),
    Limit(
        ("立案", "分案"),
        "承办人应当在收到案件材料后三日内向被执行人发出执行通知书",
        PERIODS + "第四条",
    ),
    Limit(
        ("立案", "分案", "执行通知"),
        "承办人应当在收到案件材料后三日内通知申请执行人提供财产状况或者财产线索",
        PERIODS + "第五条",
    ),
    Limit(
        ("执行通知", "送达", "网络查控", "反馈", "传统调查", "接谈"),
        "申请执行人提供了明确、具体的财产线索的，承办人应当在五日内查证、核实",
        PERIODS + "第六条",
    ),
    Limit(
        ("执行通知", "送达", "网络查控", "反馈", "传统调查", "接谈"),
        "申请执行人提供线索确有困难、申请法院调查的，承办人应当在十日内启动调查",
        PERIODS + "第六条",
    ),
    Limit(
        ("送达", "网络查控", "反馈", "传统调查"),
        "对被执行人财产状况的调查一般应当在一个月内完成",
        PERIODS,
    ),
    Limit(
        ("失信",),
        "列入失信名单的期限为二年，以暴力、威胁方法抗拒执行情节严重或者有多项失信行为的"
        "可以延长一至三年；因有履行能力而拒不履行列入的没有固定期限",
        DISHONEST + "第二条",
    ),
    Limit(
        ("失信",),
        "履行完毕等应当移出名单的情形出现后，法院应当在三个工作日内移出",
        DISHONEST + "第十条",
    ),
    Limit(
        ("评估", "拍卖"),
        "拍卖动产的在拍卖十五日前公告，拍卖不动产或者其他财产权的在三十日前公告",
        AUCTION + "第十二条",
    ),
    Limit(("拍卖",), "网上竞价的时间不少于二十四小时", AUCTION + "第二十条"),
    Limit(("拍卖",), "流拍的，应当在三十日内在同一网络平台再次拍卖", AUCTION + "第二十六条"),
    Limit(
        ("终本约谈",),
        "立案之日起超过三个月并且同时符合其他条件的，才可以终结本次执行程序",
        TERMINATION + "第一条",
        months=3,
    ),
    Limit(
        (),
        "有财产可供执行的案件一般应当在立案之日起六个月内执结，"
        "有特殊情况的经院长或者副院长批准可以延长",
        PERIODS + "第一条",
        months=6,
        with_property=True,
    ),
)

AFTER_TERMINATION: tuple[Limit, ...] = (
    Limit(
        (),
        "终本后五年内，法院每六个月查询一次被执行人的财产，并将结果告知申请执行人",
        TERMINATION + "第九条",
    ),
    Limit((), "申请恢复执行没有时间限制", TERMINATION + "第九条"),
)


def limits_at(node: str, *, with_property: bool) -> tuple[Limit, ...]:
    """The limits of a case whose newest node is ``node``: that step's, then the whole case's."""
    return tuple(
        limit
        for limit in LIMITS
        if (not limit.nodes or node in limit.nodes) and (with_property or not limit.with_property)
    )
