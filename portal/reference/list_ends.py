"""Why an entry leaves a public list, by which article, and until when it has to be gone.

The dishonest-debtor list: 法释〔2017〕7号 art. 10, within three working days. The articles on
entries that were wrong and on the other two lists name terms this portal could not confirm;
it holds itself to the same three working days there and claims no article for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from portal.reference.vocabulary import MeasureKind
from portal.reference.workdays import Deadline, deadline_after

REMOVAL_WORKDAYS = 3
_RULE = "法释〔2017〕7号"


@dataclass(frozen=True)
class Reason:
    """What happened, in plain words, and the rule; ``statutory`` where it sets the three days."""

    words: str
    rule: str
    statutory: bool = True


class Ground(Enum):
    """Every way off a list."""

    PERFORMED = Reason("已履行或者已执行完毕", f"{_RULE}第十条第（一）项")
    SETTLED = Reason("执行和解协议已履行完毕", f"{_RULE}第十条第（二）项")
    REQUESTED = Reason("申请执行人书面申请删除，法院同意", f"{_RULE}第十条第（三）项")
    FRUITLESS = Reason("终本后两次以上查询未发现财产，也没有有效线索", f"{_RULE}第十条第（四）项")
    STAYED = Reason("因再审或者破产中止执行", f"{_RULE}第十条第（五）项")
    NOT_ENFORCED = Reason("裁定不予执行", f"{_RULE}第十条第（六）项")
    ENDED = Reason("裁定终结执行", f"{_RULE}第十条第（七）项")
    EXPIRED = Reason("公布期限届满", f"{_RULE}第十条")
    OTHER = Reason("法院决定移除", f"{_RULE}第十条")
    WRONG = Reason("不应列入或者内容有误", f"{_RULE}（撤销、更正失信信息）", statutory=False)
    DROPPED = Reason("法院最新数据中已没有这一条", "本站时限", statutory=False)
    LIFTED = Reason("限制消费措施已解除", "法释〔2015〕17号第九条；本站时限", statutory=False)
    PAID = Reason("终本案件的款项已执行完毕", "法〔2016〕373号；本站时限", statutory=False)


# Words of clerks, looked for in this order: 终结本次执行程序 is not 终结执行.
_CUES = (
    (Ground.WRONG, ("错误", "有误", "不应", "撤销")),
    (Ground.EXPIRED, ("届满", "期满", "到期")),
    (Ground.FRUITLESS, ("终结本次", "终本", "两次以上")),
    (Ground.REQUESTED, ("书面申请", "申请删除", "申请执行人同意")),
    (Ground.SETTLED, ("和解",)),
    (Ground.STAYED, ("再审", "破产", "中止执行")),
    (Ground.NOT_ENFORCED, ("不予执行",)),
    (Ground.ENDED, ("终结执行",)),
    (Ground.PERFORMED, ("履行", "执行完毕", "清偿")),
)

# Endings of a case that take a listing without a term off the list (art. 10).
BY_CLOSING = {
    "执行完毕": Ground.PERFORMED,
    "不予执行": Ground.NOT_ENFORCED,
    "终结执行": Ground.ENDED,
}


def read_ground(kind: MeasureKind, reason: str) -> Ground:
    """The ground a clerk's sentence means; what it does not say is the court's decision."""
    if kind is not MeasureKind.DISHONEST:
        return Ground.LIFTED
    for ground, cues in _CUES:
        if any(cue in reason for cue in cues):
            return ground
    return Ground.OTHER


def removal_deadline(since: date) -> Deadline:
    """The last day on which an entry may still be seen whose ground arose on ``since``."""
    return deadline_after(since, REMOVAL_WORKDAYS)
