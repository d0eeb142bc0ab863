"""Turns what pydantic found wrong into one Chinese sentence a clerk can act on.

Messages name the field and the rule; they never repeat the value, because reports are
downloaded, printed and mailed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import ValidationError
from pydantic_core import ErrorDetails


@dataclass(frozen=True)
class FieldProblem:
    """What is wrong with one field of one line; a ``warning`` never rejects the line."""

    field: str
    message: str
    warning: bool = False


_MESSAGES = {
    "missing": "缺少必填项",
    "extra_forbidden": "交换格式中没有这个字段",
    "string_type": "应为文字",
    "string_too_long": "文字过长（上限 {max_length} 字）",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "list_type": "应为列表",
    "model_type": "应为对象",
    "model_attributes_type": "应为对象",
    "dict_type": "应为对象",
    "decimal_type": "金额应为十进制文字，例如 1234.50",
    "decimal_parsing": "金额应为十进制文字，例如 1234.50",
    "decimal_max_places": "金额最多两位小数",
    "decimal_max_digits": "金额过大",
    "decimal_whole_digits": "金额过大",
    "finite_number": "金额应为十进制文字，例如 1234.50",
    "date_type": "日期应写作 YYYY-MM-DD",
    "date_parsing": "日期应写作 YYYY-MM-DD，且须为真实日期",
    "date_from_datetime_parsing": "日期应写作 YYYY-MM-DD，且须为真实日期",
    "date_from_datetime_inexact": "日期应写作 YYYY-MM-DD",
    "datetime_type": "时间应写作 YYYY-MM-DDTHH:MM:SS+08:00",
    "datetime_parsing": "时间应写作 YYYY-MM-DDTHH:MM:SS+08:00",
    "datetime_from_date_parsing": "时间应写作 YYYY-MM-DDTHH:MM:SS+08:00，且须为真实时间",
    "datetime_object_invalid": "时间应写作 YYYY-MM-DDTHH:MM:SS+08:00，且须为真实时间",
    "enum": "应为下列之一：{expected}",
}


def field_problems(error: ValidationError) -> list[FieldProblem]:
    """One problem a wrong field, in the order of the record."""
    return [
        FieldProblem(_path(detail["loc"]), _message(detail))
        for detail in error.errors(include_input=False, include_url=False)
    ]


def _path(location: Iterable[int | str]) -> str:
    path = ""
    for step in location:
        if isinstance(step, int):
            path += f"[{step}]"
        else:
            # A field name is the sender's text: keep it short and on one line.
            path += ("." if path else "") + "".join(step.split())[:60]
    return path or "（整行）"


def _message(detail: ErrorDetails) -> str:
    if detail["type"] == "portal":
        return detail["msg"]
    template = _MESSAGES.get(detail["type"], "格式不符合要求")
    context = {key: str(value) for key, value in detail.get("ctx", {}).items()}
    if "expected" in context:
        context["expected"] = (
            context["expected"].replace("'", "").replace(" or ", "、").replace(", ", "、")
        )
    return template.format(**context)
