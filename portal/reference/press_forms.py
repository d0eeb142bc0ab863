"""What the press office publishes, and the fields that each form of it has.

Stories are the kinds of 营中法[2018]23号 四(四); the other forms are standing pages and
notices. A field says how it is typed and checked; the office's form, the public page and
the mask check all follow this table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import MappingProxyType

from portal.reference import case_numbers
from portal.reference.inability import Topic

MAX_FACT = 200
# The number of a desk: landlines and short hotlines. A mobile belongs to a person.
_DESK_NUMBER = re.compile(r"(0[0-9]{2,3}-?)?[2-9][0-9]{6,7}(-[0-9]{1,4})?|[1-9][0-9]{4}")


class PressForm(StrEnum):
    """Forms of what the press office publishes."""

    STORY = "story"
    GUIDE = "guide"
    REGULATION = "regulation"
    REWARD = "reward"
    RECEPTION = "reception"
    CHANNEL = "channel"


FORM_NAMES: Mapping[PressForm, str] = MappingProxyType(
    {
        PressForm.STORY: "执行动态",
        PressForm.GUIDE: "办事指南",
        PressForm.REGULATION: "规范性文件",
        PressForm.REWARD: "执行悬赏公告",
        PressForm.RECEPTION: "接待日安排",
        PressForm.CHANNEL: "联系与投诉渠道",
    }
)


class FactKind(StrEnum):
    """How a field is written; only TEXT can hold words, and only words are looked through."""

    TEXT = "text"
    DAY = "day"
    MONEY = "money"
    PHONE = "phone"
    CASE = "case"
    CHOICE = "choice"


@dataclass(frozen=True)
class FactField:
    """One field of a form; ``choices`` are what a CHOICE may be."""

    name: str
    label: str
    kind: FactKind = FactKind.TEXT
    required: bool = True
    choices: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The label without what it tells the writer in brackets."""
        return self.label.partition("（")[0]

    def shown(self, value: str) -> str:
        """A kept value as pages write it: days and sums as people do, anything else as it is."""
        if value and self.kind is FactKind.DAY:
            day = date.fromisoformat(value)
            return f"{day.year}年{day.month}月{day.day}日"
        if value and self.kind is FactKind.MONEY:
            return f"{Decimal(value):,.2f} 元"
        return value

    def read(self, written: str) -> str:
        """The value in the one form it is kept in; ValueError with a Chinese message."""
        text = " ".join("".join(m if m.isprintable() else " " for m in written).split())
        if not text:
            if self.required:
                raise ValueError(f"请填写{self.label}。")
            return ""
        if len(text) > MAX_FACT:
            raise ValueError(f"{self.label}不能超过 {MAX_FACT} 字。")
        return self._typed(text)

    def _typed(self, text: str) -> str:
        if self.kind is FactKind.CHOICE and text not in self.choices:
            raise ValueError(f"{self.label}没有这个选项。")
        if self.kind is FactKind.PHONE and not _DESK_NUMBER.fullmatch(text):
            raise ValueError(f"{self.label}应为办公电话或者热线，不能填写手机号码。")
        if self.kind is FactKind.DAY:
            return _read_day(text, self.label)
        if self.kind is FactKind.MONEY:
            return _read_money(text, self.label)
        if self.kind is FactKind.CASE:
            return read_case_number(text, self.label)
        return text


def read_case_number(text: str, label: str = "案号") -> str:
    """The canonical form of a case number; ValueError with a Chinese message."""
    try:
        return case_numbers.parse(text).canonical
    except ValueError:
        raise ValueError(f"{label}应写成（2018）辽0803执123号的形式。") from None


def _read_day(text: str, label: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"{label}应写成 2018-04-08 的形式。") from None


def _read_money(text: str, label: str) -> str:
    try:
        amount = Decimal(text.replace(",", "").replace("，", "").removesuffix("元"))
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or not 0 <= amount < Decimal(10) ** 12:
        raise ValueError(f"{label}应为以元为单位的数额。")
    return str(amount.quantize(Decimal("0.01")))


# Fields of a 悬赏 notice as courts show them: debtor, case, unpaid sum, reward, term, telephone.
FACTS: Mapping[PressForm, tuple[FactField, ...]] = MappingProxyType(
    {
        PressForm.STORY: (),
        PressForm.GUIDE: (
            FactField("section", "栏目"),
            FactField(
                "topic", "执行不能专栏中的位置", FactKind.CHOICE, required=False,
                choices=tuple(Topic),
            ),
        ),
        PressForm.REGULATION: (
            FactField("number", "文号"),
            FactField("issued_on", "发布日期", FactKind.DAY),
            FactField("issuer", "制定机关"),
            FactField(
                "status", "效力状态", FactKind.CHOICE, choices=("现行有效", "已修改", "已废止")
            ),
        ),
        PressForm.REWARD: (
            FactField("debtor", "被执行人（自然人写作张某）"),
            FactField("case_number", "执行案号", FactKind.CASE),
            FactField("unpaid", "尚未履行金额（元）", FactKind.MONEY),
            FactField("reward", "悬赏金数额或者计算方法"),
            FactField("until", "悬赏期限至", FactKind.DAY),
            FactField("phone", "举报电话", FactKind.PHONE),
        ),
        PressForm.RECEPTION: (
            FactField("host", "接待人员（只写职务）"),
            FactField("time", "接待时间"),
            FactField("place", "接待地点"),
            FactField("booking", "预约方式", required=False),
            FactField("phone", "预约电话", FactKind.PHONE, required=False),
        ),
        PressForm.CHANNEL: (
            FactField(
                "purpose", "用途", FactKind.CHOICE,
                choices=("咨询", "联系法官", "投诉举报", "申诉信访", "信息更正"),
            ),
            FactField("phone", "电话", FactKind.PHONE, required=False),
            FactField("hours", "受理时间", required=False),
            FactField("place", "地点", required=False),
        ),
    }
)  # fmt: skip
