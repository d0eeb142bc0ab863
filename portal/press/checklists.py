"""三审三校: what each of the three reviewers confirms before a story goes on.

The court's practice: first review for sensitive content, names and typing errors, second
for correctness and tone, third for accuracy and safety by whoever signs.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Step(StrEnum):
    """The three reviews, in order."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"


STEP_NAMES: Mapping[Step, str] = MappingProxyType(
    {Step.FIRST: "一审一校", Step.SECOND: "二审二校", Step.THIRD: "三审三校（签发）"}
)

CHECKLISTS: Mapping[Step, Mapping[str, str]] = MappingProxyType(
    {
        Step.FIRST: {
            "private": "没有当事人姓名、证件号、电话、住址等应当屏蔽的内容",
            "names": "人名、地名、职务、法院名称准确",
            "typing": "没有错别字和标点差错",
            "pictures": "照片中的人脸、车牌已遮挡，或者已取得本人同意",
        },
        Step.SECOND: {
            "facts": "日期、数字与案件和统计口径一致",
            "law": "引用的法律名称、文号、年份准确",
            "tone": "表述规范、严肃，判决之前不称有罪",
            "minors": "不涉及未成年人的身份信息",
        },
        Step.THIRD: {
            "secrets": "不涉及国家秘密和审判工作秘密",
            "accuracy": "内容准确，可以对外发布",
            "duty": "本人对签发负责",
        },
    }
)


def missing_checks(step: Step, ticked: set[str]) -> tuple[str, ...]:
    """What of the step's list was not confirmed."""
    return tuple(label for key, label in CHECKLISTS[step].items() if key not in ticked)
