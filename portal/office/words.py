"""Chinese words for what the office shows: fields, columns, acts, standings, states."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from portal.press.models import StoryState
from portal.publication.compose import KIND_LABELS
from portal.publication.standing import Standing
from portal.reference.courts import BY_CODE, COURTS, court_name
from portal.registry.models import ReviewState
from portal.staff.permissions import ROLE_NAMES
from redaction import Kind

if TYPE_CHECKING:
    from flask import Flask

# One step of a path: a name, or the place in a list.
PATH_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")

# The top level of the exchange format, in the order a reader wants it.
RECORD_PARTS = {
    "parties": "当事人",
    "basis": "执行依据",
    "handler": "承办人",
    "events": "执行经过",
    "property_controls": "查控情况",
    "measures": "措施",
    "auctions": "拍卖",
    "payments": "案款",
    "closing": "结案",
    "disclosure": "公开级别",
    "query_codes": "查询码",
}

FIELDS = {
    "account": "收款账号",
    "action": "方式",
    "address": "住址",
    "agent": "代理人",
    "amount": "金额（元）",
    "amount_claimed": "执行标的（元）",
    "amount_recovered": "到位金额（元）",
    "amount_unpaid": "未履行金额（元）",
    "announced_on": "公告日期",
    "appraisal": "评估价（元）",
    "at": "时间",
    "bank_account": "银行账号",
    "behaviour": "失信行为情形",
    "birth_date": "出生日期",
    "case_number": "案号",
    "cause": "案由",
    "checks": "终本条件",
    "closed_on": "结案日期",
    "code": "查询码",
    "court": "法院",
    "decided_on": "决定日期",
    "deposit": "保证金（元）",
    "description": "说明",
    "disbursed_amount": "发放金额（元）",
    "disbursed_on": "发放日期",
    "document_number": "文书编号",
    "employer": "工作单位",
    "end_reason": "终止原因",
    "ended_on": "终止日期",
    "ends_at": "结束时间",
    "ethnicity": "民族",
    "exhausted": "已穷尽财产调查",
    "filed_on": "立案日期",
    "final_price": "成交价（元）",
    "former_names": "曾用名",
    "from": "起始日期",
    "health": "健康状况",
    "id_number": "证件号码",
    "id_type": "证件类型",
    "increment": "加价幅度（元）",
    "issuing_body": "作出单位",
    "kind": "类型",
    "legal_representative": "法定代表人",
    "level": "公开级别",
    "lot": "标的编号",
    "method": "结案方式",
    "minor": "未成年人",
    "name": "姓名／名称",
    "node": "节点",
    "notice": "已发执行通知、责令报告财产",
    "obligation": "确定的义务",
    "office_phone": "办公电话",
    "on": "日期",
    "owner": "权利人",
    "party": "当事人",
    "payee": "收款人",
    "performance": "履行情况",
    "performed_part": "已履行部分",
    "phone": "电话",
    "platform": "平台",
    "property_kind": "财产类型",
    "property_status": "财产状况",
    "published_from": "发布日期",
    "reason": "理由",
    "received_on": "到账日期",
    "restrictions": "已限制消费、纳入失信",
    "result": "结果",
    "requeries": "定期查询",
    "resumed_as": "恢复执行案号",
    "resumed_from": "原执行案号",
    "role": "地位",
    "round": "拍卖阶段",
    "sex": "性别",
    "sought": "已依法查找、处理妨害执行",
    "starting_price": "起拍价（元）",
    "starts_at": "开始时间",
    "status": "状态",
    "term_months": "期限（月）",
    "text": "内容",
    "three_months": "立案已超过三个月",
    "title": "职务／标题",
    "unperformed_part": "未履行部分",
    "until": "截止日期",
    "url": "链接",
}

# Columns of the public rows that are named otherwise than in the exchange format.
COLUMNS = FIELDS | {
    "age": "年龄",
    "basis_document": "执行依据文号",
    "basis_unit": "作出执行依据单位",
    "closed_reason": "不公开理由",
    "closing_method": "结案方式",
    "closing_text": "裁定内容",
    "controls": "查控",
    "court_name": "法院",
    "debtors": "被执行人",
    "events": "执行经过",
    "expires_on": "到期日",
    "handler_name": "承办人",
    "handler_title": "承办人职务",
    "id_masked": "证件号码（已屏蔽）",
    "measures": "措施",
    "parties": "当事人",
    "published_on": "发布日期",
    "stage": "阶段",
}

PUBLIC_PAGES = {
    "cases": "案件页",
    "debtors": "失信被执行人名单",
    "restrictions": "限制消费人员名单",
    "terminations": "终本案件",
    "auctions": "司法拍卖",
}

ACT_GROUPS = {
    "sign_in": "登录",
    "account": "账号",
    "import": "导入",
    "publish": "发布",
    "case": "案件",
    "review": "审核",
    "story": "稿件",
    "guide": "指南",
    "audit": "日志",
}

ACTS = {
    "account.change_password": "修改了自己的密码",
    "account.close": "停用账号",
    "account.create": "新建账号",
    "account.refuse_password": "修改密码时当前密码错误",
    "account.reopen": "重新启用账号",
    "account.reset_password": "重置密码",
    "audit.check": "核对日志链",
    "case.held": "案件转人工审核",
    "case.not_public": "案件按不公开发布（仅案号等）",
    "case.released": "案件公开",
    "case.restore": "恢复公开",
    "case.retracted": "撤下旧版公开内容",
    "case.view": "查看原始信息",
    "case.withdraw": "撤回公开",
    "guide.publish": "发布办事指南",
    "import.finish": "完成导入",
    "import.start": "开始导入",
    "publish.run": "执行屏蔽与发布",
    "review.approve": "审核放行",
    "review.hide_term": "补充屏蔽词",
    "sign_in.end": "退出登录",
    "sign_in.failure": "登录失败",
    "sign_in.locked": "账号锁定期间尝试登录",
    "sign_in.success": "登录",
    "story.create": "新建稿件",
    "story.publish": "签发并发布稿件",
    "story.recall": "收回稿件",
    "story.return": "退回稿件",
    "story.save": "修改稿件",
    "story.submit": "提交稿件",
    "story.withdraw": "撤回稿件",
}

# What stands beside an act in the log, by key of its detail.
DETAILS = {
    "added": "新增",
    "changed": "更新",
    "comment": "意见",
    "count": "篇数",
    "entries": "条数",
    "errors": "出错",
    "failures": "连续失败次数",
    "first_broken": "首个断点",
    "held": "待审",
    "holds": "疑点",
    "locked_seconds": "锁定秒数",
    "not_public": "不公开",
    "read": "读取",
    "reason": "理由",
    "rejected": "退回",
    "released": "公开",
    "review": "审核项",
    "revision": "版次",
    "role": "角色",
    "rows": "条数",
    "run": "导入批次",
    "unchanged": "未变",
    "version": "公开版本",
    "withdrawn": "已撤回",
}

STANDINGS = {
    Standing.RELEASED: "已公开",
    Standing.NOT_PUBLIC: "不公开",
    Standing.HELD: "待审核",
    Standing.WITHDRAWN: "已撤回",
}

STORY_STATES = {
    StoryState.DRAFT: "草稿",
    StoryState.SUBMITTED: "待签发",
    StoryState.PUBLISHED: "已发布",
    StoryState.WITHDRAWN: "已撤回",
}

REVIEW_STATES = {
    ReviewState.WAITING: "待审核",
    ReviewState.APPROVED: "已放行",
    ReviewState.SUPERSEDED: "已被新版本取代",
}


def init_words(app: Flask) -> None:
    """Give the templates the words they need."""
    app.jinja_env.filters.update(
        act_name=act_name,
        court_name=court_name,
        court_short=court_short,
        kind_name=kind_name,
        path_label=path_label,
    )
    app.jinja_env.globals.update(
        courts=[(court.code, court.short_name) for court in COURTS],
        act_groups=ACT_GROUPS,
        detail_words=DETAILS,
        role_names=ROLE_NAMES,
        standing_words=STANDINGS,
        story_state_words=STORY_STATES,
        review_state_words=REVIEW_STATES,
    )


def act_name(act: str) -> str:
    """An act in words; one this version does not know stays as it is."""
    return ACTS.get(act, act)


def path_label(path: str) -> str:
    """``events[3].text`` → ``执行经过 4 · 内容``; a public row's name before it is dropped."""
    words: list[str] = []
    for name, index in PATH_STEP.findall(path):
        if index:
            words[-1:] = [f"{words[-1] if words else ''} {int(index) + 1}".strip()]
        elif not name.startswith("Public"):
            words.append(RECORD_PARTS.get(name) or COLUMNS.get(name, name))
    return " · ".join(words) or "全文"


def kind_name(kind: str) -> str:
    """A kind of private value in words."""
    return KIND_LABELS[Kind(kind)] if kind in set(Kind) else kind


def court_short(code: str) -> str:
    """Short name of a court, its code where it is none of ours."""
    return BY_CODE[code].short_name if code in BY_CODE else code
