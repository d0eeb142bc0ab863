"""The indicators of 统计公开: what each divides by what, where its formula comes from.

A formula stands as published only where a published text confirmed it (``confirmed``); what the
portal counts for itself says so in ``note``. Each is counted by whole months of one event of a
case (``by``), so that months add up to years and courts to the city, and what is hidden in one
place can be kept from being worked out in another.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

LEAST = 5
"""Fewer cases, auctions or measures than this are never shown."""

DATA_SOURCE = "各法院执行案件流程系统导出、本站登记库中的案件（不公开的案件只计数）"


class Shape(StrEnum):
    """How numerator and denominator make the figure."""

    SHARE = "share"
    MEAN = "mean"
    COUNT = "count"


class Unit(StrEnum):
    """What numerators are counted in; sums of money are stored in fen."""

    CASES = "件"
    TIMES = "次"
    PERSONS = "人次"
    COURTS = "个"
    MONEY = "元"
    DAYS = "天"


@dataclass(frozen=True)
class Indicator:
    """One indicator; ``base`` names what its denominator counts.

    Indicators of the same base share their denominators, and what of these is too small to be
    shown is hidden in all of them alike. ``target`` is the percentage that the plan sets,
    ``measure`` the kind of measure that is counted, ``short`` a name for narrow places.
    """

    code: str
    name: str
    shape: Shape
    unit: Unit
    base: str
    by: str
    numerator: str
    denominator: str = ""
    note: str = ""
    confirmed: str = ""
    target: int | None = None
    per_court: bool = True
    measure: str = ""
    short: str = ""

    def value(self, numerator: int | None, denominator: int | None) -> Decimal | None:
        """The figure: percent or days with one decimal, or the count; None where unknown."""
        if numerator is None:
            return None
        if self.shape is Shape.COUNT:
            return Decimal(numerator)
        if not denominator:
            return None
        times = 100 if self.shape is Shape.SHARE else 1
        return (Decimal(numerator * times) / denominator).quantize(Decimal("0.1"))

    @property
    def sign(self) -> str:
        """What stands behind the figure."""
        return "%" if self.shape is Shape.SHARE else str(self.unit)


CLOSED = "closed"
"""The base of everything that is counted over the cases closed in a period."""

_BY_CLOSING = "结案日期"

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "settled",
        "执结率",
        Shape.SHARE,
        Unit.CASES,
        "filed",
        "立案日期",
        "其中到数据截止日已经结案的案件",
        "本期立案的首次执行和恢复执行案件",
        "本站口径：看同一批案件最后结了多少。越近的月份立案时间越短，数值自然较低。"
        "第三方评估要求近三年整体执结率不低于 80%，口径与本表不同。",
    ),
    Indicator(
        "in_time",
        "有财产案件六个月内实际执结率",
        Shape.SHARE,
        Unit.CASES,
        "due",
        "立案满六个月的日期",
        "其中在六个月内以“执行完毕”结案的案件",
        "本期立案满六个月的有财产可供执行案件",
        "本站口径：登记库不记载依法扣除的期间和经批准的延长，这些案件也按六个月计算，"
        "所以数值只会偏低。",
        "有财产可供执行案件法定期限内实际执结率＝法定期限内实际执结÷应执结（有财产）",
        target=90,
        short="六个月内执结率",
    ),
    Indicator(
        "performed",
        "实际执行率",
        Shape.SHARE,
        Unit.CASES,
        CLOSED,
        _BY_CLOSING,
        "其中以“执行完毕”结案的案件",
        "本期结案的首次执行和恢复执行案件",
        "登记库不区分强制执行、自动履行和和解履行，都记为“执行完毕”。",
        "实际执行率＝（强制执行＋自动履行＋和解）÷执结",
    ),
    Indicator(
        "recovered",
        "执行标的到位率",
        Shape.SHARE,
        Unit.MONEY,
        "sums",
        _BY_CLOSING,
        "其中已经到位的金额",
        "本期结案案件的申请执行标的",
        "只计两项金额都有记载的案件。",
        "执行标的到位率＝到位金额÷申请（执结）标的",
    ),
    Indicator(
        "terminated",
        "终本率",
        Shape.SHARE,
        Unit.CASES,
        CLOSED,
        _BY_CLOSING,
        "其中以终结本次执行程序结案的案件",
        "本期结案的首次执行和恢复执行案件",
        confirmed="终本率＝终本÷结案",
    ),
    Indicator(
        "duration",
        "平均执行时间",
        Shape.MEAN,
        Unit.DAYS,
        CLOSED,
        _BY_CLOSING,
        "这些案件从立案到结案的天数之和",
        "本期结案的首次执行和恢复执行案件",
        "本站口径：按日历日计算，不扣除中止、评估等期间。",
    ),
    Indicator(
        "online",
        "网拍率",
        Shape.SHARE,
        Unit.TIMES,
        "auctions",
        "竞价开始日期",
        "其中在最高人民法院公布的平台上进行的拍卖",
        "本期开始的司法拍卖（不含变卖）",
        "写明的平台或者网址在名单内的，计为网络拍卖；都没有写明的不计。",
        "网拍率＝网拍次数÷全部拍卖",
        target=80,
    ),
    Indicator(
        "coverage",
        "网拍覆盖率",
        Shape.SHARE,
        Unit.COURTS,
        "courts",
        "竞价开始日期",
        "其中本期进行过网络拍卖的法院",
        "全市法院",
        confirmed="网拍覆盖率＝开展网拍的法院÷法院",
        target=80,
        per_court=False,
    ),
    *(
        Indicator(
            code,
            name,
            Shape.COUNT,
            Unit.PERSONS,
            code,
            "决定日期",
            f"本期决定的{measure}",
            note="一个案件中对一个人决定一次，计一人次。",
            measure=measure,
        )
        for code, name, measure in (
            ("fines", "罚款", "罚款"),
            ("detentions", "拘留", "拘留"),
            ("restrictions", "限制消费", "限制消费"),
            ("listings", "纳入失信名单", "失信"),
            ("prosecutions", "移送追究拒执罪", "移送拒执罪"),
        )
    ),
)

BY_CODE = {indicator.code: indicator for indicator in INDICATORS}

LEFT_OUT: tuple[tuple[str, str], ...] = (
    ("终本合格率", "要由上级法院逐案检查得出，登记库中没有检查结果。"),
    ("执行信访办结率", "信访不在执行案件登记库中。"),
    ("保全率", "要以全部民商事案件作分母，登记库中只有执行案件。"),
)
"""Indicators of the assessment that this data cannot honestly give, and why."""
