"""Chinese names of fields and columns, and of where something stands in a record."""

from __future__ import annotations

import re

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
    "exemption": "不得列入的情形",
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
    "related_cases": "关联案号",
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
    "capacity": "身份",
    "closing_method": "结案方式",
    "closing_text": "裁定内容",
    "company": "所属单位",
    "controls": "查控",
    "court_name": "法院",
    "debtors": "被执行人",
    "events": "执行经过",
    "district": "所在区域",
    "expires_on": "到期日",
    "handler_name": "承办人",
    "handler_title": "承办人职务",
    "link_state": "链接核实情况",
    "id_masked": "证件号码（已屏蔽）",
    "measures": "措施",
    "papers": "文书和送达",
    "parties": "当事人",
    "published_on": "发布日期",
    "stage": "阶段",
    "lots": "拍卖",
    "receipts": "案款",
    "term_counted": "期限的计算",
}

PUBLIC_PAGES = {
    "cases": "案件页",
    "debtors": "失信被执行人名单",
    "restrictions": "限制消费人员名单",
    "terminations": "终本案件",
    "auctions": "司法拍卖",
}


def path_label(path: str) -> str:
    """``events[3].text`` → ``执行经过 4 · 内容``; a public row's name before it is dropped."""
    words: list[str] = []
    for name, index in PATH_STEP.findall(path):
        if index:
            words[-1:] = [f"{words[-1] if words else ''} {int(index) + 1}".strip()]
        elif not name.startswith("Public"):
            words.append(RECORD_PARTS.get(name) or COLUMNS.get(name, name))
    return " · ".join(words) or "全文"
