"""The invented case most tests begin with, and how a line of an exchange file is written."""

from __future__ import annotations

import json
from typing import Any

Record = dict[str, Any]

# Nobody here exists. The gate releases it by itself: nothing is left standing, nothing is doubtful.
CASE: Record = {
    "case_number": "（2018）辽0803执123号",
    "court": "辽0803",
    "filed_on": "2018-03-01",
    "cause": "民间借贷纠纷",
    "handler": {"name": "范淑衡", "title": "审判员"},
    "parties": [
        {"role": "申请执行人", "kind": "自然人", "name": "甘蓝芷", "phone": "13904170001"},
        {"role": "被执行人", "kind": "自然人", "name": "秦椒榕", "phone": "18940710002"},
    ],
    "events": [
        {
            "node": "接谈",
            "at": "2018-03-09T09:00:00+08:00",
            "text": "电话联系被执行人秦椒榕（189 4071 0002），其称暂无履行能力。",
        }
    ],
    "disclosure": {"level": "公开"},
    "query_codes": [{"party": "甘蓝芷", "code": "K7Q2ZW9HXM"}],
}
NUMBER = CASE["case_number"]


def encoded(line: Record | bytes) -> bytes:
    """One line of an exchange file, without its end; bytes are taken as they are."""
    return line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode()
