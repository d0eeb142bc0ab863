"""The road an enforcement case takes, and what each node of it means in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
    """One node of the flow: its stage and what it means to a reader."""

    name: str
    stage: Stage
    meaning: str


NODES: tuple[Node, ...] = (
    Node("申请", Stage.FILED, "申请执行人向法院提出执行申请。"),
    Node("立案", Stage.FILED, "法院受理执行申请，编立案号。"),
    Node("分案", Stage.FILED, "案件分到承办人手中。"),
    Node("执行通知", Stage.FILED, "法院通知被执行人履行义务，并责令报告财产。"),
    Node("送达", Stage.FILED, "法院把法律文书交到当事人手中。"),
    Node("网络查控", Stage.SEARCH, "法院通过网络系统查询存款、车辆、不动产、有价证券等财产。"),
    Node("反馈", Stage.SEARCH, "协助单位把查询结果反馈给法院。"),
    Node("传统调查", Stage.SEARCH, "法院到实地或有关单位调查财产和下落。"),
    Node("接谈", Stage.SEARCH, "承办人与当事人谈话，听取意见、核对线索。"),
    Node("财产控制", Stage.CONTROL, "法院查封、扣押或者冻结已查明的财产。"),
    Node("强制措施", Stage.CONTROL, "对妨害执行或拒不履行的人依法采取措施。"),
    Node("限制消费", Stage.CONTROL, "法院限制被执行人高消费及非生活、工作必需的消费。"),
    Node("失信", Stage.CONTROL, "法院将符合条件的被执行人纳入失信被执行人名单。"),
    Node("评估", Stage.DISPOSAL, "确定拟处置财产的参考价格。"),
    Node("拍卖", Stage.DISPOSAL, "法院在网络平台公开拍卖或者变卖财产。"),
    Node("案款到账", Stage.PAYMENT, "执行款进入法院的案款账户。"),
    Node("分配", Stage.PAYMENT, "多个债权人之间按规定分配案款。"),
    Node("发放", Stage.PAYMENT, "法院把案款付给申请执行人。"),
    Node("和解", Stage.CONTROL, "双方自愿达成执行和解协议。"),
    Node("暂缓", Stage.CONTROL, "因法定事由，暂时不采取某项执行措施。"),
    Node("中止", Stage.CONTROL, "因法定事由，执行程序停下来，事由消失后恢复。"),
    Node("恢复", Stage.SEARCH, "停下来的执行程序继续进行。"),
    Node(
        "终本约谈", Stage.CLOSED, "终结本次执行程序前，法院向申请执行人说明情况和后果、听取意见。"
    ),
    Node("结案", Stage.CLOSED, "本案以某一种结案方式办结。"),
    Node("归档", Stage.CLOSED, "案卷整理归档。"),
    Node("恢复执行", Stage.SEARCH, "发现可供执行的财产后，案件重新立案执行（执恢字）。"),
)

BY_NAME = {node.name: node for node in NODES}


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
