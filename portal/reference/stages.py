"""The road an enforcement case takes, and what each node of it means in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from portal.reference.case_numbers import parse
from portal.reference.vocabulary import TERMINATION_OF_PROCEDURE


class Stage(StrEnum):
    """Where a case stands, in the order a case usually passes through."""

    FILED = "立案"
    SEARCH = "查找财产"
    CONTROL = "控制财产"
    DISPOSAL = "处置财产"
    PAYMENT = "发放案款"
    CLOSED = "结案"


@dataclass(frozen=True)
class Node:
    """One node of the flow: its stage, what it means to a reader, what usually comes next.

    ``next`` describes practice, not law, and is empty after the last node. Statutory limits
    of a step stand in ``portal.reference.limits``.
    """

    name: str
    stage: Stage
    meaning: str
    next: str


NODES: tuple[Node, ...] = (
    Node(
        "申请", Stage.FILED, "申请执行人向法院提出执行申请。", "法院审查申请材料，符合条件的立案。"
    ),
    Node("立案", Stage.FILED, "法院受理申请，编立案号。", "案件分给承办人。"),
    Node(
        "分案",
        Stage.FILED,
        "案件分到承办人手中。",
        "承办人向被执行人发出执行通知，责令其报告财产。",
    ),
    Node(
        "执行通知",
        Stage.FILED,
        "法院通知被执行人履行义务，并责令报告财产。",
        "通知送达被执行人，同时开始查找财产。",
    ),
    Node("送达", Stage.FILED, "法院把法律文书交到当事人手中。", "法院查询被执行人的财产。"),
    Node(
        "网络查控",
        Stage.SEARCH,
        "法院通过网络系统查询存款、车辆、不动产、有价证券等财产。",
        "协助单位反馈查询结果。",
    ),
    Node(
        "反馈",
        Stage.SEARCH,
        "协助单位把查询结果反馈给法院。",
        "查到财产的，依法查封、扣押、冻结；没有查到的，继续调查和核实线索。",
    ),
    Node(
        "传统调查",
        Stage.SEARCH,
        "法院到实地或有关单位调查财产和下落。",
        "查到财产的，依法查封、扣押、冻结；没有查到的，继续核实线索。",
    ),
    Node(
        "接谈",
        Stage.SEARCH,
        "承办人与当事人谈话，听取意见、核对线索。",
        "承办人核实谈话中提到的线索，继续查找财产。",
    ),
    Node(
        "财产控制",
        Stage.CONTROL,
        "法院查封、扣押或者冻结已查明的财产。",
        "存款可以扣划；其他财产确定参考价后拍卖、变卖。",
    ),
    Node(
        "强制措施",
        Stage.CONTROL,
        "对妨害执行或拒不履行的人依法采取措施。",
        "法院继续查找、控制和处置财产。",
    ),
    Node(
        "限制消费",
        Stage.CONTROL,
        "法院限制被执行人高消费及非生活、工作必需的消费。",
        "法院继续查找、控制和处置财产；履行完毕的，解除限制。",
    ),
    Node(
        "失信",
        Stage.CONTROL,
        "法院将符合条件的被执行人纳入失信被执行人名单。",
        "法院继续查找、控制和处置财产；符合法定情形的，移出名单。",
    ),
    Node(
        "评估", Stage.DISPOSAL, "确定拟处置财产的参考价格。", "确定起拍价，在网络平台发布拍卖公告。"
    ),
    Node(
        "拍卖",
        Stage.DISPOSAL,
        "法院在网络平台公开拍卖或者变卖财产。",
        "成交的，案款进入法院账户；流拍的，再次拍卖或者变卖。",
    ),
    Node("案款到账", Stage.PAYMENT, "执行款进入法院的案款账户。", "法院核对后分配或者发放案款。"),
    Node("分配", Stage.PAYMENT, "多个债权人之间按规定分配案款。", "按分配结果发放案款。"),
    Node(
        "发放",
        Stage.PAYMENT,
        "法院把案款付给申请执行人。",
        "全部到位的，案件执行完毕；没有全部到位的，继续执行。",
    ),
    Node(
        "和解",
        Stage.CONTROL,
        "双方自愿达成执行和解协议。",
        "双方按协议履行，履行完毕的案件办结；对方不履行的，请联系执行法院。",
    ),
    Node(
        "暂缓",
        Stage.CONTROL,
        "因法定事由，暂时不采取某项执行措施。",
        "事由消失后，继续采取执行措施。",
    ),
    Node(
        "中止",
        Stage.CONTROL,
        "因法定事由，执行程序停下来，事由消失后恢复。",
        "事由消失后，恢复执行。",
    ),
    Node("恢复", Stage.SEARCH, "停下来的执行程序继续进行。", "法院继续查找、控制和处置财产。"),
    Node(
        "终本约谈",
        Stage.CLOSED,
        "终结本次执行程序前，法院向申请执行人说明情况和后果、听取意见。",
        "同时符合全部条件的，裁定终结本次执行程序；有新线索的，继续核实。",
    ),
    Node("结案", Stage.CLOSED, "本案以某一种结案方式办结。", "案卷整理归档。"),
    Node("归档", Stage.CLOSED, "案卷整理归档。", ""),
    Node(
        "恢复执行",
        Stage.SEARCH,
        "发现可供执行的财产后，案件重新立案执行（执恢字）。",
        "法院核实、控制和处置新发现的财产。",
    ),
)

AFTER_CLOSING: dict[str, str] = {
    "执行完毕": "生效法律文书确定的义务已经全部履行，本案办结。",
    TERMINATION_OF_PROCEDURE: "本次执行程序终结，债务没有消灭；发现财产线索的，可以申请恢复执行。",
    "终结执行": "出现法定的终结事由，本案不再执行；具体事由见结案情况。",
    "销案": "本案撤销立案，不再在本案号下办理。",
    "不予执行": "法院裁定对作为执行依据的文书不予执行；具体理由见裁定书。",
    "驳回申请": "法院驳回本案的申请；具体理由见裁定书。",
}
"""What each way of closing a case (法发〔2014〕26号) means for the reader from then on."""

BY_NAME = {node.name: node for node in NODES}


# 执异, 执复, 执监 and the like review what was done: they look for no property and pay nobody.
_ENFORCING = frozenset({"执", "执恢"})


def enforces(case_number: str) -> bool:
    """Whether a case of this number takes the road of the stages, by its type word."""
    return parse(case_number).type in _ENFORCING


def stage_of(node_names: list[str], *, closed: bool) -> Stage:
    """Furthest stage among the nodes a case has passed; CLOSED once it is closed.

    A node in the clerk's own words moves nothing: guessing a stage would mislead.
    """
    if closed:
        return Stage.CLOSED
    order = list(Stage)
    passed = [
        order.index(BY_NAME[name].stage)
        for name in node_names
        if name in BY_NAME and BY_NAME[name].stage is not Stage.CLOSED
    ]
    return order[max(passed, default=0)]
