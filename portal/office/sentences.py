"""Entries of the audit log as sentences: who did what to whom, and what is known besides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from portal.office.words import ACT_GROUPS, DETAILS, act_name
from portal.press.checklists import STEP_NAMES, Step
from portal.registry.audit import Fault, Flaw
from portal.staff.permissions import ROLE_NAMES, Permission

if TYPE_CHECKING:
    from flask import Flask

    from portal.registry.audit import AuditEntry

# What the subject of an act is called, by the group of the act.
_SUBJECTS = {
    "account": "账号",
    "case": "案件",
    "guide": "指南",
    "import": "文件",
    "refusal": "网址",
    "review": "案件",
    "second_factor": "账号",
    "session": "账号",
    "story": "稿件",
}

FLAWS = {
    Flaw.ALTERED: "内容与记录时不符，被改动过",
    Flaw.MISSING: "缺失，被删除过",
    Flaw.ADDED: "不是系统写入的",
    Flaw.UNLINKED: "与前一条不相连，此处有删除、插入或者调换",
    Flaw.HEAD: "与日志头不符，日志末尾被改动过",
    Flaw.REWRITTEN: "与此前签名的日志头不符，日志被整体改写过",
    Flaw.UNSIGNED: "之后的签名记录缺失",
    Flaw.FORGED: "处的日志头签名不是由本院密钥作出",
}


def init_sentences(app: Flask) -> None:
    """Give the templates the sentences."""
    app.jinja_env.filters.update(sentence_of=sentence_of, detail_text=detail_text)


def sentence_of(entry: AuditEntry) -> str:
    """``chief1 确认撤回公开：案件（2018）辽0803执1号（理由：…）``."""
    sentence = f"{entry.actor} {act_name(entry.act)}"
    if entry.subject and entry.subject != entry.actor:
        noun = _SUBJECTS.get(entry.act.partition(".")[0], "")
        # A case number begins with a full-width bracket, which brings its own room.
        room = " " if noun and not entry.subject.startswith("（") else ""
        sentence += f"：{noun}{room}{entry.subject}"
    detail = detail_text(entry.detail)
    return f"{sentence}（{detail}）" if detail else sentence


def detail_text(detail: Mapping[str, Any]) -> str:
    """What the log keeps beside an act, in words."""
    return "；".join(
        f"{DETAILS.get(key, key)}：{_value(key, value)}"
        for key, value in detail.items()
        if value is not None
    )


def fault_sentence(fault: Fault) -> str:
    """Where the log is not what was written, and how."""
    return f"第 {fault.entry:,} 条{FLAWS[fault.flaw]}"


def group_names() -> list[tuple[str, str]]:
    """The groups of acts as choices of a filter."""
    return [(group, f"全部：{name}") for group, name in ACT_GROUPS.items()]


def _value(key: str, value: Any) -> str:
    if value is True or value is False:
        return "是" if value else "否"
    if key in {"role", "former_role"}:
        return str(ROLE_NAMES.get(value, value))
    if key == "permission" and value in Permission.__members__:
        return str(Permission[value])
    if key == "step" and value in set(Step):
        return STEP_NAMES[Step(value)]
    if key == "flaw" and value in set(Flaw):
        return FLAWS[Flaw(value)]
    return str(value)
